/** What the page asks for by attributes that take one of a few words. Another word is named once, and changes nothing. */
import type { Position, Scheme } from '../../schema/wire/embed.ts'
import type { Persistence } from '../session/twin-session.ts'
import { warnOnce } from './warn-once.ts'

export interface Wishes {
  readonly mode: 'bubble' | 'popup' | 'inline' | 'page'
  readonly theme: Scheme
  readonly position: Position
  readonly persist: Persistence
  readonly consent: 'required'
  readonly analytics: 'datalayer'
}

const WISHES: Readonly<Record<keyof Wishes, string>> = {
  mode: 'bubble, popup, inline, page',
  theme: 'light, dark, auto',
  position: 'bottom-right, bottom, bottom-left, top-right, top, top-left',
  persist: 'local, session, none',
  consent: 'required',
  analytics: 'datalayer',
}

/** The wish, if it is one of the words. */
export function wish<Name extends keyof Wishes>(
  page: { readonly [Key in Name]: unknown },
  name: Name,
): Wishes[Name] | undefined {
  const value = page[name]
  if (isWish(value, name)) return value
  if (value) warnOnce(`${name}="${String(value)}" is none of ${WISHES[name]}`)
  return undefined
}

function isWish<Name extends keyof Wishes>(value: unknown, name: Name): value is Wishes[Name] {
  return WISHES[name].split(', ').some((word) => word === value)
}
