/** A twin's configured persona, version 1 (the JSON Schema of the same shape lives in `jsonb_schemas`). */
import type { ContentRating } from './enums.ts'

export interface TwinConfig {
  readonly personalityProfile: {
    /** How the twin sounds, in a few words: "warm, quick, never cruel". */
    readonly tone: string
    /** BCP 47 tag of the language the twin speaks by default. */
    readonly language: string
    readonly expertise?: readonly string[]
  }
  readonly knowledgeBase: {
    readonly sources: readonly string[]
    /** ISO 8601 date or date-time. */
    readonly lastUpdated: string
  }
  readonly guardrails: {
    /** Characters, at least 100. */
    readonly maxResponseLength: number
    readonly bannedTopics: readonly string[]
    readonly contentRating: ContentRating
  }
  readonly voiceCloneId?: string
  readonly visualAvatarId?: string
}

/** The version this shape has in `jsonb_schemas`. */
export const TWIN_CONFIG_VERSION = 1
