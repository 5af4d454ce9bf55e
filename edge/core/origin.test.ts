import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PUBLIC_URL, nova } from '../testing/nova.ts'
import { parseAllowedOrigin } from './admin/parse-allowed-origin.ts'
import { admitsOrigin, coversEntry, isAllowedOrigin } from './origin.ts'
import { registrableDomain } from './registrable-domain.ts'

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}[a-z0-9]$/)
const suffix = fc.constantFrom(
  'com',
  'co.uk',
  'example',
  'github.io',
  'vercel.app',
  'netlify.app',
  'pages.dev',
  's3.amazonaws.com',
  'city.kawasaki.jp',
)
const host = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), suffix)
  .map(([labels, end]) => [...labels, end].join('.'))
const port = fc.constantFrom('', ':8443')
const entry = fc
  .tuple(fc.constantFrom('', '*.', 'pr-*.', '*-web.', '*--my-site.', 'pr-*--my-site.'), fc.oneof(host, suffix), port)
  .map(([before, name, end]) => `https://${before}${name}${end}`)

/** Origins near an entry, and some that are far from any. */
function near(of: string): fc.Arbitrary<string> {
  const bare = of.replace('https://', '')
  return fc.oneof(
    fc.tuple(host, port).map(([name, end]) => `https://${name}${end}`),
    label.map((word) => of.replace('*', () => word)),
    fc.tuple(label, label).map(([one, two]) => of.replace('*', () => `${one}.${two}`)),
    label.map((word) => `https://${word}.${bare.replace(/^[^.]*\*[^.]*\./, '')}`),
    label.map((word) => `https://${word}${bare.replace(/^[^.]*\*[^.]*\./, '')}`),
    fc.string().map((noise) => of.replace('*', () => noise)),
    fc.constantFrom(`https://${bare.replace(/^[^.]*\*[^.]*\./, '')}`, of, `${of}.evil.com`, of.toUpperCase(), 'null'),
  )
}

const entryAndOrigin = entry.chain((text) => fc.tuple(fc.constant(text), near(text)))
const domainOf = (origin: string): string | undefined => registrableDomain(new URL(origin).hostname)

describe('an entry that was accepted', () => {
  it('never admits an origin of another registrable domain, but for previews of a platform that keeps them apart', () => {
    fc.assert(
      fc.property(entryAndOrigin, ([text, origin]) => {
        const parsed = parseAllowedOrigin(text, { development: false })
        if (!parsed.ok || !admitsOrigin(parsed.value, origin)) return true
        if (parsed.value.includes('*--my-site.netlify.app'))
          return /^https:\/\/[a-z0-9-]+--my-site\.netlify\.app(:8443)?$/.test(origin)
        return domainOf(origin) === domainOf(parsed.value.replace('*', 'a'))
      }),
      { numRuns: 5_000 },
    )
  })

  it('admits only what a browser writes, with its own scheme and port', () => {
    fc.assert(
      fc.property(entryAndOrigin, ([text, origin]) => {
        const parsed = parseAllowedOrigin(text, { development: false })
        if (!parsed.ok || !admitsOrigin(parsed.value, origin)) return true
        const url = new URL(origin)
        return (
          url.origin === origin &&
          url.protocol === 'https:' &&
          url.port === new URL(parsed.value.replace('*', 'a')).port
        )
      }),
      { numRuns: 5_000 },
    )
  })

  it('admits each name below it, and its own apex never', () => {
    fc.assert(
      fc.property(host, fc.array(label, { minLength: 1, maxLength: 2 }), (apex, labels) => {
        const parsed = parseAllowedOrigin(`https://*.${apex}`, { development: false })
        if (!parsed.ok) return true
        return (
          admitsOrigin(parsed.value, `https://${labels.join('.')}.${apex}`) &&
          !admitsOrigin(parsed.value, `https://${apex}`)
        )
      }),
    )
  })
})

it.each([
  ['a public suffix', 'https://*.github.io', 'https://fan.github.io'],
  ['a name above public suffixes', 'https://*.amazonaws.com', 'https://fan.s3.amazonaws.com'],
  ['previews that anybody may name so', 'https://my-site-*-team.vercel.app', 'https://my-site-evil-team.vercel.app'],
  ['everything', 'https://*', 'https://www.example.com'],
  ['a word that is no entry', 'null', 'null'],
])('a row that no parser has seen, with %s, admits nobody', (_case, row, origin) => {
  expect(isAllowedOrigin(origin, { ...nova, allowedOrigins: [row] }, PUBLIC_URL)).toBe(false)
})

it.each([
  ['https://*.example.com', 'https://www.example.com', true],
  ['https://*.example.com', 'https://*.shop.example.com', true],
  ['https://*.example.com', 'https://pr-*.shop.example.com', true],
  ['https://*.example.com', 'https://example.com', false],
  ['https://*.example.com', 'https://*.example.com:8443', false],
  ['https://*.shop.example.com', 'https://*.example.com', false],
  ['https://pr-*.example.com', 'https://pr-1.example.com', true],
  ['https://pr-*.example.com', 'https://pr-1-*.example.com', false],
  ['https://www.example.com', 'https://www.example.com', true],
  ['https://www.example.com', 'https://*.example.com', false],
])('%s covers %s: %s', (one, other, covered) => {
  expect(coversEntry(one, other)).toBe(covered)
})
