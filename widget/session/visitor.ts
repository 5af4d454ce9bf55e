/**
 * Who talks here: a browser's secret, or the person a page says is signed in. Holds the store that is theirs and asks
 * for the right to talk. Touches no storage before it is asked.
 */
import { bootstrap, FAILED, type BootstrapAnswer } from './bootstrap.ts'
import type { TwinSessionOptions } from './twin-session.ts'
import { openVisitorArea } from './visitor-area.ts'
import { openVisitorStore, type VisitorStore } from './visitor-store.ts'

export interface Visitor {
  /** Opened by the first act. Until the page has said who is signed in, memory holds what they write. */
  store(): VisitorStore
  /** Is this the name of something kept for them? Null: everything was cleared. */
  isTheirs(key: string | null): boolean
  /** The right to talk in the conversation that is shown; whoever is signed in by now is the visitor. */
  admit(closed: AbortSignal, shown: () => number): Promise<BootstrapAnswer>
  /** The right to talk in another one, while the visitor is the same. */
  admitTo(conversation: number): Promise<BootstrapAnswer>
  /** Removes what is kept of them; of everybody who was signed in here, when nobody says who it is. */
  forget(): void
  /** Begins again with whoever comes next. */
  leave(): void
}

/** `onMet`: the page has said who this is; `before` is what they had, or another person's when `isAnother`. */
export function openVisitor(
  serverUrl: string,
  options: TwinSessionOptions,
  onMet: (before: VisitorStore | undefined, isAnother: boolean) => void,
): Visitor {
  const { deploymentId, identity, persist = 'local' } = options
  const home = `twin:${deploymentId}`
  let store: VisitorStore | undefined
  /** Who is signed in, fit for a key. */
  let subject: string | undefined

  const namespace = (): string => (subject === undefined ? home : `${home}@${subject}`)

  function known(): VisitorStore {
    return (store ??= openVisitorStore(namespace(), identity && subject === undefined ? 'none' : persist))
  }

  /** Undefined: the page does not say, for the moment; null: what it says names nobody. */
  async function proof(closed: AbortSignal, isBound: boolean): Promise<string | null | undefined> {
    if (!identity) return ''
    try {
      const { identify } = await import('./identify.ts')
      const { token, subject: next } = await identify(identity)
      if (next === undefined) return null
      if (closed.aborted || (isBound && next !== subject)) return
      if (next !== subject) {
        const [before, isAnother] = [store, subject !== undefined]
        subject = next
        store = undefined
        onMet(before, isAnother)
      }
      return token
    } catch {
      return
    }
  }

  async function ask(closed: AbortSignal, conversation: () => number, isBound: boolean): Promise<BootstrapAnswer> {
    const token = await proof(closed, isBound)
    if (token === undefined || closed.aborted) return FAILED
    if (token === null)
      return { kind: 'refused', refusal: { code: 'identity_invalid', detail: 'The token names nobody.' } }
    const { consent } = options
    const visitor = { deploymentId, visitorSecret: known().secret, conversation: conversation() }
    return bootstrap(serverUrl, { ...visitor, ...(token && { identity: token }), ...(consent && { consent }) }, closed)
  }

  return {
    store: known,
    isTheirs: (key) => key === null || key.startsWith(`${namespace()}:`),
    admit: (closed, shown) => ask(closed, shown, false),
    admitTo: (conversation) => ask(new AbortController().signal, () => conversation, true),
    forget() {
      const area = openVisitorArea(home, persist)
      for (const beginning of [':', subject === undefined ? '@' : `@${subject}:`]) {
        for (const name of area.names(beginning)) area.remove(beginning + name)
      }
    },
    leave() {
      store = subject = undefined
    },
  }
}
