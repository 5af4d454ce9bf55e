/** Draws the launcher into the element's open shadow root, in place of an earlier one. Pure DOM: no request, no state. */
import { tokenSheet } from '../theme/token-sheet.ts'
import { drawFace } from './draw-face.ts'
import { launcherStyles } from './launcher-styles.ts'
import type { TwinConfig } from './parse-embed-config.ts'
import { portraitUrl } from './portrait-url.ts'

/** The attributes `theme` and `position` of the host stand above what the deployment says. */
export function drawLauncher(host: HTMLElement, config: TwinConfig, serverUrl: string): HTMLButtonElement {
  const { twin, theme } = config
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const button = document.createElement('button')
  button.className = 'launcher'
  button.part.add('launcher')
  button.dataset['position'] = host.getAttribute('position') ?? theme.position
  button.ariaHasPopup = 'dialog'
  button.ariaExpanded = 'false'
  button.ariaLabel = `Talk to the AI twin of ${twin.name}`
  if (theme.launcherLabel) {
    const pill = document.createElement('span')
    pill.className = 'pill'
    pill.part.add('pill')
    pill.textContent = theme.launcherLabel
    button.append(pill)
    button.ariaLabel += `: ${theme.launcherLabel}` // the words one sees are part of the name one says
  }
  button.append(drawFace(twin.name, portraitUrl(config, serverUrl)))
  root.querySelector('.launcher')?.remove()
  root.append(button)

  const base = new CSSStyleSheet()
  base.replaceSync(launcherStyles)
  const scheme = host.getAttribute('theme') ?? theme.scheme
  const tokens = { '--_accent': theme.accent, '--_scheme': scheme === 'auto' ? 'light dark' : scheme }
  root.adoptedStyleSheets.push(base, tokenSheet(tokens))
  return button
}
