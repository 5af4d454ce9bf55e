/** People of the celebrity's side, in one element: how they look and are heard, and that the visitor writes to them. */
import { TYPING_SECONDS } from '../../schema/wire/limits.ts'
import type { MakePeople } from '../element/people-port.ts'
import { handoverLines } from './handover-lines.ts'
import { peopleAnnouncement } from './people-announcement.ts'
import { peopleStatusView } from './people-status-view.ts'
import { peopleStyles } from './people-styles.ts'
import { heldView, personView } from './person-view.ts'
import { writerWatch } from './writer-watch.ts'

/** Told half as often as it holds, so that it does not end while somebody goes on writing. */
const TOLD_EVERY_MS = (TYPING_SECONDS * 1_000) / 2

export const makePeople: MakePeople = ({ host, say, config, shown, session }) => {
  const styles = new CSSStyleSheet()
  styles.replaceSync(peopleStyles)
  const writers = writerWatch(() => host.requestUpdate())
  const name = (): string => config().twin.name
  let toldAt = -Infinity

  return {
    styles,
    message(message, meta) {
      if (message.role === 'person') return personView(message, name(), say, meta())
      return message.held && message.text === '' ? heldView(message, say) : undefined
    },
    items: (items, conversation) => handoverLines(items, conversation, name(), say),
    status: ({ people }) => people && peopleStatusView({ people, writer: writers.of(people), name: name(), say }),
    announcement: (before, after) => peopleAnnouncement(before, after, name(), say),
    typed(draft) {
      if (draft.trim() === '' || !shown().people?.names.length || Date.now() - toldAt < TOLD_EVERY_MS) return
      toldAt = Date.now()
      session().typing()
    },
  }
}
