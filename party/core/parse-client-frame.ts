/**
 * Untrusted text -> a frame or a typed refusal. Pure. Only named fields are read, so whatever a frame says about who is
 * speaking is dropped here: that comes from the connection.
 */
import { parseId } from '../../schema/domain/id.ts'
import { fail, ok, type Result } from '../../schema/domain/result.ts'
import type { ClientFrame } from '../../schema/wire/frames.ts'
import {
  MAX_FRAME_BYTES,
  MAX_MESSAGE_CHARS,
  MAX_MESSAGE_ID_CHARS,
  MAX_PAGE_MESSAGES,
} from '../../schema/wire/limits.ts'
import type { ProblemCode } from '../../schema/wire/problem.ts'

/** Why a frame was not taken, and what it was about. */
export interface FrameRefusal {
  readonly code: ProblemCode
  readonly detail: string
  readonly messageId?: string
  readonly turnId?: string
}

type Parsed = Result<ClientFrame, FrameRefusal>
type Fields = Readonly<Record<string, unknown>>

const MESSAGE_ID = new RegExp(`^[\\x21-\\x7e]{1,${MAX_MESSAGE_ID_CHARS}}$`)
const INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}]/gu
/** Lone surrogates have no UTF-8 and U+0000 has no place in Postgres: neither could be kept. */
const UNKEEPABLE = /[\p{Cs}\0]/u

/** Reads one frame of a client. */
export function parseClientFrame(raw: string | ArrayBuffer | ArrayBufferView): Parsed {
  if (typeof raw !== 'string') return refuse('frame_invalid', 'Frames are JSON text; binary frames are not read.')
  if (exceedsBytes(raw, MAX_FRAME_BYTES)) {
    return refuse('frame_too_large', `A frame may hold ${MAX_FRAME_BYTES} bytes at most.`)
  }
  const fields = parseObject(raw)
  if (!fields) return refuse('frame_invalid', 'A frame is one JSON object.')
  switch (fields['type']) {
    case 'hello':
      return hello(fields)
    case 'message-send':
      return messageSend(fields)
    case 'reply-stop':
    case 'reply-retry':
      return aboutTurn(fields['type'], fields)
    case 'history-get':
      return historyGet(fields)
    default:
      return typeof fields['type'] === 'string'
        ? refuse('frame_unknown', 'No frame has this type.')
        : refuse('frame_invalid', 'A frame names its type.')
  }
}

function hello({ after }: Fields): Parsed {
  if (after === null) return ok({ type: 'hello', after })
  if (isCount(after)) return ok({ type: 'hello', after })
  return refuse('frame_invalid', '`after` is the last number seen, or null.')
}

function messageSend({ messageId, text }: Fields): Parsed {
  if (typeof messageId !== 'string' || !MESSAGE_ID.test(messageId)) {
    return refuse('message_id_invalid', `A message id is 1 to ${MAX_MESSAGE_ID_CHARS} visible ASCII characters.`)
  }
  if (typeof text !== 'string') return refuse('frame_invalid', 'A message has a text.', { messageId })
  if (text.length > MAX_MESSAGE_CHARS) {
    return refuse('message_too_long', `A message may hold ${MAX_MESSAGE_CHARS} characters at most.`, { messageId })
  }
  if (UNKEEPABLE.test(text)) return refuse('message_malformed', 'The text is not valid Unicode.', { messageId })
  if (text.replace(INVISIBLE, '') === '') return refuse('message_empty', 'The message says nothing.', { messageId })
  return ok({ type: 'message-send', messageId, text })
}

function aboutTurn(type: 'reply-stop' | 'reply-retry', { turnId }: Fields): Parsed {
  if (typeof turnId !== 'string') return refuse('frame_invalid', 'The frame names a turn.')
  const id = parseId<'turn'>(turnId)
  if (!id) return refuse('turn_unknown', 'No turn of this conversation has that id.')
  return ok({ type, turnId: id })
}

function historyGet({ before, limit }: Fields): Parsed {
  if (!isCount(before) || before < 1 || !isCount(limit) || limit < 1 || limit > MAX_PAGE_MESSAGES) {
    return refuse('history_invalid', `A page stands before a position and holds 1 to ${MAX_PAGE_MESSAGES} messages.`)
  }
  return ok({ type: 'history-get', before, limit })
}

function refuse(code: ProblemCode, detail: string, about: { messageId?: string; turnId?: string } = {}): Parsed {
  return fail({ code, detail, ...about })
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** Measured before parsing; the encoder runs only where the count of code units leaves it open. */
function exceedsBytes(text: string, limit: number): boolean {
  if (text.length > limit) return true
  return text.length * 3 > limit && new TextEncoder().encode(text).length > limit
}

function parseObject(raw: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(raw)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
