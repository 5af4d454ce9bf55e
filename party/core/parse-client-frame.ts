/**
 * Untrusted text -> a frame or a typed refusal. Pure. Only named fields are read, so whatever a frame says about who is
 * speaking is dropped here: that comes from the connection.
 */
import { ok } from '../../schema/domain/result.ts'
import type {
  ClientFrame,
  HelloFrame,
  HistoryGetFrame,
  MarkFrame,
  PageContext,
  RatingReason,
  TypingFrame,
} from '../../schema/wire/frames.ts'
import {
  MAX_COMMENT_CHARS,
  MAX_CONTEXT_KEY_CHARS,
  MAX_CONTEXT_KEYS,
  MAX_CONTEXT_VALUE_CHARS,
  MAX_PAGE_MESSAGES,
} from '../../schema/wire/limits.ts'
import {
  aboutTurn,
  isBlank,
  isCount,
  isKeepable,
  isObject,
  readFields,
  readFrameJson,
  readMessageId,
  readText,
  refuse,
  unknownFrame,
  type Fields,
  type Parsed,
} from './frame-fields.ts'

const RATING_REASONS: readonly RatingReason[] = ['inaccurate', 'unhelpful', 'off_topic', 'offensive', 'other']

/** Reads one frame of a visitor. */
export function parseClientFrame(raw: string | ArrayBuffer | ArrayBufferView): Parsed<ClientFrame> {
  const json = readFrameJson(raw)
  return json.ok ? readClientFrame(json.value) : json
}

/** Reads a visitor's frame out of JSON that was measured and parsed already. */
export function readClientFrame(value: unknown): Parsed<ClientFrame> {
  const read = readFields(value)
  if (!read.ok) return read
  const fields = read.value
  switch (fields['type']) {
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
    default:
      return readSharedFrame(fields)
  }
}

/** The frames that both a visitor and a person of the celebrity's side send; every other is unknown. */
export function readSharedFrame(fields: Fields): Parsed<HelloFrame | HistoryGetFrame | MarkFrame | TypingFrame> {
  switch (fields['type']) {
    case 'hello':
      return hello(fields)
    case 'history-get':
      return historyGet(fields)
    case 'mark':
      return mark(fields)
    case 'typing':
      return ok({ type: 'typing' })
    default:
      return unknownFrame()
  }
}

function hello({ after }: Fields): Parsed<HelloFrame> {
  if (after === null) return ok({ type: 'hello', after })
  if (isCount(after)) return ok({ type: 'hello', after })
  return refuse('frame_invalid', '`after` is the last number seen, or null.')
}

function messageSend({ messageId: id, text, context }: Fields): Parsed<ClientFrame> {
  const named = readMessageId(id)
  if (!named.ok) return named
  const messageId = named.value
  const said = readText(text, { messageId })
  if (!said.ok) return said
  if (context === undefined) return ok({ type: 'message-send', messageId, text: said.value })
  const page = readContext(context)
  return page
    ? ok({ type: 'message-send', messageId, text: said.value, context: page })
    : refuse('context_invalid', CONTEXT_SHAPE, { messageId })
}

function messageEdit(fields: Fields): Parsed<ClientFrame> {
  return aboutTurn(fields, (turnId) => {
    const { text, edits } = fields
    if (!isCount(edits) || edits < 1) {
      return refuse('frame_invalid', '`edits` is one more than how often the message was changed.', { turnId })
    }
    const said = readText(text, { turnId })
    return said.ok ? ok({ type: 'message-edit', turnId, text: said.value, edits }) : said
  })
}

function replyRate(fields: Fields): Parsed<ClientFrame> {
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
    if (comment !== undefined && !isKeepable(comment)) {
      return refuse('message_malformed', 'The comment is not valid Unicode.', { turnId })
    }
    const says = comment !== undefined && !isBlank(comment)
    return ok({ type: 'reply-rate', turnId, rating, ...(reason && { reason }), ...(says && { comment }) })
  })
}

const CONTEXT_SHAPE =
  `Page context is one flat object: at most ${MAX_CONTEXT_KEYS} names of ${MAX_CONTEXT_KEY_CHARS} characters, ` +
  `each with a text of at most ${MAX_CONTEXT_VALUE_CHARS}.`

function readContext(context: unknown): PageContext | undefined {
  if (!isObject(context)) return undefined
  const facts: [string, string][] = []
  for (const [name, value] of Object.entries(context)) {
    if (name === '' || name.length > MAX_CONTEXT_KEY_CHARS || !isKeepable(name)) return undefined
    if (typeof value !== 'string' || value.length > MAX_CONTEXT_VALUE_CHARS || !isKeepable(value)) return undefined
    facts.push([name, value])
  }
  return facts.length > MAX_CONTEXT_KEYS ? undefined : Object.fromEntries(facts) // own members, `__proto__` included
}

function historyGet({ before, limit }: Fields): Parsed<HistoryGetFrame> {
  if (!isCount(before) || before < 1 || !isCount(limit) || limit < 1 || limit > MAX_PAGE_MESSAGES) {
    return refuse('history_invalid', `A page stands before a position and holds 1 to ${MAX_PAGE_MESSAGES} messages.`)
  }
  return ok({ type: 'history-get', before, limit })
}

function mark({ seq }: Fields): Parsed<MarkFrame> {
  return isCount(seq) ? ok({ type: 'mark', seq }) : refuse('frame_invalid', '`seq` is the number that was asked for.')
}
