/** Which frames a line may send depends on who holds it. Knows no rule: it reads, and leads to whoever answers. */
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
  if (holder.role === 'person') {
    const parsed = parsePersonFrame(raw)
    if (!parsed.ok) room.connections.sendError(listener, { seq: room.journal.lastSeq, ...parsed.failure })
    else if (isGreeted) answerPersonFrame(room, listener, holder.claims, parsed.value)
    else answerFirstFrame(room, listener, parsed.value)
  } else {
    const parsed = parseClientFrame(raw)
    if (!parsed.ok) room.connections.sendError(listener, { seq: room.journal.lastSeq, ...parsed.failure })
    else if (isGreeted) answerFrame(room, listener, parsed.value)
    else answerFirstFrame(room, listener, parsed.value)
  }
}

/** Answers a frame that was posted: its JSON is parsed, and what it holds is unchecked. */
export function answerPosted(room: Room, speaker: Speaker, value: unknown): void {
  const { holder } = speaker
  if (isTooFast(room, speaker)) return
  if (holder.role === 'person') {
    const parsed = readPersonFrame(value)
    if (!parsed.ok) room.connections.sendError(speaker, { seq: room.journal.lastSeq, ...parsed.failure })
    else answerPersonFrame(room, speaker, holder.claims, parsed.value)
  } else {
    const parsed = readClientFrame(value)
    if (!parsed.ok) room.connections.sendError(speaker, { seq: room.journal.lastSeq, ...parsed.failure })
    else answerFrame(room, speaker, parsed.value)
  }
}

function isTooFast({ connections, journal, now }: Room, speaker: Speaker): boolean {
  const retryAfterSeconds = connections.frameWaitSeconds(speaker, now())
  if (retryAfterSeconds === 0) return false
  const detail = 'Too many frames at once.'
  connections.sendError(speaker, { seq: journal.lastSeq, code: 'rate_limited', detail, retryAfterSeconds })
  return true
}
