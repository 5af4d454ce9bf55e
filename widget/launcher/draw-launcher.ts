/** Draws the launcher into the element's open shadow root, in place of an earlier one. Pure DOM: no request, no state. */
import { drawFace } from './draw-face.ts'
import type { LauncherLook } from './launcher-look.ts'
import { launcherStyles } from './launcher-styles.ts'
import { portraitUrl } from './portrait-url.ts'

/** Its looks are first what the host's attributes say, then what the deployment says. */
export function drawLauncher(
  host: HTMLElement,
  { twin, theme, invitation }: Pick<LauncherLook, 'twin' | 'theme' | 'invitation'>,
  serverUrl: string,
): HTMLButtonElement {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const button = document.createElement('button')
  const label = host.getAttribute('launcher-label') ?? theme.launcherLabel
  const kind = host.getAttribute('launcher') ?? theme.launcher ?? (label ? 'pill' : 'face')
  button.className = 'launcher'
  button.part.add('launcher')
  button.dataset['position'] = host.getAttribute('position') ?? theme.position ?? ''
  button.ariaHasPopup = 'dialog'
  button.ariaExpanded = 'false'
  button.ariaLabel = invitation
  if (kind === 'pill') {
    const pill = document.createElement('span')
    pill.className = 'pill'
    pill.part.add('pill')
    pill.textContent = label || invitation
    button.append(pill)
    if (label) button.ariaLabel += `: ${label}` // the words one sees are part of the name one says
  }
  const face = drawFace(twin.name, kind === 'icon' ? null : portraitUrl({ twin }, serverUrl))
  face.classList.toggle('icon', kind === 'icon')
  if (host.querySelector('[slot=launcher-icon]')) {
    const slot = document.createElement('slot')
    slot.name = 'launcher-icon'
    face.replaceChildren(slot)
  }
  button.append(face)
  root.querySelector('.launcher')?.remove()
  root.append(button)

  const sheet = new CSSStyleSheet()
  sheet.replaceSync(launcherStyles)
  const [rule] = sheet.cssRules
  const scheme = host.getAttribute('theme') ?? theme.scheme ?? 'auto'
  if (rule instanceof CSSStyleRule) {
    const own = getComputedStyle(host).getPropertyValue('--twin-accent')
    rule.style.setProperty('--_accent', /^#[0-9a-f]{6}$/i.test(own) ? own : theme.accent)
    rule.style.setProperty('--_scheme', scheme === 'auto' ? 'light dark' : scheme)
  }
  root.adoptedStyleSheets.push(sheet)
  return button
}
