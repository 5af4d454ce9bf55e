/** A twin's persona as DOMAIN fixes it, version 1. */
import { CONTENT_RATINGS } from '../../../schema/domain/enums.ts'
import type { TwinConfig } from '../../../schema/domain/twin-config.ts'
import { ok } from '../../../schema/domain/result.ts'
import { instant, integer, list, optional, refine, shape, text, word } from '../validate.ts'
import type { Rule } from '../validate.ts'

const members = shape({
  personalityProfile: shape({
    tone: text({ max: 500 }),
    language: language(),
    expertise: optional(list(text({ max: 100 }), { max: 50 })),
  }),
  knowledgeBase: shape({ sources: list(text({ max: 500 }), { max: 200 }), lastUpdated: instant() }),
  guardrails: shape({
    maxResponseLength: integer({ min: 100, max: 20_000 }),
    bannedTopics: list(text({ max: 100 }), { max: 200 }),
    contentRating: word(CONTENT_RATINGS),
  }),
  voiceCloneId: optional(text({ max: 200 })),
  visualAvatarId: optional(text({ max: 200 })),
})

/** Leaves out what was left out, so that what is stored is what the JSON Schema describes. */
export const twinConfigRule: Rule<TwinConfig> = (value) => {
  const checked = members(value)
  if (!checked.ok) return checked
  const { personalityProfile, knowledgeBase, guardrails, voiceCloneId, visualAvatarId } = checked.value
  const { tone, language: tag, expertise } = personalityProfile
  return ok({
    personalityProfile: { tone, language: tag, ...(expertise === undefined ? {} : { expertise }) },
    knowledgeBase,
    guardrails,
    ...(voiceCloneId === undefined ? {} : { voiceCloneId }),
    ...(visualAvatarId === undefined ? {} : { visualAvatarId }),
  })
}

/** A BCP 47 tag. */
export function language(): Rule<string> {
  return refine(text({ max: 35 }), (tag) => {
    try {
      Intl.getCanonicalLocales(tag)
      return undefined
    } catch {
      return 'must be a BCP 47 language tag, such as en or pt-BR'
    }
  })
}
