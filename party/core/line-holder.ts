/** Who holds a line: what the Worker stamped onto the request, read field by field. Both stamps at once are nobody's. Pure. */
import { CLAIMS_HEADER, PERSON_HEADER, type ConnectionClaims, type PersonClaims } from '../../schema/domain/claims.ts'
import { parseId } from '../../schema/domain/id.ts'
import { MAX_PERSON_NAME_CHARS } from '../../schema/wire/limits.ts'
import { parseConnectionClaims } from './parse-connection-claims.ts'

/** The visitor, or somebody of the celebrity's side. */
export type LineHolder =
  | { readonly role: 'visitor'; readonly claims: ConnectionClaims }
  | { readonly role: 'person'; readonly claims: PersonClaims }

const MAX_PERSON_ID_CHARS = 128
/** Control and lone-surrogate characters; a name stands on one line. */
const UNKEEPABLE = /[\p{Cc}\p{Cs}]/u

export function readLineHolder(headers: Pick<Headers, 'get'>): LineHolder | undefined {
  const stamped = headers.get(CLAIMS_HEADER)
  const person = headers.get(PERSON_HEADER)
  if (person === null) {
    const claims = parseConnectionClaims(stamped)
    return claims && { role: 'visitor', claims }
  }
  const claims = stamped === null ? parsePersonClaims(person) : undefined
  return claims && { role: 'person', claims }
}

function parsePersonClaims(header: string): PersonClaims | undefined {
  const value = parseJson(header)
  if (typeof value !== 'object' || value === null) return undefined
  const fields: Readonly<Record<string, unknown>> = { ...value }
  const conversationId = parseId<'conversation'>(fields['conversationId'])
  const { personId, name, expiresAt } = fields
  if (!conversationId || !isLine(personId, MAX_PERSON_ID_CHARS) || !isLine(name, MAX_PERSON_NAME_CHARS))
    return undefined
  if (typeof expiresAt !== 'number' || !Number.isFinite(expiresAt)) return undefined
  return { conversationId, personId, name, expiresAt }
}

function isLine(value: unknown, maxChars: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= maxChars && !UNKEEPABLE.test(value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
