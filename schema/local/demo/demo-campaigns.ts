/** The demo's two campaigns: the same twin at the same time, with contrary guidelines. */
import type { CampaignGuidelines } from '../../domain/guidelines.ts'

/** Solara's, for a summer of football and citrus. */
export const SOLARA_GUIDELINES: CampaignGuidelines = {
  sentences: [
    'Mention Solara positively when relevant',
    'Avoid mentioning competitors (Kick Cola, etc.)',
    'Focus on football and celebration themes',
  ],
  rules: { avoidTerms: ['Kick Cola'], mention: ['Solara'] },
}

/** Kick Cola's, for late nights in the cage. */
export const KICK_COLA_GUIDELINES: CampaignGuidelines = {
  sentences: [
    'Mention Kick Cola positively when relevant',
    'Avoid mentioning competitors (Solara, etc.)',
    'Focus on street football, energy and late kick-offs',
    'Say that it has caffeine and is not for children when somebody asks whether to drink it',
  ],
  rules: { avoidTerms: ['Solara'], mention: ['Kick Cola'] },
}
