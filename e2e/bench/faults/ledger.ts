/**
 * The oracle's memory of one conversation: what its visitor sent, and every numbered frame as it arrived. It knows the
 * rules of the wire from the contract alone and shares no code with the product; whatever breaks a rule is counted.
 */
import { hearFrame, text } from './hear-frame.ts'
import type { HeardFrame } from './hear-frame.ts'
import { readOrder } from './order.ts'
import type { Order } from './order.ts'
import type { Tally } from './tally.ts'

export interface SentMessage {
  readonly messageId: string
  readonly text: string
  readonly order: Order
  /** Once it is acknowledged. */
  turnId: string | undefined
  /** Refused for good. */
  refused: boolean
}

/** A turn as the numbered frames tell it. */
export interface HeardTurn {
  readonly turnId: string
  readonly order: Order | undefined
  /** Replies begun. */
  starts: number
  position: number | undefined
  text: string
  outcome: string | undefined
}

/** A message as the archive must have it. */
export interface HeardMessage {
  readonly position: number
  readonly turnId: string
  readonly role: 'visitor' | 'twin'
  readonly text: string
  readonly outcome: string | null
}

export interface Ledger {
  /** For people. */
  readonly name: string
  readonly placesBefore: number
  /** Of the last numbered frame. */
  readonly last: number
  /** Raw frames; the first has the number 1. */
  readonly frames: readonly string[]
  readonly sent: ReadonlyMap<string, SentMessage>
  readonly turns: ReadonlyMap<string, HeardTurn>
  send(messageId: string, order: Order, text: string): SentMessage
  /** Takes a frame as it came off the line; answers it read, or undefined when it is no frame. */
  hear(raw: string): HeardFrame | undefined
  /** The turn whose reply is being written. */
  open(): HeardTurn | undefined
  /** Everything that was sent is answered: acknowledged or refused, and every reply has ended. */
  isSettled(): boolean
  messages(): readonly HeardMessage[]
}

/** `placesBefore`: messages that stood there before anything was heard. */
export function openLedger(name: string, tally: Tally, placesBefore = 0): Ledger {
  const frames: string[] = []
  const sent = new Map<string, SentMessage>()
  const turns = new Map<string, HeardTurn>()
  const questions = new Map<number, HeardMessage>()
  const known = new Set<string>()
  let open: HeardTurn | undefined
  let places = placesBefore

  function number(frame: HeardFrame, raw: string): boolean {
    const due = frames.length + 1
    if (frame.seq < due) {
      const isSame = frames[frame.seq - 1] === raw
      tally.wrong('doubled', `${name}: frame ${frame.seq} came ${isSame ? 'again' : 'with other words'}: ${brief(raw)}`)
      return false
    }
    if (frame.seq > due) {
      tally.wrong('lost', `${name}: frame ${frame.seq} came where ${due} was due: ${brief(raw)}`)
      while (frames.length < frame.seq - 1) frames.push('') // counted once, not with every frame that follows
    }
    frames.push(raw)
    return true
  }

  function place(position: number, what: string): void {
    if (position !== places + 1)
      tally.wrong('reordered', `${name}: ${what} stands at ${position}, not at ${places + 1}`)
    places = Math.max(places, position)
  }

  function added(frame: HeardFrame): void {
    const [messageId, turnId, words] = [text(frame, 'messageId'), text(frame, 'turnId'), text(frame, 'text')]
    const position = Number(frame.fields['position'])
    if (known.has(messageId)) return tally.wrong('doubled', `${name}: message ${messageId} was added twice`)
    known.add(messageId)
    place(position, `message ${messageId}`)
    const mine = sent.get(messageId)
    if (!mine && sent.size > 0) tally.wrong('doubled', `${name}: a message was added that nobody sent: ${messageId}`)
    if (mine && mine.text !== words) tally.wrong('lost', `${name}: message ${messageId} has other words`)
    questions.set(position, { position, turnId, role: 'visitor', text: words, outcome: null })
    turns.set(turnId, { turnId, order: readOrder(words), starts: 0, position: undefined, text: '', outcome: undefined })
  }

  function started(frame: HeardFrame): void {
    const turn = turns.get(text(frame, 'turnId'))
    if (!turn) return tally.wrong('reordered', `${name}: a reply began before its question`)
    if (open) tally.wrong('reordered', `${name}: a reply began inside another`)
    const position = Number(frame.fields['position'])
    if (turn.position === undefined) place(position, `the reply to ${turn.turnId}`)
    else if (turn.position !== position) tally.wrong('reordered', `${name}: a reply that began anew moved`)
    Object.assign(turn, { starts: turn.starts + 1, position, text: '', outcome: undefined })
    open = turn
  }

  function ended(frame: HeardFrame): void {
    const turnId = text(frame, 'turnId')
    if (open?.turnId !== turnId) return tally.wrong('doubled', `${name}: a reply ended that was not being written`)
    open.outcome = text(frame, 'outcome')
    open = undefined
  }

  function follow(frame: HeardFrame): void {
    if (frame.type === 'delta') {
      if (open) open.text += text(frame, 'text')
      else tally.wrong('late_tokens', `${name}: words after the end of a reply, frame ${frame.seq}`)
    } else if (frame.type === 'message-added') added(frame)
    else if (frame.type === 'reply-start') started(frame)
    else if (frame.type === 'reply-end') ended(frame)
  }

  function answered(frame: HeardFrame): void {
    const mine = sent.get(text(frame, 'messageId'))
    if (frame.type === 'ack' && mine) {
      const turnId = text(frame, 'turnId')
      if (mine.turnId !== undefined && mine.turnId !== turnId) {
        tally.wrong('doubled', `${name}: message ${mine.messageId} was acknowledged as two turns`)
      }
      mine.turnId = turnId
    }
    if (frame.type === 'error' && mine && frame.fields['code'] === 'conversation_full') mine.refused = true
  }

  return {
    name,
    placesBefore,
    get last() {
      return frames.length
    },
    frames,
    sent,
    turns,
    send(messageId, order, words) {
      const message: SentMessage = { messageId, order, text: words, turnId: undefined, refused: false }
      sent.set(messageId, message)
      return message
    },
    hear(raw) {
      const frame = hearFrame(raw)
      if (!frame) tally.wrong('lost', `${name}: no frame of the contract: ${brief(raw)}`)
      else if (frame.isNumbered) {
        if (number(frame, raw)) follow(frame)
      } else answered(frame)
      return frame
    },
    open: () => open,
    isSettled: () =>
      Array.from(sent.values()).every(
        ({ turnId, refused }) => refused || turns.get(turnId ?? '')?.outcome !== undefined,
      ),
    messages: () =>
      [...questions.values(), ...Array.from(turns.values()).flatMap(replyOf)].toSorted(
        (a, b) => a.position - b.position,
      ),
  }
}

function replyOf({ position, turnId, text: words, outcome }: HeardTurn): HeardMessage[] {
  return position === undefined ? [] : [{ position, turnId, role: 'twin', text: words, outcome: outcome ?? null }]
}

function brief(raw: string): string {
  return raw.length > 120 ? `${raw.slice(0, 120)}…` : raw
}
