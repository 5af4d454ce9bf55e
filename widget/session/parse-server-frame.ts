/**
 * What came over the socket, checked field by field; undefined means drop it. The value is built anew, so nothing of
 * the sender's object (or of a prototype the host page has added to) reaches the state.
 */
import type { MessageRecord, Rating, ServerFrame, Source } from '../../schema/wire/frames.ts'
import { MAX_FOLLOW_UPS } from '../../schema/wire/limits.ts'
import { safeLink } from '../markdown/safe-link.ts'
import { isProblemCode, OUTCOMES, REASONS } from './wire-words.ts'

type Fields = Readonly<Record<string, unknown>>

/** A snapshot of fifty long messages is far below; more is no frame of ours. */
const MAX_CHARS = 4 * 1024 * 1024
/** More in one list than any page holds. */
const MAX_LIST = 1_000

/** The frame in a text, or undefined. */
export function parseServerFrame(raw: unknown): ServerFrame | undefined {
  if (typeof raw !== 'string' || raw.length > MAX_CHARS) return
  let value: unknown
  try {
    value = JSON.parse(raw)
  } catch {
    return
  }
  if (Array.isArray(value)) {
    const [seq, text]: unknown[] = value
    return value.length === 2 && isCount(seq) && typeof text === 'string' ? [seq, text] : undefined
  }
  const fields = own(value)
  return fields && frameOf(fields)
}

function frameOf(fields: Fields): ServerFrame | undefined {
  const { type, seq } = fields
  if (!isCount(seq)) return
  switch (type) {
    case 'welcome': {
      const { conversationId, resumed, activeTurnId, placesLeft } = fields
      const page = pageOf(fields)
      if (!page || typeof conversationId !== 'string' || typeof resumed !== 'boolean' || !isCount(placesLeft)) return
      if (activeTurnId !== null && typeof activeTurnId !== 'string') return
      return { type, seq, conversationId, resumed, activeTurnId, placesLeft, ...page }
    }
    case 'history-page': {
      const page = pageOf(fields)
      return page && { type, seq, ...page }
    }
    case 'ack': {
      const { messageId, turnId } = fields
      return typeof messageId === 'string' && typeof turnId === 'string' ? { type, seq, messageId, turnId } : undefined
    }
    case 'error': {
      const { code, detail, messageId, turnId, retryAfterSeconds } = fields
      if (!isProblemCode(code)) return
      return {
        type,
        seq,
        code,
        detail: typeof detail === 'string' ? detail : '',
        ...(typeof messageId === 'string' && { messageId }),
        ...(typeof turnId === 'string' && { turnId }),
        ...(isCount(retryAfterSeconds) && { retryAfterSeconds }),
      }
    }
    case 'message-added': {
      const head = headOf(fields)
      const { text } = fields
      return head && typeof text === 'string' ? { type, seq, text, ...head } : undefined
    }
    case 'reply-start': {
      const head = headOf(fields)
      return head && { type, seq, ...head }
    }
    case 'reply-end': {
      const ending = endingOf(fields)
      const { turnId } = fields
      if (!ending.outcome || typeof turnId !== 'string') return
      return { type, seq, turnId, ...ending, outcome: ending.outcome }
    }
    case 'message-edited': {
      const { turnId, text, edits } = fields
      if (typeof turnId !== 'string' || typeof text !== 'string' || !isCount(edits) || !edits) return
      return { type, seq, turnId, text, edits }
    }
    case 'reply-rated': {
      const { turnId, rating } = fields
      if (typeof turnId !== 'string' || (rating !== null && !isRating(rating))) return
      return { type, seq, turnId, rating }
    }
    case 'notice': {
      const { notice, placesLeft } = fields
      return notice === 'conversation_nearly_full' && isCount(placesLeft)
        ? { type, seq, notice, placesLeft }
        : undefined
    }
    default:
      return
  }
}

type Head = Pick<MessageRecord, 'position' | 'messageId' | 'turnId' | 'at'>

function headOf({ position, messageId, turnId, at }: Fields): Head | undefined {
  if (!isCount(position) || typeof messageId !== 'string' || typeof turnId !== 'string' || typeof at !== 'string')
    return
  return { position, messageId, turnId, at }
}

type Ending = Pick<MessageRecord, 'outcome' | 'reason' | 'sources' | 'followUps'>

function endingOf({ outcome, reason, sources, followUps }: Fields): Ending {
  const how = OUTCOMES.find((known) => known === outcome)
  const why = REASONS.find((known) => known === reason)
  const from = listOf(sources).flatMap(sourceOf)
  const next = listOf(followUps).flatMap((text) => (typeof text === 'string' && text ? text : []))
  return {
    ...(how && { outcome: how }),
    ...(why && { reason: why }),
    ...(from.length > 0 && { sources: from }),
    ...(next.length > 0 && { followUps: next.slice(0, MAX_FOLLOW_UPS) }),
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_LIST) : []
}

function sourceOf(value: unknown): Source[] {
  const { title, url } = own(value) ?? {}
  if (typeof title !== 'string') return []
  // A source's address becomes a link: it has to pass what any link passes.
  const link = typeof url === 'string' ? safeLink(url) : undefined
  return [link ? { title, url: link.href } : { title }]
}

/** The messages and the `before` of a page. One bad message is one too many: a transcript with holes would mislead. */
function pageOf({ messages, before }: Fields): { messages: MessageRecord[]; before: number | null } | undefined {
  if (!Array.isArray(messages) || messages.length > MAX_LIST || (before !== null && !isCount(before))) return
  const records = messages.flatMap(recordOf)
  return records.length === messages.length ? { messages: records, before } : undefined
}

function recordOf(value: unknown): MessageRecord[] {
  const fields = own(value) ?? {}
  const head = headOf(fields)
  const { role, text, rating, edits } = fields
  if (!head || typeof text !== 'string' || (role !== 'visitor' && role !== 'twin')) return []
  const said: MessageRecord = { ...head, role, text }
  if (role === 'twin') return [{ ...said, ...endingOf(fields), ...(isRating(rating) && { rating }) }]
  return [{ ...said, ...(isCount(edits) && edits && { edits }) }]
}

function isRating(value: unknown): value is Rating {
  return value === 'up' || value === 'down'
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** An object's own fields without any prototype, or undefined when it is none. */
function own(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null) return
  return Object.assign(Object.create(null), value)
}
