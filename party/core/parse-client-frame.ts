/**
 * Untrusted text -> a frame or a typed refusal. Pure. Only named fields are read, so whatever a frame says about who is
 * speaking is dropped here: that comes from the connection.
 */
import { parseId } from '../../schema/domain/id.ts'
import { fail, ok, type Result } from '../../schema/domain/result.ts'
import type { ClientFrame, PageContext, RatingReason } from '../../schema/wire/frames.ts'
import {
  MAX_COMMENT_CHARS,
  MAX_CONTEXT_KEY_CHARS,
  MAX_CONTEXT_KEYS,
  MAX_CONTEXT_VALUE_CHARS,
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
type About = Pick<FrameRefusal, 'messageId' | 'turnId'>
type Fields = Readonly<Record<string, unknown>>

const MESSAGE_ID = new RegExp(`^[\\x21-\\x7e]{1,${MAX_MESSAGE_ID_CHARS}}$`)
const INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}]/gu
/** Lone surrogates have no UTF-8 and U+0000 has no place in Postgres: neither could be kept. */
const UNKEEPABLE = /[\p{Cs}\0]/u
const RATING_REASONS: readonly RatingReason[] = ['inaccurate', 'unhelpful', 'off_topic', 'offensive', 'other']

/** Reads one frame of a client. */
export function parseClientFrame(raw: string | ArrayBuffer | ArrayBufferView): Parsed {
  if (typeof raw !== 'string') return refuse('frame_invalid', 'Frames are JSON text; binary frames are not read.')
  if (exceedsBytes(raw, MAX_FRAME_BYTES)) {
    return refuse('frame_too_large', `A frame may hold ${MAX_FRAME_BYTES} bytes at most.`)
  }
  return readClientFrame(parseJson(raw))
}

/** Reads a frame out of JSON that was measured and parsed already. */
export function readClientFrame(fields: unknown): Parsed {
  if (!isObject(fields)) return refuse('frame_invalid', 'A frame is one JSON object.')
  switch (fields['type']) {
    case 'hello':
      return hello(fields)
    case 'message-send':
      return messageSend(fields)
    case 'message-edit':
      return messageEdit(fields)
    case 'reply-stop':
      return aboutTurn(fields, (turnId) => ok({ type: 'reply-stop', turnId }))
    case 'reply-retry':
      return aboutTurn(fields, (turnId) => ok({ type: 'reply-retry', turnId }))
    case 'reply-rate':
      return replyRate(fields)
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

function messageSend({ messageId, text, context }: Fields): Parsed {
  if (typeof messageId !== 'string' || !MESSAGE_ID.test(messageId)) {
    return refuse('message_id_invalid', `A message id is 1 to ${MAX_MESSAGE_ID_CHARS} visible ASCII characters.`)
  }
  const said = readText(text, { messageId })
  if (!said.ok) return said
  if (context === undefined) return ok({ type: 'message-send', messageId, text: said.value })
  const page = readContext(context)
  return page
    ? ok({ type: 'message-send', messageId, text: said.value, context: page })
    : refuse('context_invalid', CONTEXT_SHAPE, { messageId })
}

function messageEdit(fields: Fields): Parsed {
  return aboutTurn(fields, (turnId) => {
    const { text, edits } = fields
    if (!isCount(edits) || edits < 1) {
      return refuse('frame_invalid', '`edits` is one more than how often the message was changed.', { turnId })
    }
    const said = readText(text, { turnId })
    return said.ok ? ok({ type: 'message-edit', turnId, text: said.value, edits }) : said
  })
}

function replyRate(fields: Fields): Parsed {
  return aboutTurn(fields, (turnId) => {
    const { rating, comment } = fields
    const reason = RATING_REASONS.find((known) => known === fields['reason'])
    if (rating !== 'up' && rating !== 'down' && rating !== null) {
      return refuse('frame_invalid', 'A rating is up, down or null.', { turnId })
    }
    if (fields['reason'] !== undefined && !reason) {
      return refuse('frame_invalid', `A reason is one of: ${RATING_REASONS.join(', ')}.`, { turnId })
    }
    if (comment !== undefined && typeof comment !== 'string') {
      return refuse('frame_invalid', 'A comment is text.', { turnId })
    }
    if (comment !== undefined && comment.length > MAX_COMMENT_CHARS) {
      return refuse('message_too_long', `A comment may hold ${MAX_COMMENT_CHARS} characters at most.`, { turnId })
    }
    if (comment !== undefined && UNKEEPABLE.test(comment)) {
      return refuse('message_malformed', 'The comment is not valid Unicode.', { turnId })
    }
    const says = comment !== undefined && !isBlank(comment)
    return ok({ type: 'reply-rate', turnId, rating, ...(reason && { reason }), ...(says && { comment }) })
  })
}

function aboutTurn({ turnId }: Fields, read: (turnId: string) => Parsed): Parsed {
  if (typeof turnId !== 'string') return refuse('frame_invalid', 'The frame names a turn.')
  const id = parseId<'turn'>(turnId)
  if (!id) return refuse('turn_unknown', 'No turn of this conversation has that id.')
  return read(id)
}

function readText(text: unknown, about: About): Result<string, FrameRefusal> {
  if (typeof text !== 'string') return refuse('frame_invalid', 'A message has a text.', about)
  if (text.length > MAX_MESSAGE_CHARS) {
    return refuse('message_too_long', `A message may hold ${MAX_MESSAGE_CHARS} characters at most.`, about)
  }
  if (UNKEEPABLE.test(text)) return refuse('message_malformed', 'The text is not valid Unicode.', about)
  if (isBlank(text)) return refuse('message_empty', 'The message says nothing.', about)
  return ok(text)
}

const CONTEXT_SHAPE =
  `Page context is one flat object: at most ${MAX_CONTEXT_KEYS} names of ${MAX_CONTEXT_KEY_CHARS} characters, ` +
  `each with a text of at most ${MAX_CONTEXT_VALUE_CHARS}.`

function readContext(context: unknown): PageContext | undefined {
  if (!isObject(context)) return undefined
  const facts: [string, string][] = []
  for (const [name, value] of Object.entries(context)) {
    if (name === '' || name.length > MAX_CONTEXT_KEY_CHARS || UNKEEPABLE.test(name)) return undefined
    if (typeof value !== 'string' || value.length > MAX_CONTEXT_VALUE_CHARS || UNKEEPABLE.test(value)) return undefined
    facts.push([name, value])
  }
  return facts.length > MAX_CONTEXT_KEYS ? undefined : Object.fromEntries(facts) // own members, `__proto__` included
}

function historyGet({ before, limit }: Fields): Parsed {
  if (!isCount(before) || before < 1 || !isCount(limit) || limit < 1 || limit > MAX_PAGE_MESSAGES) {
    return refuse('history_invalid', `A page stands before a position and holds 1 to ${MAX_PAGE_MESSAGES} messages.`)
  }
  return ok({ type: 'history-get', before, limit })
}

function refuse(code: ProblemCode, detail: string, about: About = {}): Result<never, FrameRefusal> {
  return fail({ code, detail, ...about })
}

function isBlank(text: string): boolean {
  return text.replace(INVISIBLE, '') === ''
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** Measured before parsing; the encoder runs only where the count of code units leaves it open. */
function exceedsBytes(text: string, limit: number): boolean {
  if (text.length > limit) return true
  return text.length * 3 > limit && new TextEncoder().encode(text).length > limit
}

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
