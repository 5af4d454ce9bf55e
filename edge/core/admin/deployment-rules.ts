/** How a deployment looks, what it says by itself, what it asks for and lets in, as the admin route accepts it. */
import { isContextKey } from '../../../schema/domain/context-key.ts'
import { MAX_SUGGESTIONS } from '../../../schema/domain/deployment-record.ts'
import { CORNERS, DENSITIES, LAUNCHERS, POSITIONS, SCHEMES } from '../../../schema/domain/looks.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { Consent, Proactive } from '../../../schema/wire/embed.ts'
import { MAX_CONTEXT_KEYS, MAX_CONTEXT_KEY_CHARS } from '../../../schema/wire/limits.ts'
import { integer, list, nullable, optional, pattern, refine, shape, text, word, wrong } from '../validate.ts'
import type { Checked, Rule } from '../validate.ts'
import { parseImageHost } from './parse-image-host.ts'

const MAX_PROACTIVE_DELAY_SECONDS = 600
const MAX_IMAGE_HOSTS = 20

export const theme = shape({
  accent: optional(pattern(/^#[0-9a-f]{6}$/, 'must be a colour such as #1d4ed8')),
  scheme: optional(word(SCHEMES)),
  corner: optional(word(CORNERS)),
  density: optional(word(DENSITIES)),
  position: optional(word(POSITIONS)),
  launcher: optional(nullable(word(LAUNCHERS))),
  launcherLabel: optional(nullable(text({ max: 60 }))),
})
export type ThemeInput = Checked<typeof theme>

export const greeting = text({ max: 500 })
export const suggestions = list(text({ max: 120 }), { max: MAX_SUGGESTIONS })
export const page = nullable(shape({ title: text({ max: 120 }), intro: text({ max: 2_000 }) }))

export const proactive: Rule<Proactive | null> = nullable(
  shape({ text: text({ max: 200 }), delaySeconds: integer({ min: 0, max: MAX_PROACTIVE_DELAY_SECONDS }) }),
)

/** An address that a person can open. */
export const httpsUrl = refine(text({ max: 2_000 }), (value) => {
  const url = value.startsWith('https://') ? URL.parse(value) : undefined // the parser would mend `https:x`; readers do not
  return url && url.username === '' && url.password === ''
    ? undefined
    : 'must be an address such as https://example.com/page'
})

const consentMembers = shape({
  version: pattern(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/,
    'must be 1 to 40 letters, digits, dots, hyphens or underscores, such as 2026-11',
  ),
  text: text({ max: 1_000 }),
  privacyUrl: optional(nullable(httpsUrl)),
  termsUrl: optional(nullable(httpsUrl)),
})
/** A link that is left out is no link. */
export const consent: Rule<Consent | null> = nullable((value) => {
  const checked = consentMembers(value)
  if (!checked.ok) return checked
  const { privacyUrl = null, termsUrl = null, ...said } = checked.value
  return ok({ ...said, privacyUrl, termsUrl })
})

export const imageHosts = distinct(
  list(
    (value) => {
      const parsed = parseImageHost(value)
      return parsed.ok ? parsed : wrong(parsed.failure)
    },
    { max: MAX_IMAGE_HOSTS },
  ),
)

export const contextKeys = distinct(
  list(
    (value) =>
      typeof value === 'string' && isContextKey(value)
        ? ok(value)
        : wrong(
            `must be a letter, then at most ${MAX_CONTEXT_KEY_CHARS - 1} letters, digits, dots, hyphens or underscores`,
          ),
    { max: MAX_CONTEXT_KEYS },
  ),
)

/** A second naming is a slip: it is told, not dropped. */
function distinct(rule: Rule<readonly string[]>): Rule<readonly string[]> {
  return (value) => {
    const checked = rule(value)
    if (!checked.ok) return checked
    const again = checked.value.findIndex((item, index) => checked.value.indexOf(item) < index)
    return again === -1 ? checked : fail([{ field: `[${again}]`, message: 'is named twice' }])
  }
}
