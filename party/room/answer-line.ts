/** Which frames a line may send depends on who holds it. Knows no rule: it reads, and leads to whoever answers. */
import type { Parsed } from '../core/frame-fields.ts'
import type { ClientFrame, PersonLineFrame } from '../../schema/wire/frames.ts'
import { parseClientFrame, readClientFrame } from '../core/parse-client-frame.ts'
import { parsePersonFrame, readPersonFrame } from '../core/parse-person-frame.ts'
import { answerFirstFrame, answerFrame } from './answer-frame.ts'
import { answerPersonFrame } from './answer-person-frame.ts'
import type { PacedListener, Speaker } from './connections.ts'
import type { Room } from './open-room.ts'

/** Answers what came over a socket. */
export function answerSocket(room: Room, listener: PacedListener, raw: string | ArrayBuffer | ArrayBufferView): void {
  const { holder, isGreeted } = listener
  if (isTooFast(room, listener)) return
  if (!isGreeted) {
    const parsed: Parsed<ClientFrame | PersonLineFrame> =
      holder.role === 'person' ? parsePersonFrame(raw) : parseClientFrame(raw)
    take(room, listener, parsed, (frame) => answerFirstFrame(room, listener, frame))
  } else if (holder.role === 'person') {
    take(room, listener, parsePersonFrame(raw), (frame) => answerPersonFrame(room, listener, holder.claims, frame))
  } else {
    take(room, listener, parseClientFrame(raw), (frame) => answerFrame(room, listener, frame))
  }
}

/**
 * The campaign is over, and its last reply is still being said: a line may say that it reads on, or that it has heard
 * enough. What is sent beyond that is not taken, and stays with its sender.
 */
export function answerLastFrames(
  room: Room,
  listener: PacedListener,
  raw: string | ArrayBuffer | ArrayBufferView,
): void {
  if (!listener.isGreeted || listener.holder.role !== 'visitor' || isTooFast(room, listener)) return
  const parsed = parseClientFrame(raw)
  if (!parsed.ok || (parsed.value.type !== 'mark' && parsed.value.type !== 'reply-stop')) return
  answerFrame(room, listener, parsed.value)
}

/** Answers a frame that was posted: its JSON is parsed, and what it holds is unchecked. */
export function answerPosted(room: Room, speaker: Speaker, value: unknown): void {
  const { holder } = speaker
  if (isTooFast(room, speaker)) return
  if (holder.role === 'person') {
    take(room, speaker, readPersonFrame(value), (frame) => answerPersonFrame(room, speaker, holder.claims, frame))
  } else {
    take(room, speaker, readClientFrame(value), (frame) => answerFrame(room, speaker, frame))
  }
}

function take<F>(
  { connections, journal }: Room,
  speaker: Speaker,
  parsed: Parsed<F>,
  answer: (frame: F) => void,
): void {
  if (parsed.ok) answer(parsed.value)
  else connections.sendError(speaker, { seq: journal.lastSeq, ...parsed.failure })
}

function isTooFast({ connections, journal, now }: Room, speaker: Speaker): boolean {
  const retryAfterSeconds = connections.frameWaitSeconds(speaker, now())
  if (retryAfterSeconds === 0) return false
  const detail = 'Too many frames at once.'
  connections.sendError(speaker, { seq: journal.lastSeq, code: 'rate_limited', detail, retryAfterSeconds })
  return true
}
