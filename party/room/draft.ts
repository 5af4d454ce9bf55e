/**
 * The one reply that is written out of sight: piece by piece while its model speaks, so that a killed room still knows
 * what was said to it; then whole, with the end it will have, until a person releases it. Knows no frames.
 */
import type { TurnEnd } from '../core/run-turn.ts'
import type { Facts } from './facts.ts'
import type { RoomStorage } from './room-storage.ts'

/** How a held reply ends once it is released as it is. */
export type DraftEnd = Pick<TurnEnd, 'outcome' | 'reason' | 'sources' | 'followUps' | 'model'>

export interface Draft {
  text(): string
  add(text: string): void
  /** It is written. Call it in the transaction that holds the reply. */
  close(end: DraftEnd): void
  /** Undefined while it is still being written. */
  end(): DraftEnd | undefined
  discard(): void
}

/** The draft in a room's storage. */
export function openDraft({ sql }: RoomStorage, facts: Facts): Draft {
  let text = sql
    .exec<{ text: string }>('select text from draft_pieces order by piece')
    .toArray()
    .map((piece) => piece.text)
    .join('')
  let begun = text !== '' || facts.read('draftEnd') !== undefined

  return {
    text: () => text,
    add(more) {
      begun = true
      sql.exec('insert into draft_pieces (text) values (?)', more)
      text += more
    },
    close({ outcome, reason, sources, followUps, model }) {
      begun = true
      facts.write('draftEnd', { outcome, reason, sources, followUps, model })
    },
    end() {
      if (!begun) return undefined
      const end = facts.read('draftEnd')
      return isDraftEnd(end) ? end : undefined
    },
    discard() {
      if (!begun) return // as in every reply that nobody holds
      begun = false
      sql.exec('delete from draft_pieces')
      facts.forget('draftEnd')
      text = ''
    },
  }
}

/** Written by this file alone: its outline is checked, not every field. */
function isDraftEnd(value: unknown): value is DraftEnd {
  return (
    typeof value === 'object' &&
    value !== null &&
    'outcome' in value &&
    typeof value.outcome === 'string' &&
    'model' in value &&
    (value.model === null || typeof value.model === 'string')
  )
}
