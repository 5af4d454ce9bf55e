/**
 * What came over the socket, checked field by field; undefined means drop it. The value is built anew, so nothing of
 * the sender's object (or of a prototype the host page has added to) reaches the state.
 *
 * What a frame holds stands in one table, whose shape is the wire's: a field that the wire gains must find its reader.
 */
import type {
  Controller,
  MessageRecord,
  Rating,
  ReplyDeltaFrame,
  ReplyDraftFrame,
  ServerFrame,
  Source,
} from '../../schema/wire/frames.ts'
import { MAX_FOLLOW_UPS } from '../../schema/wire/limits.ts'
import { safeLink } from '../markdown/safe-link.ts'
import { isProblemCode, OUTCOMES, REASONS } from './wire-words.ts'

type Fields = Readonly<Record<string, unknown>>
/** The frames for visitors that have names; a reply that is held is not for them. */
type Named = Exclude<ServerFrame, ReplyDeltaFrame | ReplyDraftFrame>

/** What is fit of a value; undefined when nothing is. */
type Reader<Value> = (value: unknown) => Value | undefined
type Optional<Shaped> = {
  [Name in keyof Shaped]-?: Record<never, never> extends Pick<Shaped, Name> ? Name : never
}[keyof Shaped]
type AnyReaders = Readonly<Record<string, Reader<unknown>>>
type Readers<Shaped> = { readonly [Name in keyof Shaped]-?: Reader<Exclude<Shaped[Name], undefined>> }
/** Without what it needs there is no value; what it may have and is not fit is left out. */
type Shape<Shaped> = readonly [
  need: Readers<Omit<Shaped, Optional<Shaped>>>,
  may: Readers<Pick<Shaped, Optional<Shaped>>>,
]

/** A snapshot of fifty long messages is far below; more is no frame of ours. */
const MAX_CHARS = 4 * 1024 * 1024
/** More in one list than any page holds. */
const MAX_LIST = 1_000

const text: Reader<string> = (value) => (typeof value === 'string' ? value : undefined)
const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : undefined)
const count: Reader<number> = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
/** Of something that has happened; never is not said. */
const times: Reader<number> = (value) => count(value) || undefined
const oneOf =
  <Value>(...known: readonly Value[]): Reader<Value> =>
  (value) =>
    known.find((one) => one === value)
const orNull =
  <Value>(read: Reader<Value>): Reader<Value | null> =>
  (value) =>
    value === null ? null : read(value)
/** What is fit of a list, if there is any. */
const some =
  <Value>(read: Reader<Value>, most = MAX_LIST): Reader<readonly Value[]> =>
  (value) => {
    const fit = (Array.isArray(value) ? value.slice(0, MAX_LIST) : []).flatMap((one) => read(one) ?? [])
    return fit.length > 0 ? fit.slice(0, most) : undefined
  }

const rating = oneOf<Rating>('up', 'down')
const controller = oneOf<Controller>('twin', 'human', 'held')
/** What a person wrote must never look like the visitor's own: a name that cannot be read is a name. */
const author: Reader<string> = (value) => (value === undefined ? value : (text(value) ?? ''))

const head = { position: count, messageId: text, turnId: text, at: text }
const ending = {
  reason: oneOf(...REASONS),
  sources: some(source),
  followUps: some((value) => text(value) || undefined, MAX_FOLLOW_UPS),
}
const outcome = oneOf(...OUTCOMES)
const page = { messages: records, before: orNull(count) }

const FRAMES: { readonly [Type in Named['type']]: Shape<Omit<Extract<Named, { type: Type }>, 'type' | 'seq'>> } = {
  welcome: [
    { conversationId: text, resumed: flag, activeTurnId: orNull(text), placesLeft: count, ...page },
    { controller, people: some(text) },
  ],
  'history-page': [page, {}],
  ack: [{ messageId: text, turnId: text }, {}],
  error: [
    { code: (value) => (isProblemCode(value) ? value : undefined), detail: (value) => text(value) ?? '' },
    { messageId: text, turnId: text, retryAfterSeconds: count },
  ],
  'message-added': [{ ...head, text }, { author }],
  'message-edited': [{ turnId: text, text, edits: times }, {}],
  'reply-start': [head, {}],
  'reply-held': [{ turnId: text }, {}],
  'reply-end': [{ turnId: text, outcome }, ending],
  'reply-revised': [{ turnId: text, text, revisions: times }, {}],
  'reply-rated': [{ turnId: text, rating: orNull(rating) }, {}],
  'controller-changed': [{ controller, person: text, at: text }, {}],
  presence: [{ visitor: flag, people: (value) => some(text)(value) ?? [] }, {}],
  typing: [{ who: oneOf('person') }, { name: text }], // a visitor's own is for the other side
  mark: [{}, {}],
  notice: [{ notice: oneOf('conversation_nearly_full'), placesLeft: count }, {}],
}

const said = { ...head, text }
/** Of itself a role says only this. */
const RECORDS = {
  visitor: [said, { edits: times }],
  twin: [said, { ...ending, outcome, rating, held: oneOf(true), revisions: times }],
  person: [said, { author }],
} satisfies Record<MessageRecord['role'], readonly [typeof said, Partial<Readers<MessageRecord>>]>

/** The frame in a text, or undefined. */
export function parseServerFrame(raw: unknown): ServerFrame | undefined {
  if (typeof raw !== 'string' || raw.length > MAX_CHARS) return
  let value: unknown
  try {
    value = JSON.parse(raw)
  } catch {
    return
  }
  if (!Array.isArray(value)) return shaped(value, 'type', FRAMES, { seq: count })
  const [seq, words]: unknown[] = value
  const [number, delta] = [count(seq), text(words)]
  return value.length === 2 && number !== undefined && delta !== undefined ? [number, delta] : undefined
}

/** The value as the table has it under what it says it is; `always`: whatever it is, it needs this too. */
function shaped<Value>(
  value: unknown,
  key: 'type' | 'role',
  table: Readonly<Record<string, readonly [need: AnyReaders, may: AnyReaders]>>,
  always: AnyReaders = {},
): Value | undefined {
  const fields = own(value)
  const kind = text(fields[key]) ?? ''
  const shape = Object.hasOwn(table, kind) && table[kind]
  if (!shape) return
  const made: Record<string, unknown> = { [key]: kind }
  const [need, may] = shape
  for (const [name, read] of Object.entries({ ...always, ...need, ...may })) {
    const fit = read(fields[name])
    if (fit !== undefined) made[name] = fit
    else if (!Object.hasOwn(may, name)) return
  }
  const whole: Value = Object(made) // what the table says, which is what the wire says
  return whole
}

/** The messages of a page. One bad message is one too many: a transcript with holes would mislead. */
function records(value: unknown): readonly MessageRecord[] | undefined {
  const read = some((one) => shaped<MessageRecord>(one, 'role', RECORDS))(value) ?? []
  return Array.isArray(value) && value.length === read.length ? read : undefined
}

function source(value: unknown): Source | undefined {
  const { title, url } = own(value)
  const link = typeof url === 'string' ? safeLink(url) : undefined
  // A source's address becomes a link: it has to pass what any link passes.
  return typeof title === 'string' ? (link ? { title, url: link.href } : { title }) : undefined
}

/** An object's own fields without any prototype; of anything else nothing that a table names. */
function own(value: unknown): Fields {
  return Object.assign(Object.create(null), value)
}
