/** Who is writing right now: as long as they were said to be, and for a few seconds after. */
import { TYPING_SECONDS } from '../../schema/wire/limits.ts'
import type { People } from '../session/conversation-state.ts'

export interface WriterWatch {
  /** Their name, or undefined when nobody writes. */
  of(people: People): string | undefined
}

/** `onRest`: nobody has been said to write for too long. */
export function writerWatch(onRest: () => void): WriterWatch {
  let heard: People['writing'] = null
  let isOver = false
  let rest: ReturnType<typeof setTimeout> | undefined
  return {
    of({ writing, names }) {
      if (writing !== heard) {
        heard = writing
        isOver = false
        clearTimeout(rest)
        if (writing) {
          rest = setTimeout(() => {
            isOver = true
            onRest()
          }, TYPING_SECONDS * 1_000)
        }
      }
      return writing && !isOver && names.length > 0 ? (writing.name ?? names[0]) : undefined
    },
  }
}
