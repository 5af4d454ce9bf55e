/** Brings every older page of the conversation that is shown. For an export, which is whole or is none. */
import type { ShownMessage } from './conversation-state.ts'
import type { TwinSession } from './twin-session.ts'

/** A page that takes longer is not coming. */
const TIMEOUT_MS = 10_000

/** Rejects when the line is lost, a page does not come, or another conversation is shown. `isCurrent`: nothing was missed. */
export function fetchEverything(
  session: Pick<TwinSession, 'state' | 'subscribe' | 'loadOlder'>,
  isCurrent: () => boolean,
  conversation: () => number,
): Promise<readonly ShownMessage[]> {
  const wanted = conversation()
  return new Promise((resolve, reject) => {
    let eldest: number | undefined
    const fail = (): void => settle(() => reject(new Error('Not every message could be fetched')))
    const look = (): void => {
      const { line, messages, hasOlder, loadingOlder } = session.state
      if (conversation() !== wanted || line !== 'open') return fail()
      if (loadingOlder || !isCurrent()) return
      if (!hasOlder) return settle(() => resolve(messages))
      const first = messages[0]?.position
      // Asked for and not come: the room said no.
      if (first === eldest) return fail()
      eldest = first
      clearTimeout(late)
      late = setTimeout(fail, TIMEOUT_MS)
      session.loadOlder()
      if (!session.state.loadingOlder) fail()
    }
    const unsubscribe = session.subscribe(look)
    let late = setTimeout(fail, TIMEOUT_MS)
    const settle = (act: () => void): void => {
      clearTimeout(late)
      unsubscribe()
      act()
    }
    look()
  })
}
