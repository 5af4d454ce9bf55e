/** What a contract may reserve, as the admin route accepts it: a category, for one brand or for nobody, for a time. */
import type { ExclusivityRule } from '../../../schema/domain/exclusivity.ts'
import { ok } from '../../../schema/domain/result.ts'
import { id, instant, list, nullable, optional, pattern, refine, shape, wrong } from '../validate.ts'
import type { Rule } from '../validate.ts'

const MAX_RULES = 50

/** What kind of brand. */
export const category = refine(
  pattern(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words with single hyphens, such as soft-drinks'),
  (value) => (value.length <= 63 ? undefined : 'must have at most 63 characters'),
)

const members = shape({
  category: optional(nullable(category)),
  brandId: optional(nullable(id<'brand'>())),
  startsAt: optional(nullable(instant())),
  endsAt: optional(nullable(instant())),
})

const rule: Rule<ExclusivityRule> = (value) => {
  const checked = members(value)
  if (!checked.ok) return checked
  const { category: kind = null, brandId = null, startsAt = null, endsAt = null } = checked.value
  if (kind === null && brandId === null) return wrong('must name a category, a brand, or both')
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt) return wrong('must end after it has begun')
  return ok({ category: kind, brandId, startsAt, endsAt })
}

/** All that a contract reserves; an empty list reserves nothing. */
export const exclusivityRules = list(rule, { max: MAX_RULES })
