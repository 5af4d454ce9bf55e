/**
 * What a page says of itself to programs, in the words of schema.org. A data block: no policy has to allow it, and what a
 * tenant wrote cannot end it.
 */
import { html } from 'hono/html'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import type { Locale } from '../../schema/wire/locales.ts'
import { jsonForScript } from './json-for-script.ts'

type Thing = Readonly<Record<string, unknown>>

interface Described {
  readonly record: DeploymentRecord
  readonly title: string
  readonly description: string
  readonly language: Locale
  /** Absolute. */
  readonly url: string
}

/** The `<script>` of a page about a person: a profile, or a campaign's page with when it is and who pays. */
export function structuredData(described: Described): ReturnType<typeof html> {
  const { campaign } = described.record
  const graph = campaign ? campaignPage(described, campaign) : [profilePage(described)]
  return html`<script type="application/ld+json">
    ${jsonForScript({ '@context': 'https://schema.org', '@graph': graph })}
  </script>`
}

function profilePage({ record, title, description, language, url }: Described): Thing {
  return {
    '@type': 'ProfilePage',
    url,
    name: title,
    description,
    inLanguage: language,
    mainEntity: person(record, url),
  }
}

function campaignPage(
  { record, title, description, language, url }: Described,
  { startsAt, endsAt, brand, name }: NonNullable<DeploymentRecord['campaign']>,
): readonly Thing[] {
  const sponsor = { '@type': 'Organization', name: brand.name }
  const about = person(record, url)
  const when = { startDate: startsAt, ...(endsAt === null ? {} : { endDate: endsAt }) }
  return [
    {
      '@type': 'WebPage',
      url,
      name: title,
      description,
      inLanguage: language,
      about,
      sponsor,
      ...(endsAt === null ? {} : { expires: endsAt }),
    },
    {
      '@type': 'Event',
      name,
      url,
      ...when,
      eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
      eventStatus: 'https://schema.org/EventScheduled',
      location: { '@type': 'VirtualLocation', url },
      about, // of the person and not by them: a twin answers
      sponsor,
    },
  ]
}

function person({ celebrity }: DeploymentRecord, url: string): Thing {
  const image = celebrity.portrait === null ? undefined : URL.parse(celebrity.portrait, url)
  return {
    '@type': 'Person',
    name: celebrity.name,
    ...(celebrity.tagline === '' ? {} : { description: celebrity.tagline }),
    ...(image && image.origin === new URL(url).origin ? { image: image.href } : {}),
  }
}
