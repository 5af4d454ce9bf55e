/** What a page may know of a deployment before a person acts, made from its record. Pure. */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import type { EmbedConfig } from '../../schema/wire/embed.ts'

export function embedConfig({
  id,
  type,
  celebrity,
  greeting,
  suggestions,
  theme,
  campaign,
}: DeploymentRecord): EmbedConfig {
  return {
    deploymentId: id,
    type,
    twin: { name: celebrity.name, tagline: celebrity.tagline, portrait: celebrity.portrait },
    greeting,
    suggestions: suggestions.slice(0, 3),
    theme,
    // Said by us and not by configuration: EU AI Act art. 50 leaves no tenant a choice.
    disclosure: `You are talking to an AI twin of ${celebrity.name}, not to ${celebrity.name} in person.`,
    invitation: `Talk to the AI twin of ${celebrity.name}`,
    proactive: null,
    consent: null,
    imageHosts: [],
    contextKeys: [],
    sponsor: campaign ? { brand: campaign.brand.name, label: `Paid partnership with ${campaign.brand.name}` } : null,
  }
}
