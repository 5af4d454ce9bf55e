/**
 * A closed twin says one thing: a quiet card beside the launcher, where a deployment has such words, after its delay.
 * Once a visit; dismissed or followed, never again. Takes no focus, moves nothing, closes for a person's act alone. A
 * chunk of its own; knows nothing of the panel.
 */
import type { Words } from '../locales/words.ts'
import { drawFace } from './draw-face.ts'
import { isCalmMoment } from './is-calm-moment.ts'
import type { LauncherLook } from './launcher-look.ts'
import { portraitUrl } from './portrait-url.ts'
import { rememberSeenTo, wasSeenTo } from './teaser-memory.ts'
import { teaserStyles } from './teaser-styles.ts'

export interface Teasing {
  readonly host: HTMLElement
  readonly look: LauncherLook
  /** Origin that serves the portrait. */
  readonly serverUrl: string
  readonly words: Pick<Words, 'ai_twin_of' | 'ask' | 'dismiss'>
  /** Opens the panel, for a person. */
  readonly open: () => void
}

/** Shows the card, or does not; waits while nobody looks at the page. */
export async function tease(teasing: Teasing): Promise<void> {
  await seen()
  show(teasing)
}

/** Until the page is before somebody's eyes: not in the background, not rendered ahead. */
function seen(): Promise<void> {
  return new Promise((done) => {
    const look = (): void => {
      if (document.visibilityState !== 'visible') return
      document.removeEventListener('visibilitychange', look)
      done()
    }
    document.addEventListener('visibilitychange', look)
    look()
  })
}

function show({ host, look, serverUrl, words, open }: Teasing): void {
  const { deploymentId, proactive, twin } = look
  const root = host.shadowRoot
  const launcher = root?.querySelector<HTMLElement>('.launcher')
  const { deploymentId: present } = Object(Reflect.get(host, 'config'))
  if (!root || !launcher || !proactive || present !== deploymentId) return
  if (!isCalmMoment(host) || wasSeenTo(deploymentId, proactive.text)) return

  const sheet = new CSSStyleSheet()
  sheet.replaceSync(teaserStyles)
  root.adoptedStyleSheets.push(sheet)
  const say = (word: string): string => word.replace('{name}', () => twin.name)
  const card = element('div', 'teaser')
  card.role = 'region'
  card.dir = 'auto'
  card.ariaLabel = say(words.ai_twin_of)
  card.dataset['position'] = launcher.dataset['position']
  const who = element('span', 'who')
  who.textContent = say(words.ai_twin_of)
  const text = element('span', 'words')
  text.role = 'status'
  text.dir = 'auto'
  const follow = element('button', 'follow')
  follow.ariaLabel = say(words.ask)
  const dismiss = element('button', 'dismiss')
  dismiss.ariaLabel = words.dismiss
  card.append(drawFace(twin.name, portraitUrl(look, serverUrl)), who, text, follow, dismiss)
  root.append(card)
  // A live region speaks of what changes in it: it stands first, and gets its words then.
  requestAnimationFrame(() => (text.textContent = proactive.text))

  const gone = new AbortController()
  const { signal } = gone
  const leave = (): void => {
    gone.abort()
    watch.disconnect()
    if (card.contains(root.activeElement)) launcher.focus({ preventScroll: true })
    card.remove()
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet)
  }
  const watch = new MutationObserver(() => {
    const { position } = launcher.dataset
    if (!launcher.isConnected) leave() // another deployment has moved in
    // (Set again to what it is, an attribute counts as changed, and this would never end.)
    else if (card.dataset['position'] !== position) card.dataset['position'] = position
  })
  watch.observe(root, { childList: true })
  watch.observe(launcher, { attributeFilter: ['data-position'] })
  const remember = (): void => rememberSeenTo(deploymentId, proactive.text)
  const seenTo = (): void => {
    remember()
    leave()
  }
  follow.addEventListener('click', open, { signal })
  for (const followed of [follow, launcher]) followed.addEventListener('click', remember, { signal })
  host.addEventListener('twin:open', leave, { signal })
  dismiss.addEventListener('click', seenTo, { signal })
  root.addEventListener(
    'keydown',
    (event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== 'Escape' || event.isComposing) return
      event.preventDefault()
      event.stopPropagation()
      seenTo()
    },
    { signal },
  )
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, part: string): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  made.className = part
  made.part.add(part === 'teaser' ? part : `teaser-${part}`)
  return made
}
