/**
 * What goes to the room: the visitor's messages out of the outbox, and what they ask for besides. Each is sent once a
 * connection, again on the next, and again when the room said "not now", until the room has confirmed or refused it.
 * Knows no socket and shows nothing.
 */
import type {
  ClientFrame,
  ConversationFrame,
  ErrorFrame,
  MessageEditFrame,
  MessageRecord,
  Rating,
  ReplyDeltaFrame,
  ReplyRateFrame,
  ReplyRetryFrame,
  ReplyStopFrame,
} from '../../schema/wire/frames.ts'
import type { ProblemCode } from '../../schema/wire/problem.ts'
import { isPassing } from './is-passing.ts'
import type { OutboxEntry } from './visitor-store.ts'

/** Something asked for about a turn; of one kind only the latest counts. */
export type Ask = MessageEditFrame | ReplyStopFrame | ReplyRetryFrame | ReplyRateFrame

/** How much the room hears: nothing yet, messages, or everything, since we know all that it knows. */
export type Hearing = 'nothing' | 'messages' | 'everything'

export interface Outbound {
  /** Another connection: what was sent on the last one counts for nothing. */
  begin(): void
  /** The room hears so much. */
  hear(hearing: Hearing): void
  /** Sends what has not been sent. */
  flush(): void
  /** (An edit gets its number when it is sent.) */
  ask(ask: Ask): void
  /** A message is the room's. */
  settle(messageId: string): void
  confirm(frame: Exclude<ConversationFrame, ReplyDeltaFrame> | MessageRecord): void
  refuse(frame: ErrorFrame): void
  close(): void
}

export interface KnownTurn {
  /** It waits for its reply, or receives it. */
  readonly isRunning: boolean
  /** How often its message has been changed. */
  readonly edits: number
  readonly rating: Rating | null
}

export interface OutboundPorts {
  outbox(): readonly OutboxEntry[]
  /** False when there is no open connection. */
  send(frame: ClientFrame): boolean
  /** What we know of a turn. */
  turn(turnId: string): KnownTurn
  /** The room has the message, or will not have it. */
  settled(messageId: string): void
  givenUp(messageId: string, problem: ProblemCode): void
}

/** How often something is sent again on one page when the room says "not now". */
const MAX_RESENDS = 5
const RESEND_SECONDS = 3

const keyOf = (type: Ask['type'], turnId: string): string => `${type} ${turnId}`

/** Nothing is sent before {@link Outbound.hear}. */
export function openOutbound({ outbox, send, turn, settled, givenUp }: OutboundPorts): Outbound {
  let hearing: Hearing = 'nothing'
  const asks = new Map<string, Ask>()
  /** Sent on this connection, so that one act is not sent twice over it. */
  const sent = new Set<string>()
  /** Numbers of the edits sent on this connection, by turn. */
  const numbered = new Map<string, number>()
  const resends = new Map<string, number>()
  /** The room said "not now": until then nothing goes, and from then on one message at a time, so that none overtakes. */
  let pause: ReturnType<typeof setTimeout> | undefined
  let isSlow = false

  function sendAsk(key: string, ask: Ask): void {
    const { isRunning, edits, rating } = turn(ask.turnId)
    let frame = ask
    if (ask.type === 'message-edit') {
      // The room changes nothing that is being answered; whoever does not stop the reply waits for its end.
      if (isRunning) return
      // Numbered only now, when we know of every change there has been: the same change sent twice is one change.
      frame = { ...ask, edits: Math.max(edits, numbered.get(ask.turnId) ?? 0) + 1 }
    }
    if (!send(frame)) return
    sent.add(key)
    asks.set(key, frame)
    if (frame.type === 'message-edit') numbered.set(ask.turnId, frame.edits)
    // What changes nothing is not confirmed: the same rating with more words.
    if (frame.type === 'reply-rate' && frame.rating === rating) settle(key)
  }

  function flush(): void {
    if (hearing === 'nothing') return
    for (const [key, ask] of hearing === 'everything' ? asks : []) {
      // Whoever says stop is not told to wait.
      if (!sent.has(key) && (pause === undefined || ask.type === 'reply-stop')) sendAsk(key, ask)
    }
    if (pause !== undefined) return
    const waiting = outbox()
    isSlow &&= waiting.length > 0
    for (const { at: _at, ...message } of isSlow ? waiting.slice(0, 1) : waiting) {
      const { messageId } = message
      if (!sent.has(messageId) && send({ type: 'message-send', ...message })) sent.add(messageId)
    }
  }

  /** Done with, one way or the other; a key is a message's id or that of an ask. */
  function settle(key: string): void {
    sent.delete(key)
    resends.delete(key)
    if (!asks.delete(key)) settled(key)
    if (isSlow) flush()
  }

  const settleAsk = (type: Ask['type'], turnId: string): void => {
    if (asks.has(keyOf(type, turnId))) settle(keyOf(type, turnId))
  }

  /** The room refused something: for good, or until a little later. */
  function later(key: string, code: ProblemCode, seconds = RESEND_SECONDS): void {
    const count = (resends.get(key) ?? 0) + 1
    resends.set(key, count)
    if (!isPassing(code) || count > MAX_RESENDS) {
      settle(key)
      return givenUp(key, code)
    }
    sent.delete(key)
    isSlow = true
    clearTimeout(pause)
    pause = setTimeout(() => {
      pause = undefined
      flush()
    }, seconds * 1_000)
  }

  function begin(): void {
    sent.clear()
    numbered.clear()
    hearing = 'nothing'
  }

  return {
    begin,
    hear(next) {
      hearing = next
      flush()
    },
    flush,
    ask(ask) {
      const key = keyOf(ask.type, ask.turnId)
      asks.delete(key)
      asks.set(key, ask)
      sent.delete(key)
      flush()
    },
    settle,
    confirm(frame) {
      if (!('turnId' in frame)) return
      const { turnId } = frame
      const edit = asks.get(keyOf('message-edit', turnId))
      const isSent = edit?.type === 'message-edit' && edit.edits > 0
      if (isSent && 'edits' in frame && edit.edits <= (frame.edits ?? 0)) settleAsk('message-edit', turnId)
      if (!('type' in frame)) return
      if (frame.type === 'reply-start' || frame.type === 'reply-end') settleAsk('reply-retry', turnId)
      if (frame.type === 'reply-end') {
        settleAsk('reply-stop', turnId)
        flush()
      }
      if (frame.type === 'reply-rated') {
        const rate = asks.get(keyOf('reply-rate', turnId))
        if (rate?.type === 'reply-rate' && rate.rating === frame.rating) settleAsk('reply-rate', turnId)
      }
    },
    refuse({ code, messageId, turnId, retryAfterSeconds }) {
      const about =
        messageId !== undefined
          ? [messageId]
          : // The room could not tell which frame it was: whatever is unconfirmed goes again, and is one act still.
            [...sent].filter((key) => (turnId === undefined ? isPassing(code) : key.endsWith(` ${turnId}`)))
      for (const key of about) later(key, code, retryAfterSeconds)
    },
    close() {
      begin()
      asks.clear()
      clearTimeout(pause)
      pause = undefined
      isSlow = false
    },
  }
}
