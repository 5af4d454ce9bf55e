/** What the fields of a frame may hold, whoever sends it. Pure: untrusted values -> values or typed refusals. */
import { parseId } from '../../schema/domain/id.ts'
import { fail, ok, type Result } from '../../schema/domain/result.ts'
import { MAX_FRAME_BYTES, MAX_MESSAGE_CHARS, MAX_MESSAGE_ID_CHARS } from '../../schema/wire/limits.ts'
import type { ProblemCode } from '../../schema/wire/problem.ts'

/** Why a frame was not taken, and what it was about. */
export interface FrameRefusal {
  readonly code: ProblemCode
  readonly detail: string
  readonly messageId?: string
  readonly turnId?: string
}

export type Parsed<F> = Result<F, FrameRefusal>
export type Fields = Readonly<Record<string, unknown>>
type About = Pick<FrameRefusal, 'messageId' | 'turnId'>

const MESSAGE_ID = new RegExp(`^[\\x21-\\x7e]{1,${MAX_MESSAGE_ID_CHARS}}$`)
const INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}]/gu
/** Lone surrogates have no UTF-8 and U+0000 has no place in Postgres: neither could be kept. */
const UNKEEPABLE = /[\p{Cs}\0]/u

/** The JSON of a frame, measured before it is parsed. What it holds is unchecked. */
export function readFrameJson(raw: string | ArrayBuffer | ArrayBufferView): Parsed<unknown> {
  if (typeof raw !== 'string') return refuse('frame_invalid', 'Frames are JSON text; binary frames are not read.')
  if (exceedsBytes(raw, MAX_FRAME_BYTES)) {
    return refuse('frame_too_large', `A frame may hold ${MAX_FRAME_BYTES} bytes at most.`)
  }
  return ok(parseJson(raw))
}

/** A frame is an object that names its type. */
export function readFields(value: unknown): Parsed<Fields> {
  if (!isObject(value)) return refuse('frame_invalid', 'A frame is one JSON object.')
  return typeof value['type'] === 'string' ? ok(value) : refuse('frame_invalid', 'A frame names its type.')
}

export function unknownFrame(): Parsed<never> {
  return refuse('frame_unknown', 'No frame has this type.')
}

export function aboutTurn<F>({ turnId }: Fields, read: (turnId: string) => Parsed<F>): Parsed<F> {
  if (typeof turnId !== 'string') return refuse('frame_invalid', 'The frame names a turn.')
  const id = parseId<'turn'>(turnId)
  return id ? read(id) : refuse('turn_unknown', 'No turn of this conversation has that id.')
}

export function readMessageId(messageId: unknown): Parsed<string> {
  return typeof messageId === 'string' && MESSAGE_ID.test(messageId)
    ? ok(messageId)
    : refuse('message_id_invalid', `A message id is 1 to ${MAX_MESSAGE_ID_CHARS} visible ASCII characters.`)
}

export function readText(text: unknown, about: About, maxChars: number = MAX_MESSAGE_CHARS): Parsed<string> {
  if (typeof text !== 'string') return refuse('frame_invalid', 'A message has a text.', about)
  if (text.length > maxChars) {
    return refuse('message_too_long', `A message may hold ${maxChars} characters at most.`, about)
  }
  if (!isKeepable(text)) return refuse('message_malformed', 'The text is not valid Unicode.', about)
  if (isBlank(text)) return refuse('message_empty', 'The message says nothing.', about)
  return ok(text)
}

export function refuse(code: ProblemCode, detail: string, about: About = {}): Result<never, FrameRefusal> {
  return fail({ code, detail, ...about })
}

export function isKeepable(text: string): boolean {
  return !UNKEEPABLE.test(text)
}

export function isBlank(text: string): boolean {
  return text.replace(INVISIBLE, '') === ''
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The encoder runs only where the count of code units leaves it open. */
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
