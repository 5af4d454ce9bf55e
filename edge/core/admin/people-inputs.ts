/** What the admin route accepts of people, their roles and keys. Whose they are comes from the key that writes them. */
import { ADMIN_ROLES, KEY_SCOPES } from '../../../schema/domain/enums.ts'
import { ok } from '../../../schema/domain/result.ts'
import { flag, id, instant, integer, list, optional, shape, text, word, wrong } from '../validate.ts'
import type { Checked, Rule } from '../validate.ts'

const name = text({ max: 120 })
const ADDRESS = /^(?=.{3,254}$)[^\s@<>"]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/
/** Enough to tell a slip; whether it is anybody's, a letter says. Kept in lower case: one mailbox is one person. */
const email: Rule<string> = (value) => {
  const written = typeof value === 'string' ? value.toLowerCase() : ''
  return ADDRESS.test(written) ? ok(written) : wrong('must be an e-mail address')
}

export const userInput = shape({ email, name })
export const userPatch = shape({ name: optional(name), deactivated: optional(flag()) })
export type UserInput = Checked<typeof userInput>
export type UserPatch = Checked<typeof userPatch>

export const membershipInput = shape({
  userId: id<'user'>(),
  role: word(ADMIN_ROLES),
  /** For keys of the platform; a tenant's assigns roles in its own. */
  tenantId: optional(id<'tenant'>()),
})
export type MembershipInput = Checked<typeof membershipInput>

export const keyInput = shape({
  name,
  scopes: list(word(KEY_SCOPES), { min: 1, max: KEY_SCOPES.length }),
  /** A person's; one of the two. */
  userId: optional(id<'user'>()),
  /** A service's. */
  role: optional(word(ADMIN_ROLES)),
  expiresAt: optional(instant()),
  /** For keys of the platform; a tenant's makes keys of its own. */
  tenantId: optional(id<'tenant'>()),
})
export type KeyInput = Checked<typeof keyInput>

const MAX_OVERLAP_SECONDS = 7 * 86_400

/** How long the key before keeps opening. */
export const rotationInput = shape({ overlapSeconds: integer({ min: 0, max: MAX_OVERLAP_SECONDS }) })
export type RotationInput = Checked<typeof rotationInput>
