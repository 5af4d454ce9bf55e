/** Pure operations on the list of shown messages: room's order first, then what the room has not placed yet. */
import type { MessageRecord } from '../../schema/wire/frames.ts'
import type { ShownMessage } from './conversation-state.ts'

/** A message of the room as shown; a twin's without an outcome is still being written. */
export function shownMessage(record: MessageRecord): ShownMessage {
  return { ...record, delivery: 'sent', streaming: record.role === 'twin' && record.outcome === undefined }
}

/** Are these the same message? A reply is known by its turn, since a retry may give it a new id. */
function isSame(one: ShownMessage, other: ShownMessage): boolean {
  if (one.messageId === other.messageId) return true
  return one.role === 'twin' && other.role === 'twin' && one.turnId === other.turnId
}

/** The list with a message at its place; what was shown of it before is replaced. */
export function place(list: readonly ShownMessage[], message: ShownMessage): ShownMessage[] {
  const next = list.filter((one) => !isSame(one, message))
  const { position } = message
  let at = next.length
  if (position !== undefined) {
    at = next.findLastIndex((one) => one.position !== undefined && one.position < position) + 1
    // A refused message stays where the visitor wrote it.
    while (next[at]?.delivery === 'refused') at += 1
  }
  next.splice(at, 0, message)
  return next
}

/** The list with an older page before it. */
export function prepend(list: readonly ShownMessage[], page: readonly MessageRecord[]): ShownMessage[] {
  const older = page.map(shownMessage)
  // One that is shown without a place was waiting for exactly this.
  const rest = list.filter((one) => one.position !== undefined || !older.some((record) => isSame(record, one)))
  return [...older.filter((record) => !rest.some((one) => isSame(record, one))), ...rest]
}

/** The newest page, and behind it what the visitor wrote that is not in it. */
export function replace(list: readonly ShownMessage[], page: readonly MessageRecord[]): ShownMessage[] {
  const known = page.map(shownMessage)
  return [...known, ...list.filter((one) => one.position === undefined && !known.some((record) => isSame(record, one)))]
}

/** The list with the one message changed that the test picks; the newest one when several fit. */
export function change(
  list: readonly ShownMessage[],
  picks: (message: ShownMessage) => boolean,
  by: (message: ShownMessage) => ShownMessage,
): readonly ShownMessage[] {
  const at = list.findLastIndex(picks)
  const old = list[at]
  return old ? list.with(at, by(old)) : list
}
