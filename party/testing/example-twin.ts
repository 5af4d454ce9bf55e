/** A made-up twin and its visitor, for tests. */
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import { newId } from '../../schema/domain/id.ts'
import type { TwinContext } from '../core/ports.ts'

export const exampleTwin: TwinContext = {
  twin: { name: 'Nova Reed', tagline: 'Keeper of small goals', type: 'SPORTS_COMMENTATOR' },
  config: {
    personalityProfile: { tone: 'warm and brief', language: 'en', expertise: ['saves', 'gloves'] },
    knowledgeBase: { sources: ['Notes'], lastUpdated: '2026-11-01' },
    guardrails: { maxResponseLength: 1_200, bannedTopics: ['gambling'], contentRating: 'PG' },
  },
  campaign: null,
  passages: [
    { title: 'On gloves', text: 'I wash my gloves in cold rain. Warm water ruins the palms.' },
    { title: 'On saves', text: 'A save begins with the feet. The hands only finish it.' },
  ],
  questions: [],
  contextKeys: [],
}

/** The same twin inside a campaign that must not name the competitor. */
export const campaignTwin: TwinContext = {
  ...exampleTwin,
  campaign: {
    name: 'Summer',
    brand: 'Solara',
    guidelines: { sentences: [], rules: { avoidTerms: ['Kick Cola'], mention: ['Solara'] } },
  },
}

/** Claims of a visitor nobody else is. */
export function exampleClaims(change: Partial<ConnectionClaims> = {}): ConnectionClaims {
  return {
    deploymentId: newId(),
    origin: 'https://nova.example',
    conversationId: newId(),
    visitorId: newId(),
    expiresAt: Math.floor(Date.now() / 1000) + 600,
    epoch: 0,
    tier: 'FREE',
    ticket: null,
    tenantId: newId(),
    celebrityId: newId(),
    deploymentType: 'EMBEDDED_WIDGET',
    campaignId: null,
    campaignEndsAt: null,
    address: null,
    ...change,
  }
}
