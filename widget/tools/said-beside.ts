/** What an act came to, said beside it for a while and once to a screen reader. One at a time: the newest. */
import type { ToolsPorts } from '../element/tools-port.ts'

export type Outcome = 'copied' | 'copy_failed' | 'thanks'

/** As long as it takes to read four words twice. */
const SHOWN_MS = 4_000

export interface SaidBeside {
  /** Says it beside what has this id. */
  say(id: string, outcome: Outcome): void
  /** What is being said beside it. */
  at(id: string): Outcome | undefined
}

export function saidBeside({ host, say, announce }: ToolsPorts): SaidBeside {
  let said: { readonly id: string; readonly outcome: Outcome } | undefined
  return {
    say(id, outcome) {
      const now = { id, outcome }
      said = now
      announce(say(outcome))
      host.requestUpdate()
      setTimeout(() => {
        if (said !== now) return
        said = undefined
        host.requestUpdate()
      }, SHOWN_MS)
    },
    at: (id) => (said?.id === id ? said.outcome : undefined),
  }
}
