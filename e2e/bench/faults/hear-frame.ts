/** Reads a frame of the server as its contract has it, with no parser of the product's in between. */
import type { ConversationFrame, ReplyDeltaFrame } from '../../../schema/wire/frames.ts'

export interface HeardFrame {
  /** `delta` for the short form. */
  readonly type: string
  readonly seq: number
  /** It carries a number of its own. */
  readonly isNumbered: boolean
  readonly fields: Readonly<Record<string, unknown>>
}

const NUMBERED: Readonly<Record<Exclude<ConversationFrame, ReplyDeltaFrame>['type'], true>> = {
  'message-added': true,
  'message-edited': true,
  'reply-start': true,
  'reply-held': true,
  'reply-end': true,
  'reply-revised': true,
  'reply-rated': true,
  'controller-changed': true,
  notice: true,
}

/** Undefined for what is no frame. */
export function hearFrame(raw: string): HeardFrame | undefined {
  const value = parse(raw)
  if (Array.isArray(value)) {
    const [seq, words]: readonly unknown[] = value
    if (typeof seq !== 'number' || typeof words !== 'string' || value.length !== 2) return undefined
    return { type: 'delta', seq, isNumbered: true, fields: { text: words } }
  }
  if (typeof value !== 'object' || value === null) return undefined
  const fields: Record<string, unknown> = { ...value }
  const { type, seq } = fields
  if (typeof type !== 'string' || typeof seq !== 'number') return undefined
  return { type, seq, isNumbered: Object.hasOwn(NUMBERED, type), fields }
}

/** A field's words; empty where there is none. */
export function text({ fields }: HeardFrame, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return undefined
  }
}
