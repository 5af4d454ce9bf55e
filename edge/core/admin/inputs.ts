/**
 * What the admin route accepts, resource by resource. A `…Patch` holds the same fields, each of which may be left out.
 * Fields that decide whose something is (tenant, celebrity, brand) cannot be changed and so stand in no patch.
 */
import type { CampaignGuidelines } from '../../../schema/domain/guidelines.ts'
import {
  CAMPAIGN_STATUSES,
  CELEBRITY_TYPES,
  DEPLOYMENT_STATUSES,
  DEPLOYMENT_TYPES,
  ENTITY_STATUSES,
  LICENCE_SCOPES,
  STEP_UPS,
} from '../../../schema/domain/enums.ts'
import {
  flag,
  id,
  instant,
  integer,
  list,
  nullable,
  optional,
  pattern,
  refine,
  shape,
  text,
  word,
} from '../validate.ts'
import type { Checked, Rule } from '../validate.ts'
import {
  consent,
  contextKeys,
  greeting,
  httpsUrl,
  imageHosts,
  page,
  proactive,
  suggestions,
  theme,
} from './deployment-rules.ts'
import { campaignMoment, timeZone } from './campaign-moment.ts'
import { category, exclusivityRules } from './exclusivity-rule.ts'
import { slug } from './slug.ts'
import { language, twinConfigRule } from './twin-config-rule.ts'

const name = text({ max: 120 })
const portrait = nullable(
  pattern(
    /^(?=.{1,200}$)\/media\/(?:[a-z0-9_-]+\/)*[a-z0-9_-]+\.(?:avif|webp|png|jpg|jpeg|svg)$/,
    'must be a path such as /media/remy-vale.webp',
  ),
)
export const celebrityInput = shape({
  name,
  slug: slug(),
  type: word(CELEBRITY_TYPES),
  tagline: optional(text({ min: 0, max: 160 })),
  portrait: optional(portrait),
  twinConfig: twinConfigRule,
})
export const celebrityPatch = shape({
  name: optional(name),
  tagline: optional(text({ min: 0, max: 160 })),
  portrait: optional(portrait),
  twinConfig: optional(twinConfigRule),
  status: optional(word(ENTITY_STATUSES)),
})
export type CelebrityInput = Checked<typeof celebrityInput>
export type CelebrityPatch = Checked<typeof celebrityPatch>

const basisPoints = integer({ min: 0, max: 10_000 })
const territory = pattern(/^(?:WORLD|[A-Z]{2}(?:,[A-Z]{2})*)$/, 'must be WORLD or ISO 3166 codes separated by commas')
const licenceScopes = list(word(LICENCE_SCOPES), { min: 1, max: LICENCE_SCOPES.length })

export const contractInput = shape({
  licenceScopes,
  territory: optional(territory),
  startsAt: instant(),
  endsAt: optional(nullable(instant())),
  signedAt: optional(instant()),
  directShareBp: optional(basisPoints),
  campaignShareBp: optional(basisPoints),
  exclusivity: optional(exclusivityRules),
})
export const contractPatch = shape({
  endsAt: optional(nullable(instant())),
  signedAt: optional(instant()),
  terminatedAt: optional(instant()),
  exclusivity: optional(exclusivityRules),
})
export type ContractInput = Checked<typeof contractInput>
export type ContractPatch = Checked<typeof contractPatch>

export const brandInput = shape({
  name,
  slug: slug(),
  website: optional(nullable(httpsUrl)),
  category: optional(nullable(category)),
})
export const brandPatch = shape({
  name: optional(name),
  website: optional(nullable(httpsUrl)),
  category: optional(nullable(category)),
})
export type BrandInput = Checked<typeof brandInput>
export type BrandPatch = Checked<typeof brandPatch>

const guidelines: Rule<CampaignGuidelines> = shape({
  sentences: list(text({ max: 500 }), { max: 50 }),
  rules: shape({
    avoidTerms: list(text({ max: 80 }), { max: 200 }),
    mention: list(text({ max: 80 }), { max: 50 }),
  }),
})
const feeMinor = integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const currency = pattern(/^[A-Z]{3}$/, 'must be an ISO 4217 code, such as EUR')
/** SCHEDULED and ACTIVE are not set: they follow from the dates once a campaign is approved. */
const decision = refine(word(CAMPAIGN_STATUSES), (value) =>
  value === 'SCHEDULED' || value === 'ACTIVE' ? 'follows from the dates: approve the campaign instead' : undefined,
)

export const campaignInput = shape({
  celebrityId: id<'celebrity'>(),
  brandId: id<'brand'>(),
  slug: slug(),
  name,
  startsAt: campaignMoment(),
  endsAt: optional(nullable(campaignMoment())),
  timeZone: optional(timeZone),
  exclusive: optional(flag()),
  feeMinor: optional(feeMinor),
  currency: optional(currency),
  guidelines,
})
export const campaignPatch = shape({
  name: optional(name),
  startsAt: optional(campaignMoment()),
  endsAt: optional(nullable(campaignMoment())),
  timeZone: optional(timeZone),
  exclusive: optional(flag()),
  feeMinor: optional(feeMinor),
  guidelines: optional(guidelines),
  status: optional(decision),
  /** With APPROVED, and needed there of whoever is no platform: the version that was read; another one by now is not approved. */
  guidelinesVersion: optional(integer({ min: 1, max: 2_147_483_647 })),
})
export type CampaignInput = Checked<typeof campaignInput>
export type CampaignPatch = Checked<typeof campaignPatch>

export const deploymentInput = shape({
  celebrityId: id<'celebrity'>(),
  type: word(DEPLOYMENT_TYPES),
  name,
  campaignId: optional(id<'campaign'>()),
  theme: optional(theme),
  greeting,
  suggestions: optional(suggestions),
  proactive: optional(proactive),
  consent: optional(consent),
  imageHosts: optional(imageHosts),
  contextKeys: optional(contextKeys),
  stepUp: optional(word(STEP_UPS)),
  page: optional(page),
})
export const deploymentPatch = shape({
  name: optional(name),
  status: optional(word(DEPLOYMENT_STATUSES)),
  theme: optional(theme),
  greeting: optional(greeting),
  suggestions: optional(suggestions),
  proactive: optional(proactive),
  consent: optional(consent),
  imageHosts: optional(imageHosts),
  contextKeys: optional(contextKeys),
  stepUp: optional(word(STEP_UPS)),
  page: optional(page),
})
export type DeploymentInput = Checked<typeof deploymentInput>
export type DeploymentPatch = Checked<typeof deploymentPatch>

const knowledgeText = text({ max: 100_000 })
export const knowledgeInput = shape({
  title: text({ max: 200 }),
  text: knowledgeText,
  url: optional(nullable(httpsUrl)),
  language: optional(language()),
  campaignId: optional(id<'campaign'>()),
})
export const knowledgePatch = shape({
  title: optional(text({ max: 200 })),
  text: optional(knowledgeText),
  url: optional(nullable(httpsUrl)),
  language: optional(language()),
  status: optional(word(ENTITY_STATUSES)),
})
export type KnowledgeInput = Checked<typeof knowledgeInput>
export type KnowledgePatch = Checked<typeof knowledgePatch>
