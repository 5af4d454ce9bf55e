/** Puts a twin on the page as the loader does, with a conversation in the test's hands. */
import { drawLauncher } from '../launcher/draw-launcher.ts'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import type { TwinElement } from '../element/twin-element.ts'
import '../element/vibethink-twin.ts'
import { remy } from '../gallery/cast.ts'
import { fakeSession, type FakeSession } from '../gallery/fake-session.ts'
import type { ConversationState } from '../session/conversation-state.ts'
import type { KeptConversation } from '../session/twin-session.ts'

export interface Meeting {
  readonly twin: TwinElement
  readonly session: FakeSession
  readonly launcher: HTMLButtonElement
  readonly root: ShadowRoot
  /** The one element with this selector in the shadow root. */
  find<E extends HTMLElement>(selector: string, kind: new () => E): E
  /** Until everything that was shown stands. */
  settled(): Promise<void>
}

/** The twin, closed; `start` is what its session shows once a person acts. */
export async function meet(
  start: Partial<ConversationState> = {},
  config: TwinConfig = remy,
  kept: readonly KeptConversation[] = [],
): Promise<Meeting> {
  const session = fakeSession(start, kept)
  const twin = document.createElement('vibethink-twin')
  twin.openSession = () => session
  twin.config = config
  document.body.append(twin)
  await twin.updateComplete
  const launcher = drawLauncher(twin, config, location.origin)
  launcher.addEventListener('click', () => void twin.open({ byPerson: true }))
  const root = twin.shadowRoot
  if (!root) throw new Error('The element has no open shadow root')
  return {
    twin,
    session,
    launcher,
    root,
    find(selector, kind) {
      const [found, ...more] = root.querySelectorAll(selector)
      if (!(found instanceof kind) || more.length > 0) throw new Error(`${more.length + 1} elements match ${selector}`)
      return found
    },
    async settled() {
      const endless = (one: Animation): boolean => one.effect?.getComputedTiming().endTime === Infinity
      // An earlier conversation comes with what sets it.
      const isComing = (): boolean => twin.opened && !!session.state.messages[1] && !root.querySelector('.message')
      for (let frames = 0; frames < 90 && isComing(); frames++) await new Promise(requestAnimationFrame)
      // What was asked for begins once the words are there, moves once it has begun, and may end with a change.
      for (let round = 0; round < 3; round++) {
        await new Promise((done) => requestAnimationFrame(() => done(undefined)))
        await twin.updateComplete
        const passing = root.getAnimations().filter((one) => !endless(one))
        await Promise.all(passing.map((one) => one.finished.catch(() => {})))
      }
      await twin.updateComplete
    },
  }
}

/** The same twin, opened by a person. */
export async function converse(
  start: Partial<ConversationState> = {},
  config: TwinConfig = remy,
  kept: readonly KeptConversation[] = [],
): Promise<Meeting> {
  const meeting = await meet({ line: 'open', placesLeft: 900, ...start }, config, kept)
  meeting.launcher.click()
  await meeting.settled()
  return meeting
}

/** A key, as a keyboard presses it. */
export function press(
  target: Element,
  key: string,
  more: KeyboardEventInit & { readonly keyCode?: number } = {},
): boolean {
  return target.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }),
  )
}

/** Words, as an input method or a keyboard leaves them. */
export function type(field: HTMLTextAreaElement, words: string): void {
  field.value = words
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
}
