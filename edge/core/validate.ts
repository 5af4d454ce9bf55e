/**
 * Untrusted input is checked, never cast: small rules that build a value field by field and name every field that is
 * wrong. A rule looks no deeper than its own shape, so depth in the input costs nothing; unknown members are refused, so
 * that a misspelt field is not silently ignored.
 */
import { parseId } from '../../schema/domain/id.ts'
import type { Id, IdKind } from '../../schema/domain/id.ts'
import { fail, ok } from '../../schema/domain/result.ts'
import type { Result } from '../../schema/domain/result.ts'
import type { FieldError } from './refusal.ts'

/** Checks one value; failures name the field relative to it ('' is the value itself). */
export type Rule<T> = (value: unknown) => Result<T, readonly FieldError[]>
/** What a rule yields. */
export type Checked<R> = R extends Rule<infer T> ? T : never

/** Applies a rule to a request body. */
export function check<T>(rule: Rule<T>, body: unknown): Result<T, readonly FieldError[]> {
  return rule(body)
}

/** A "no" about the value itself. */
export function wrong(message: string): { readonly ok: false; readonly failure: readonly FieldError[] } {
  return fail([{ field: '', message }])
}

/** A further test of a value that passed; the test answers with what is wrong, or undefined. */
export function refine<T>(rule: Rule<T>, test: (value: T) => string | undefined): Rule<T> {
  return (value) => {
    const checked = rule(value)
    const message = checked.ok ? test(checked.value) : undefined
    return message === undefined ? checked : wrong(message)
  }
}

/** Text of `min` to `max` UTF-16 units once trimmed; no lone surrogates, no control characters but newline and tab. */
export function text({ min = 1, max }: { readonly min?: number; readonly max: number }): Rule<string> {
  return (value) => {
    if (typeof value !== 'string') return wrong('must be text')
    const trimmed = value.trim()
    if (trimmed.length < min) return wrong(min === 1 ? 'must not be empty' : `must have at least ${min} characters`)
    if (trimmed.length > max) return wrong(`must have at most ${max} characters`)
    if (/\p{Surrogate}/u.test(trimmed)) return wrong('must be well-formed Unicode')
    // oxlint-disable-next-line no-control-regex -- refusing them is the point: Postgres rejects NUL, logs obey the rest
    if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(trimmed.replaceAll('\r\n', '\n')))
      return wrong('must not hold control characters')
    return ok(trimmed.replaceAll('\r\n', '\n'))
  }
}

/** Text of a form; the message says which. */
export function pattern(form: RegExp, message: string): Rule<string> {
  return (value) => (typeof value === 'string' && form.test(value) ? ok(value) : wrong(message))
}

/** One of a closed list of words. */
export function word<const W extends string>(words: readonly W[]): Rule<W> {
  return (value) => {
    const found = words.find((candidate) => candidate === value)
    return found === undefined ? wrong(`must be one of ${words.join(', ')}`) : ok(found)
  }
}

/** A whole number within bounds. */
export function integer({ min, max }: { readonly min: number; readonly max: number }): Rule<number> {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? ok(value)
      : wrong(`must be a whole number from ${min} to ${max}`)
}

/** True or false. */
export function flag(): Rule<boolean> {
  return (value) => (typeof value === 'boolean' ? ok(value) : wrong('must be true or false'))
}

/** The id of something of ours. */
export function id<K extends IdKind>(): Rule<Id<K>> {
  return (value) => {
    const parsed = parseId<K>(value)
    return parsed === undefined ? wrong('must be an id (a UUID in lower case)') : ok(parsed)
  }
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/** Postgres knows no year 0 and JSON no fifth digit; a year outside these is a slip of the pen anyway. */
const FIRST_MOMENT = Date.UTC(1900, 0)
const LAST_MOMENT = Date.UTC(9999, 0)

/** A moment, ISO 8601 with its offset (a bare date means its midnight, UTC); yields the canonical UTC form. */
export function instant(): Rule<string> {
  return (value) => {
    if (typeof value !== 'string' || !INSTANT.test(value))
      return wrong('must be an ISO 8601 date or date-time with offset')
    const moment = new Date(value)
    // `Date` rolls 31 February over into March; the day must read back as it was written.
    const day = new Date(`${value.slice(0, 10)}T00:00:00Z`)
    if (
      Number.isNaN(moment.getTime()) ||
      Number.isNaN(day.getTime()) ||
      day.toISOString().slice(0, 10) !== value.slice(0, 10)
    )
      return wrong('must be a date that exists')
    if (moment.getTime() < FIRST_MOMENT || moment.getTime() >= LAST_MOMENT)
      return wrong('must be in the years 1900 to 9998')
    return ok(moment.toISOString())
  }
}

/** A list of at most `max`; every item that is wrong is named. */
export function list<T>(
  rule: Rule<T>,
  { min = 0, max }: { readonly min?: number; readonly max: number },
): Rule<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return wrong('must be a list')
    if (value.length < min) return wrong(`must hold at least ${min}`)
    if (value.length > max) return wrong(`must hold at most ${max}`)
    const items: T[] = []
    const errors: FieldError[] = []
    for (const [index, item] of value.entries()) {
      const checked = rule(item)
      if (checked.ok) items.push(checked.value)
      else errors.push(...under(`[${index}]`, checked.failure))
    }
    return errors.length === 0 ? ok(items) : fail(errors)
  }
}

/** May be left out; yields undefined then. */
export function optional<T>(rule: Rule<T>): Rule<T | undefined> {
  return (value) => (value === undefined ? ok(undefined) : rule(value))
}

/** May be null, which is a value and not an omission. */
export function nullable<T>(rule: Rule<T>): Rule<T | null> {
  return (value) => (value === null ? ok(null) : rule(value))
}

type Rules = Readonly<Record<string, Rule<unknown>>>
type Shape<R extends Rules> = { readonly [K in keyof R]: Checked<R[K]> }

/** An object with exactly these members. */
export function shape<const R extends Rules>(rules: R): Rule<Shape<R>> {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong('must be an object')
    const given = new Map<string, unknown>(Object.entries(value)) // own members only: `__proto__` is one more unknown name
    const built = new Map<string, unknown>()
    const errors: FieldError[] = []
    for (const [name, rule] of Object.entries(rules)) {
      const member = given.get(name)
      const checked = rule(member)
      if (checked.ok) built.set(name, checked.value)
      else if (member === undefined) errors.push({ field: name, message: 'is required' })
      else errors.push(...under(name, checked.failure))
      given.delete(name)
    }
    for (const name of given.keys()) errors.push({ field: name.slice(0, 64), message: 'is not a field here' })
    if (errors.length > 0) return fail(errors.slice(0, MAX_ERRORS))
    return ok(Object.fromEntries(built) as Shape<R>) // each member was built by its own rule just above
  }
}

const MAX_ERRORS = 50

function under(name: string, errors: readonly FieldError[]): FieldError[] {
  return errors.map(({ field, message }) => ({
    field: field === '' || field.startsWith('[') ? `${name}${field}` : `${name}.${field}`,
    message,
  }))
}
