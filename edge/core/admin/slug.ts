/** Slugs stand in addresses: `/<celebrity-slug>` on our host, so names of our own routes are taken. */
import { RESERVED_SLUGS } from '../reserved-slugs.ts'
import { pattern, refine } from '../validate.ts'
import type { Rule } from '../validate.ts'

const SLUG = /^(?=.{2,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$/
export function slug(): Rule<string> {
  const form = pattern(SLUG, 'must be 2 to 63 lower-case letters, digits and single hyphens, such as remy-vale')
  return refine(form, (value) => (RESERVED_SLUGS.includes(value) ? 'is a name the platform uses itself' : undefined))
}
