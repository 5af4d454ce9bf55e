import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nova } from '../testing/nova.ts'
import { parseAllowedOrigin } from './admin/parse-allowed-origin.ts'
import { originAdvice } from './origin-advice.ts'
import { admitsOrigin } from './origin.ts'

const refused = (origin: string, development = false) => originAdvice({ origin, deploymentId: nova.id, development })

it('names the entry and the call that adds it', () => {
  expect(refused('https://www.example.com')).toEqual({
    detail: `Add exactly https://www.example.com to the allowed domains of this deployment (POST /admin/v1/deployments/${nova.id}/allowed-domains {"origin":"https://www.example.com"}), then reload the page.`,
    add: ['https://www.example.com'],
  })
})

it('does not name a deployment that was not asked for by name', () => {
  const { detail } = originAdvice({ origin: 'https://www.example.com', development: false })
  expect(detail).toBe(
    'Add exactly https://www.example.com to the allowed domains of this deployment, then reload the page.',
  )
})

it.each([
  ['https://deploy-preview-42--my-site.netlify.app', 'https://*--my-site.netlify.app'],
  ['https://1a2b3c.my-project.pages.dev', 'https://*.my-project.pages.dev'],
])('of %s it says how to allow all its like', (origin, entry) => {
  const advice = refused(origin)
  expect(advice.add).toEqual([origin, entry])
  expect(advice.detail).toContain(`To allow every preview of this site, add ${entry} instead.`)
})

it.each(['https://x--my-site.netlify.app:8443', 'https://1a2b3c.my-project.pages.dev:8443'])(
  'of %s it offers no wider entry, which would hold no port',
  (origin) => expect(refused(origin).add).toEqual([origin]),
)

it.each([
  ['null', false, 'have no origin of their own'],
  ['HTTPS://WWW.EXAMPLE.COM', false, 'not an origin as browsers write it'],
  ['https://www.example.com.', false, 'must not end in a dot: write https://www.example.com'],
  ['http://www.example.com', false, 'must be https: write https://www.example.com'],
  ['http://localhost:3000', false, 'own machine'],
  ['https://192.168.1.10:8443', false, 'must be a host name, not an address'],
  ['https://my_site.example.com', false, 'must be what a host may be called'],
  ['https://www.example.com, https://evil.example', false, 'not an origin as browsers write it'],
])('does not ask for %s to be added, which cannot be', (origin, development, words) => {
  expect(refused(origin, development)).toMatchObject({ detail: expect.stringContaining(words), add: [] })
})

it('asks for a local page to be added where the platform is local too', () => {
  expect(refused('http://localhost:3000', true).add).toEqual(['http://localhost:3000'])
})

it('asks for nothing that would be refused, or would not help', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.webUrl({ validSchemes: ['https', 'http'] }), fc.string()),
      fc.boolean(),
      (url, development) => {
        const origin = URL.parse(url)?.origin ?? url
        return refused(origin, development).add.every((entry) => {
          const parsed = parseAllowedOrigin(entry, { development })
          return parsed.ok && parsed.value === entry && admitsOrigin(entry, origin)
        })
      },
    ),
  )
})
