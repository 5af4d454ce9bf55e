/** The lines of a room: who they are, which have said hello, how fast they may be. Knows no conversation. */
import type { ErrorFrame } from '../../schema/wire/frames.ts'
import { TYPING_SECONDS } from '../../schema/wire/limits.ts'
import type { LineHolder } from '../core/line-holder.ts'
import type { Ending } from '../core/session-end.ts'
import { takeToken, type Bucket, type Rate } from '../core/token-bucket.ts'

/** Who is answered: somebody with an id, who hears frames. */
export interface Speaker {
  /** Whose frames are counted together. */
  readonly id: string
  readonly holder: LineHolder
  /** False: it did not go out, and nothing else will. What is missed is replayed when the visitor returns. */
  send(frame: string): boolean
  /** It says that it has read up to a number, and is fed what follows. False: nobody asked it that. */
  confirm(seq: number, missedAfter: (seq: number) => Iterable<string>): boolean
}

/** A line to somebody, whatever carries it: a socket, or a stream of events over HTTP. */
export interface Listener extends Speaker {
  /** It has said hello. */
  readonly isGreeted: boolean
  readonly isOpen: boolean
  /** Epoch milliseconds since which it owes a mark and is sent nothing; null: it reads, as far as one knows. */
  readonly askedAt: number | null
  /** Epoch milliseconds of its last sign of life. */
  readonly heardAt: number
  /** It has said hello; remembered for as long as the line stands, also while the room sleeps. */
  greet(): void
  /** A numbered frame, which a line that is behind is sent later, from the journal. False: as with `send`. */
  hear(frame: string): boolean
  /** Hangs up on a line that does not read; it comes back with the last number it saw. */
  drop(): void
  /** Says a last frame and hangs up. */
  end(ending: Ending, frame: string): void
}

/** A line that is sent no more than it says it has read. */
export interface PacedListener extends Listener {
  /** The frame that opens the line, then what was missed, as far as its window reaches. */
  begin(opening: string, missed: Iterable<string>): void
  /** It has just given a sign of life. */
  heard(): void
}

/** A line that has not even sent a ping for so long gives way to one that wants to come; it comes back if it lives. */
const SILENT_MS = 90_000
const FRAME_RATE: Rate = { burst: 40, perSecond: 20 }
/** A room's, not a line's: more tabs or new sockets make nobody faster. */
const MESSAGE_RATE: Rate = { burst: 8, perSecond: 0.5 }
const RATING_RATE: Rate = { burst: 20, perSecond: 1 }
/** What people of the celebrity's side do, all together. */
const PERSON_RATE: Rate = { burst: 20, perSecond: 2 }
const TYPING_RATE: Rate = { burst: 2, perSecond: 2 / TYPING_SECONDS }

export interface Connections {
  add(listener: Listener): void
  /** From here on it hears what everybody hears. */
  greet(listener: Listener): void
  forget(listener: Listener): void
  /** Lines of these that are open, greeted or not. */
  lines(role: LineHolder['role']): readonly Listener[]
  /** Lines that have said hello and are open. */
  here(): readonly Listener[]
  /** Is there a place for one more line of these? The dead do not count, and of the others the longest silent one gives way. */
  hasPlace(role: LineHolder['role'], maxLines: number, now: number): boolean
  /** Drops lines that have owed a mark since then. Answers since when the next one has, or null. */
  dropUnread(since: number): number | null
  sendError(speaker: Speaker, error: Omit<ErrorFrame, 'type'>): void
  /** To everybody who has said hello. */
  broadcast(frames: readonly string[]): void
  /** A control frame for whoever of these has said hello. */
  tell(role: LineHolder['role'], frame: string): void
  /** The same, of what is worth nothing later: a line that is behind is not told. */
  hint(role: LineHolder['role'], frame: string): void
  end(listener: Listener, ending: Ending, seq: number): void
  /** To everybody, greeted or not: nobody is left. */
  endAll(ending: Ending, seq: number): void
  /** Seconds to wait, 0 when the frame may pass. */
  frameWaitSeconds(speaker: Speaker, now: number): number
  messageWaitSeconds(now: number): number
  ratingWaitSeconds(now: number): number
  personWaitSeconds(now: number): number
  typingWaitSeconds(speaker: Pick<Speaker, 'id'>, now: number): number
}

/** The connections of a room that just woke: hibernated sockets that were greeted still are. */
export function roomConnections(awake: Iterable<Listener>): Connections {
  const all = new Set<Listener>(awake)
  const greeted = new Set<Listener>(Array.from(all).filter(({ isGreeted }) => isGreeted))
  const buckets = new Map<string, Bucket>() // refilled by the sleep of a room, which takes longer than refilling

  function waitSeconds(whose: string, rate: Rate, now: number): number {
    const { bucket, retryAfterSeconds } = takeToken(buckets.get(whose), rate, now)
    buckets.set(whose, bucket)
    return retryAfterSeconds
  }

  function forget(listener: Listener): void {
    all.delete(listener)
    greeted.delete(listener)
    for (const what of ['line', 'typing']) buckets.delete(`${what} ${listener.id}`)
  }

  function end(listener: Listener, ending: Ending, seq: number): void {
    const { code, detail } = ending
    forget(listener) // first: whoever ends a line has heard enough of it
    listener.end(ending, JSON.stringify({ type: 'error', seq, code, detail } satisfies ErrorFrame))
  }

  function tell(frame: string, whom: (listener: Listener) => boolean): void {
    for (const listener of greeted) if (whom(listener) && !listener.send(frame)) greeted.delete(listener)
  }

  function drop(listener: Listener): void {
    forget(listener)
    listener.drop()
  }

  return {
    add: (listener) => void all.add(listener),
    greet(listener) {
      listener.greet()
      greeted.add(listener)
    },
    forget,
    lines: (role) => Array.from(all).filter(({ holder, isOpen }) => holder.role === role && isOpen),
    here: () => Array.from(greeted).filter(({ isOpen }) => isOpen),
    hasPlace(role, maxLines, now) {
      for (const listener of all) if (!listener.isOpen) forget(listener)
      const theirs = Array.from(all).filter(({ holder }) => holder.role === role)
      if (theirs.length < maxLines) return true
      const [silent] = theirs.toSorted((one, other) => one.heardAt - other.heardAt)
      if (!silent || silent.heardAt > now - SILENT_MS) return false
      drop(silent)
      return true
    },
    dropUnread(since) {
      let next: number | null = null
      for (const listener of all) {
        const { askedAt } = listener
        if (askedAt === null) continue
        if (askedAt <= since) drop(listener)
        else if (next === null || askedAt < next) next = askedAt
      }
      return next
    },
    sendError(speaker, error) {
      speaker.send(JSON.stringify({ type: 'error', ...error } satisfies ErrorFrame))
    },
    broadcast(frames) {
      for (const frame of frames) {
        for (const listener of greeted) if (!listener.hear(frame)) greeted.delete(listener)
      }
    },
    tell: (role, frame) => tell(frame, ({ holder }) => holder.role === role),
    hint: (role, frame) => tell(frame, ({ holder, askedAt }) => holder.role === role && askedAt === null),
    end,
    endAll(ending, seq) {
      for (const listener of Array.from(all)) end(listener, ending, seq)
    },
    frameWaitSeconds: ({ id }, now) => waitSeconds(`line ${id}`, FRAME_RATE, now),
    messageWaitSeconds: (now) => waitSeconds('messages', MESSAGE_RATE, now),
    ratingWaitSeconds: (now) => waitSeconds('ratings', RATING_RATE, now),
    personWaitSeconds: (now) => waitSeconds('people', PERSON_RATE, now),
    typingWaitSeconds: ({ id }, now) => waitSeconds(`typing ${id}`, TYPING_RATE, now),
  }
}
