/** What a page may know of a deployment before a person acts, made from its record. Pure. */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import type { EmbedConfig } from '../../schema/wire/embed.ts'
import type { Locale } from '../../schema/wire/locales.ts'
import { legalWords } from './legal-words.ts'
import type { Site } from './site.ts'

/**
 * `language` decides the words that are ours and none of the tenant's. A customer's own host is one whatever lives there:
 * what we call the other kinds tells of us.
 */
export function embedConfig(
  {
    id,
    type,
    celebrity,
    greeting,
    suggestions,
    theme,
    proactive,
    consent,
    imageHosts,
    contextKeys,
    campaign,
  }: DeploymentRecord,
  language: Locale,
  site: Site,
): EmbedConfig {
  const words = legalWords(language)
  return {
    deploymentId: id,
    type: site.kind === 'custom' ? 'WHITE_LABEL' : type,
    twin: { name: celebrity.name, tagline: celebrity.tagline, portrait: celebrity.portrait },
    greeting,
    suggestions: suggestions.slice(0, 3),
    theme,
    // Said by us and not by configuration: EU AI Act art. 50 leaves no tenant a choice.
    disclosure: named(words.disclosure, celebrity.name),
    invitation: named(words.invitation, celebrity.name),
    proactive,
    consent,
    imageHosts,
    contextKeys,
    sponsor: campaign ? { brand: campaign.brand.name, label: named(words.sponsor, campaign.brand.name) } : null,
  }
}

/** By a function, for a name may hold what a replacement text takes for an order. */
function named(sentence: string, name: string): string {
  return sentence.replaceAll(/\{(?:name|brand)\}/g, () => name)
}
