/** Reads what the database answered for a key, field by field; anything else is not half a key but none. */
import { KEY_STATES, type ApiKeyRecord } from './api-key-record.ts'
import { ADMIN_ROLES, KEY_SCOPES, TENANT_KINDS } from './enums.ts'
import { parseId } from './id.ts'

export function parseApiKeyRecord(value: unknown): ApiKeyRecord | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const fields = new Map<string, unknown>(Object.entries(value))
  const id = parseId<'key'>(fields.get('id'))
  const tenantId = parseId<'tenant'>(fields.get('tenantId'))
  const tenantKind = TENANT_KINDS.find((kind) => kind === fields.get('tenantKind'))
  const userId = fields.get('userId') === null ? null : parseId<'user'>(fields.get('userId'))
  const scopes = everyOf(KEY_SCOPES, fields.get('scopes'))
  const roles = everyOf(ADMIN_ROLES, fields.get('roles'))
  const state = KEY_STATES.find((known) => known === fields.get('state'))
  if (!id || !tenantId || !tenantKind || userId === undefined || !scopes || !roles || !state) return undefined
  const [name, prefix, hash] = [fields.get('name'), fields.get('prefix'), fields.get('hash')]
  const [lastUsedAt, expiresAt] = [fields.get('lastUsedAt'), fields.get('expiresAt')]
  if (typeof name !== 'string' || typeof prefix !== 'string' || typeof hash !== 'string') return undefined
  if (lastUsedAt !== null && typeof lastUsedAt !== 'string') return undefined
  if (expiresAt !== null && typeof expiresAt !== 'string') return undefined
  return { id, tenantId, tenantKind, userId, name, prefix, hash, scopes, roles, state, expiresAt, lastUsedAt }
}

/** Undefined when one of them is not among the words. */
function everyOf<T extends string>(words: readonly T[], value: unknown): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined
  const known = value.flatMap((given: unknown) => words.filter((word) => word === given))
  return known.length === value.length ? known : undefined
}
