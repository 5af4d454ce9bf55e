/**
 * What is logged, in one form everywhere: one line of JSON an event. Fields are ours to name; their values are cut short, and
 * whatever is not plain ASCII is escaped, so that no line can be forged, hidden or turned around in whatever shows it.
 * Words of visitors, tokens and keys have no place in a field; of an error, its names and the places in our code are told,
 * and never its message: a database's holds the query's values, and a parser's what it could not read.
 */
import { asciiJson } from './ascii-json.ts'

/** From what must be seen to what may be. */
export const LOG_LEVELS = ['error', 'warn', 'info'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

type LogValue = string | number | boolean | null | undefined | readonly string[]
export type LogFields = Readonly<Record<string, LogValue>>

const MAX_CHARS = 256
const MAX_MEMBERS = 12
const MAX_CAUSES = 4
const MAX_FRAMES = 8

/** The line, without its end. */
export function logLine(level: LogLevel, event: string, fields: LogFields): string {
  const shortened = Object.entries(fields).map(([name, value]) => [name, shorten(value)] as const)
  return asciiJson({ level, event: shorten(event), ...Object.fromEntries(shortened) })
}

/** Names, codes and places of an error and of what caused it. */
export function errorFields(error: unknown): { readonly errors: readonly string[]; readonly at: readonly string[] } {
  return { errors: namesOf(error), at: framesOf(error) }
}

/** Writes a line where the runtime keeps them, unless it is beneath the level that is wanted. */
export function writeLog(level: LogLevel, event: string, fields: LogFields, wanted: LogLevel = 'warn'): void {
  if (LOG_LEVELS.indexOf(level) > LOG_LEVELS.indexOf(wanted)) return
  const line = logLine(level, event, fields)
  if (level === 'error') console.error(line)
  else console.warn(line)
}

function shorten(value: LogValue): LogValue {
  if (typeof value === 'string') return value.length > MAX_CHARS ? `${value.slice(0, MAX_CHARS)}...` : value
  if (typeof value !== 'object' || value === null) return value
  return value
    .slice(0, MAX_MEMBERS)
    .map((member) => (member.length > MAX_CHARS ? `${member.slice(0, MAX_CHARS)}...` : member))
}

function namesOf(error: unknown): string[] {
  const names: string[] = []
  for (let link = error; link instanceof Error && names.length < MAX_CAUSES; link = link.cause) {
    names.push('code' in link && typeof link.code === 'string' ? `${link.name} ${link.code}` : link.name)
  }
  return names.length > 0 ? names : ['not an Error']
}

/** ` at name (file:1:2)`; a line of the message that begins like one is none. */
const FRAME = /^at (?:[\w$.<>#[\] ]{1,120} \()?[\w$./:@%-]{1,200}:\d+:\d+\)?$/

function framesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const { message, stack = '' } = error
  const end = message === '' ? -1 : stack.indexOf(message)
  return (end < 0 ? stack : stack.slice(end + message.length))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => FRAME.test(line))
    .slice(0, MAX_FRAMES)
}
