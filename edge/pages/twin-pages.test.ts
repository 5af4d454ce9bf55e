import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { newId } from '../../schema/domain/id.ts'
import { LOCALES } from '../../schema/wire/locales.ts'
import type { EmbedConfig } from '../../schema/wire/embed.ts'
import { campaignNoticePage } from './campaign-notice-page.ts'
import { campaignPage } from './campaign-page.ts'
import { CAMPAIGN_WORDS } from './campaign-words.ts'
import { momentInWords } from './dated.ts'
import { notFoundPage } from './not-found-page.ts'
import type { PageInput } from './page-input.ts'
import { portalPage } from './portal-page.ts'
import { webManifest } from './web-manifest.ts'
import { whiteLabelPage } from './white-label-page.ts'

/** What a page says to programs, loosely: the tests say what must be in it. */
// oxlint-disable-next-line typescript/no-explicit-any -- JSON, looked at and never relied on
type Json = any

const HOSTILE = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '</title><img src=x onerror=alert(1)>',
  '" autofocus onfocus="alert(1)',
  "' onload='alert(1)",
  '</style><style>*{background:url(//evil.example)}',
  'a\u2028b\u2029c',
  '&lt;b&gt;${alert(1)}{{x}}',
]

const theme: EmbedConfig['theme'] = {
  accent: '#2b5fb3',
  scheme: 'auto',
  corner: 'round',
  density: 'comfortable',
  position: 'bottom-right',
}

/** Every word a tenant can write is `word`. */
function pageInput(word: string, accent = theme.accent, portrait: string | null = `/media/${word}.svg`): PageInput {
  const id = newId<'deployment'>()
  const record: DeploymentRecord = {
    id,
    type: 'WHITE_LABEL',
    status: 'ACTIVE',
    epoch: 0,
    stepUp: 'AUTO',
    tenantId: newId(),
    celebrity: { id: newId(), slug: 'ada-marlow', name: word, tagline: word, portrait, status: 'ACTIVE' },
    contracts: [],
    campaign: null,
    allowedOrigins: [],
    hosts: ['twin.marlow.example'],
    theme: { ...theme, accent },
    greeting: word,
    suggestions: [word],
    proactive: { text: word, delaySeconds: 20 },
    consent: { version: '1', text: word, privacyUrl: null, termsUrl: null },
    imageHosts: [],
    contextKeys: [],
    page: { title: word, intro: word },
  }
  return {
    record,
    embedConfig: {
      deploymentId: id,
      type: record.type,
      twin: { name: word, tagline: word, portrait },
      greeting: word,
      suggestions: [word],
      theme: record.theme,
      disclosure: word,
      invitation: 'Talk to the AI twin of Ada Marlow',
      proactive: null,
      consent: null,
      imageHosts: [],
      contextKeys: [],
      sponsor: { brand: word, label: word },
    },
    language: 'en',
    pageScriptUrl: '/assets/page-1a2b3c4d.js',
    url: 'https://twin.marlow.example/',
    whiteLabel: true,
    nonce: 'bm9uY2Vub25jZW5vbmNlMQ==',
  }
}

const skeleton = (page: string): readonly string[] => page.match(/<[!/]?[a-z-]+/gi) ?? []
const configOf = (page: string): string => /id="twin-config">([^<]*)<\/script>/.exec(page)?.[1] ?? 'no configuration'

const campaign: NonNullable<DeploymentRecord['campaign']> = {
  id: newId(),
  slug: 'summit',
  name: 'Summit',
  status: 'APPROVED',
  approved: true,
  startsAt: '2026-03-28T23:30:00.000Z',
  endsAt: '2026-10-25T01:00:05.000Z',
  timeZone: 'Europe/Berlin',
  brand: { id: newId(), name: 'Alto' },
}
const inCampaign = (input: PageInput): PageInput => {
  const { name } = input.record.celebrity
  return { ...input, record: { ...input.record, campaign: { ...campaign, name, brand: { ...campaign.brand, name } } } }
}
const notice = (kind: 'before' | 'after', input: PageInput): string => {
  const { record } = inCampaign(input)
  const portalUrl = 'https://twin.example/ada-marlow'
  return campaignNoticePage({ ...input, record, kind, campaign: record.campaign ?? campaign, portalUrl })
}

describe.each([
  ['portal page', portalPage],
  ['white-label page', whiteLabelPage],
  ['campaign page', (input: PageInput) => campaignPage(inCampaign(input))],
])('the %s', (_name, render) => {
  const calm = skeleton(render(pageInput('Ada')))

  it.each(HOSTILE)('keeps its own elements and no others when every word is %j', (word) => {
    const page = render(pageInput(word))
    expect(skeleton(page)).toEqual(calm)
    // Once quoted values are gone, what is left of a tag is its name and the names of its attributes.
    expect(page.replace(/<script type="application\/(?:ld\+)?json"[^<]*/g, '').replace(/"[^"]*"/g, '""')).not.toMatch(
      /<[^>]*\son[a-z]+=/i,
    )
  })

  it.each(HOSTILE)('hands its script the configuration unharmed when every word is %j', (word) => {
    const input = pageInput(word)
    expect(JSON.parse(configOf(render(input)))).toEqual(input.embedConfig)
  })

  it('holds no element of a tenant for any words at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (word) => {
        const input = pageInput(word)
        const page = render(input)
        expect(skeleton(page).length).toBeLessThanOrEqual(calm.length)
        expect(JSON.parse(configOf(page))).toEqual(input.embedConfig)
      }),
      { numRuns: 200 },
    )
  })

  it.each(['red;background:url(//evil.example)', '#fff}</style>', '#2b5fb3;', '#2b5fb', 'expression(1)', ''])(
    'puts its own colour in place of the accent %j',
    (accent) => {
      const sheet = /<style[^>]*>([\s\S]*?)<\/style>/.exec(render(pageInput('Ada', accent)))?.[1]
      expect(sheet).toContain('--accent:#4a4fd8;')
    },
  )

  it('draws initials where there is no portrait, and tells nobody twice', () => {
    const page = render(pageInput('Ada  <Marlow> Quist', theme.accent, null))
    expect(page).toContain('<span class="face" aria-hidden="true">A&lt;</span>')
    expect(page).not.toContain('<img')
  })

  it('shows no picture from another host', () => {
    expect(render(pageInput('Ada', theme.accent, '//evil.example/a.svg'))).not.toContain('property="og:image"')
    expect(render(pageInput('Ada', theme.accent, '//evil.example/a.png'))).not.toContain('og:image')
    expect(render(pageInput('Ada', theme.accent, '/media/ada.png'))).toContain(
      '<meta property="og:image" content="https://twin.marlow.example/media/ada.png" />',
    )
    expect(render(pageInput('Ada', theme.accent, '/media/ada.svg'))).not.toContain('og:image') // no network draws it
  })

  it('lives under a policy without inline style attributes, inline scripts and unmarked sheets', () => {
    const page = render(pageInput('Ada'))
    expect(page).not.toMatch(/\sstyle=/)
    expect(page.match(/<style/g)).toHaveLength(1)
    expect(page).toContain('<style nonce="bm9uY2Vub25jZW5vbmNlMQ==">')
    expect(page.match(/<script(?! type="(?:module" src="\/assets\/|application\/(?:ld\+)?json"))/g)).toBeNull()
  })

  it.each([
    ['de', 'ltr', 'Zum Gespräch springen'],
    ['ar', 'rtl', 'الانتقال إلى المحادثة'],
  ] as const)('speaks to a reader of %s, %s', (language, direction, skip) => {
    const page = render({ ...pageInput('Ada'), language })
    expect(page).toContain(`<html lang="${language}" dir="${direction}">`)
    expect(page).toContain(skip)
    expect(skeleton(page)).toEqual(calm)
  })

  it('has the landmarks, one heading, a way past the header and a line without scripts', () => {
    const page = render(pageInput('Ada'))
    for (const tag of ['<header', '<main', '<footer', '<noscript', '<h1', '<ai-twin'])
      expect(page.split(tag)).toHaveLength(2)
    expect(page).toContain('<a class="skip" href="#conversation">')
    expect(page).toContain('lang="en"')
  })
})

describe('the web manifest of a customer’s host', () => {
  it.each(HOSTILE)('holds the customer’s words as they are, and nothing of ours, when every word is %j', (word) => {
    const manifest = webManifest(pageInput(word).record)
    expect(manifest).toMatchObject({ name: word, short_name: word, description: word, start_url: '/', scope: '/' })
    expect(JSON.stringify(manifest)).not.toMatch(/vibethink/i)
  })

  it('names the portrait as its icon, and none from another host', () => {
    expect(webManifest(pageInput('Ada', undefined, '/media/ada.webp').record)).toMatchObject({
      icons: [{ src: '/media/ada.webp', sizes: 'any', type: 'image/webp' }],
    })
    expect(webManifest(pageInput('Ada', undefined, '//evil.example/a.svg').record)).toMatchObject({ icons: [] })
    expect(webManifest(pageInput('Ada', undefined, null).record)).toMatchObject({ icons: [] })
  })

  it('has a colour that is one', () => {
    expect(webManifest(pageInput('Ada', 'red}').record)).toMatchObject({ theme_color: '#4a4fd8' })
  })
})

describe('a page’s data for programs', () => {
  const dataOf = (page: string): Json =>
    JSON.parse(/<script type="application\/ld\+json">([^<]*)<\/script>/.exec(page)?.[1] ?? 'null')

  it('tells a profile of the person', () => {
    const url = 'https://twin.marlow.example/'
    expect(dataOf(whiteLabelPage(pageInput('Ada')))).toEqual({
      '@context': 'https://schema.org',
      '@graph': [
        {
          '@type': 'ProfilePage',
          url,
          name: 'Ada · Talk to the AI twin of Ada Marlow',
          description: 'Ada',
          inLanguage: 'en',
          mainEntity: { '@type': 'Person', name: 'Ada', description: 'Ada', image: `${url}media/Ada.svg` },
        },
      ],
    })
  })

  it('tells of a campaign when it is and who pays', () => {
    const [page, event] = dataOf(campaignPage(inCampaign(pageInput('Ada'))))['@graph']
    expect(page).toMatchObject({ '@type': 'WebPage', expires: campaign.endsAt, sponsor: { name: 'Ada' } })
    expect(event).toMatchObject({ '@type': 'Event', startDate: campaign.startsAt, endDate: campaign.endsAt })
    expect(event).not.toHaveProperty('performer') // the person is not there
  })

  it.each(HOSTILE)('is read back unharmed when every word is %j', (word) => {
    expect(dataOf(notice('before', pageInput(word)))['@graph'][1].name).toBe(word)
  })
})

describe.each(['before', 'after'] as const)('a campaign’s page %s it runs', (kind) => {
  const calm = skeleton(notice(kind, pageInput('Ada')))

  it.each(HOSTILE)('keeps its own elements and no others when every word is %j', (word) => {
    expect(skeleton(notice(kind, pageInput(word)))).toEqual(calm)
  })

  it('stays out of search engines, runs no twin, and says who pays', () => {
    const page = notice(kind, pageInput('Ada'))
    expect(page).toContain('<meta name="robots" content="noindex" />')
    expect(page).not.toContain('<ai-twin')
    expect(page).toContain('<p class="sponsor"><bdi>Ada</bdi></p>')
    expect(page).not.toMatch(/\sstyle=/)
    expect(
      page.match(/<script(?! type="(?:application\/ld\+json|module" nonce="bm9uY2Vub25jZW5vbmNlMQ==))"/g),
    ).toBeNull()
  })

  it.each(LOCALES)('speaks %s, and shows its dates on the campaign’s own clock', (language) => {
    const page = notice(kind, { ...pageInput('Ada'), language })
    const { begins, ended } = CAMPAIGN_WORDS[language]
    expect(page).toContain(kind === 'before' ? begins : ended)
    const shown = momentInWords(campaign.startsAt, language, 'Europe/Berlin')
    expect(page.includes(`<time datetime="${campaign.startsAt}">${shown}</time>`)).toBe(kind === 'before')
  })
})

describe('a moment in words', () => {
  it.each([
    ['2026-03-28T23:30:00Z', 'Sonntag, 29. März 2026 um 00:30 MEZ'], // the day there, and not the one in UTC
    ['2026-03-29T01:30:00Z', 'Sonntag, 29. März 2026 um 03:30 MESZ'], // an hour has been left out
    ['2026-10-25T00:30:00Z', 'Sonntag, 25. Oktober 2026 um 02:30 MESZ'], // the first of two
    ['2026-10-25T01:30:05Z', 'Sonntag, 25. Oktober 2026 um 2:30:05 MEZ'], // the second, and to the second
  ])('of %s is the campaign’s own', (moment, words) => {
    expect(momentInWords(moment, 'de', 'Europe/Berlin')).toBe(words)
  })
})

it('no two languages share the words of an end', () => {
  expect(new Set(LOCALES.map((locale) => CAMPAIGN_WORDS[locale].ended)).size).toBe(LOCALES.length)
})

describe('a white-label host', () => {
  it.each([
    ['its page', whiteLabelPage(pageInput('Ada Marlow'))],
    ['its campaign’s page', campaignPage(inCampaign(pageInput('Ada Marlow')))],
    ['its campaign’s page before', notice('before', pageInput('Ada Marlow'))],
    ['its campaign’s page after', notice('after', pageInput('Ada Marlow'))],
    ['its page where nobody is', notFoundPage({ whiteLabel: true, nonce: 'bm9uY2U=' })],
  ])('says nothing of ours on %s', (_which, page) => {
    expect(page).not.toMatch(/vibethink/i)
  })
})

describe('the page where nobody is', () => {
  it('stays out of search engines and runs no script', () => {
    const page = notFoundPage({ whiteLabel: false, nonce: 'bm9uY2U=' })
    expect(page).toMatch(/<meta name="robots" content="noindex"/)
    expect(page).not.toContain('<script')
  })
})
