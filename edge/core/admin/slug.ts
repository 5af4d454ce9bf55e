/** Slugs stand in addresses: `/<celebrity-slug>` on our host, so names of our own routes are taken. */
import { pattern, refine } from '../validate.ts'
import type { Rule } from '../validate.ts'

const SLUG = /^(?=.{2,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$/
const TAKEN = new Set([
  'admin',
  'api',
  'assets',
  'console',
  'favicon',
  'health',
  'login',
  'media',
  'parties',
  'problems',
  'robots',
  'v1',
  'v2',
  'www',
])

export function slug(): Rule<string> {
  const form = pattern(SLUG, 'must be 2 to 63 lower-case letters, digits and single hyphens, such as remy-vale')
  return refine(form, (value) => (TAKEN.has(value) ? 'is a name the platform uses itself' : undefined))
}
