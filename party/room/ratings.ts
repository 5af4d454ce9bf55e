/** What the visitor thinks of replies: the rating here, its reason and comment only on their way to the archive. */
import type { ReplyRateFrame } from '../../schema/wire/frames.ts'
import type { Journal } from './journal.ts'
import type { Outbox } from './outbox.ts'
import type { RoomStorage } from './room-storage.ts'
import type { Transcript } from './transcript.ts'
import type { Turn } from './turns.ts'

type Opinion = Pick<ReplyRateFrame, 'rating' | 'reason' | 'comment'>

export interface Ratings {
  /** The frames for every tab; none when the rating was the same before. Undefined: there is no finished reply. */
  rate(turn: Turn, opinion: Opinion, at: string): string[] | undefined
  /** The reply of a turn is void, and what was thought of it. Call it in the transaction that voids it. */
  withdraw(turn: Turn, at: string): string[]
}

export interface RatingsParts {
  readonly storage: RoomStorage
  readonly journal: Journal
  readonly transcript: Transcript
  readonly outbox: Outbox
}

/** The ratings in a room's storage. */
export function openRatings({ storage, journal, transcript, outbox }: RatingsParts): Ratings {
  function keep(turnId: Turn['turnId'], replied: number, { rating, reason, comment }: Opinion, at: string): string[] {
    const before = transcript.rating(replied)
    if (rating === null && before === null) return []
    const why = rating === null ? {} : { reason, comment } // what is taken back leaves no words behind
    outbox.addRating({ turnId, rating, reason: why.reason ?? null, comment: why.comment ?? null, at })
    if (rating === before) return []
    transcript.rate(replied, rating)
    return [journal.append({ type: 'reply-rated', turnId, rating })]
  }

  return {
    rate({ turnId, state, replied }, opinion, at) {
      if (state !== 'ended' || replied === null) return undefined
      return storage.transactionSync(() => keep(turnId, replied, opinion, at))
    },
    withdraw: ({ turnId, replied }, at) => (replied === null ? [] : keep(turnId, replied, { rating: null }, at)),
  }
}
