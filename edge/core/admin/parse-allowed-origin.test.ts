import fc from 'fast-check'
import { expect, it } from 'vitest'
import { originEntryKind } from '../../../schema/domain/origin-entry.ts'
import { parseAllowedOrigin } from './parse-allowed-origin.ts'

const production = { development: false }
const development = { development: true }

it.each([
  ['https://www.example.com', 'https://www.example.com'],
  ['HTTPS://WWW.Example.com', 'https://www.example.com'],
  ['https://www.example.com:443', 'https://www.example.com'],
  ['https://www.example.com:8443', 'https://www.example.com:8443'],
  ['https://xn--mnchen-3ya.example', 'https://xn--mnchen-3ya.example'],
  ['https://*.example.com', 'https://*.example.com'],
  ['HTTPS://*.Example.co.uk:443', 'https://*.example.co.uk'],
  ['https://*.shop.example.com:8443', 'https://*.shop.example.com:8443'],
  ['https://*.my-project.pages.dev', 'https://*.my-project.pages.dev'],
  ['https://*.my-account.workers.dev', 'https://*.my-account.workers.dev'],
  ['https://*-my-worker.my-account.workers.dev', 'https://*-my-worker.my-account.workers.dev'],
  ['https://*.fan.github.io', 'https://*.fan.github.io'],
  ['https://*.city.kawasaki.jp', 'https://*.city.kawasaki.jp'],
  ['https://pr-*.preview.example.com', 'https://pr-*.preview.example.com'],
  ['https://my-site-*-team.preview.example.com', 'https://my-site-*-team.preview.example.com'],
  ['https://*--My-Site.netlify.app', 'https://*--my-site.netlify.app'],
  ['https://deploy-preview-*--my-site.netlify.app', 'https://deploy-preview-*--my-site.netlify.app'],
])('takes %s as %s', (entry, origin) => {
  expect(parseAllowedOrigin(entry, production)).toEqual({ ok: true, value: origin })
})

it.each([
  'http://localhost:3000',
  'http://solara.localhost:8788',
  'https://remyvale.localhost',
  'http://*.shop.localhost:3000',
])('takes %s while developing only', (entry) => {
  expect(parseAllowedOrigin(entry, development)).toEqual({ ok: true, value: entry })
  expect(parseAllowedOrigin(entry, production)).toEqual({ ok: false, failure: expect.stringContaining('own machine') })
})

it('takes plain spaces around an entry for nothing', () => {
  expect(parseAllowedOrigin('  https://www.example.com ', production)).toEqual({
    ok: true,
    value: 'https://www.example.com',
  })
})

it.each([
  ['http://127.0.0.1:3000', 'http://localhost:3000'],
  ['https://127.0.0.1', 'https://localhost'],
  ['http://[::1]:8080', 'http://localhost:8080'],
  ['http://0x7f.1:3000', 'http://localhost:3000'],
])('says of %s that %s is its name, while developing', (entry, name) => {
  const parsed = parseAllowedOrigin(entry, development)
  expect(parsed.ok ? '' : parsed.failure).toContain(`write ${name}`)
  expect(parseAllowedOrigin(name, development)).toEqual({ ok: true, value: name })
})

it.each([
  ['null', 'null'],
  ['*', 'wildcard'],
  ['https://*.*.example.com', 'one wildcard alone'],
  ['https://**.example.com', 'one wildcard alone'],
  ['https://www.*.example.com', 'one wildcard alone'],
  ['https://www.example.*', 'one wildcard alone'],
  ['https://www.example.com:*', 'one wildcard alone'],
  ['https://user@*.example.com', 'one wildcard alone'],
  ['*.example.com', 'one wildcard alone'],
  ['https://*.com', 'write https://*.my-site.com'],
  ['https://*.co.uk', 'write https://*.my-site.co.uk'],
  ['https://*.GitHub.io', 'write https://*.my-site.github.io'],
  ['https://*.vercel.app', 'write https://*.my-site.vercel.app'],
  ['https://*.s3.amazonaws.com', 'anybody may take a name'],
  ['https://*.amazonaws.com', 'strangers have names below it'],
  ['https://*.eu-west-3.amazonaws.com', 'strangers have names below it'],
  ['https://pr-*.amazonaws.com', 'strangers have names below it'],
  ['https://*.wordpress.com', 'strangers have names below it'],
  ['https://*.glitch.me', 'strangers have names below it'],
  ['https://*.tumblr.com', 'strangers have names below it'],
  ['https://*.substack.com', 'strangers have names below it'],
  ['https://*.googleusercontent.com', 'strangers have names below it'],
  ['https://*.n-1.googleusercontent.com', 'strangers have names below it'],
  ['https://pr-*.tumblr.com', 'strangers have names below it'],
  ['https://*.kawasaki.jp', 'anybody may take a name'],
  ['https://my-site-*-team.vercel.app', 'Vercel: Preview Deployment Suffix'],
  ['https://*-team.vercel.app', 'write https://*.preview.example.com'],
  ['https://my-site-*.onrender.com', 'write https://*.preview.example.com'],
  ['https://my-*.pages.dev', 'write https://*.my-project.pages.dev'],
  ['https://*-worker.workers.dev', 'write https://*.my-account.workers.dev'],
  ['https://my-site-*.netlify.app', 'write https://*--my-site.netlify.app'],
  ['https://*-my-site.netlify.app', 'write https://*--my-site.netlify.app'],
  ['https://a--*--my-site.netlify.app', 'write https://*--my-site.netlify.app'],
  ['https://*--my--site.netlify.app', 'write https://*--my-site.netlify.app'],
  ['https://deploy-preview-*.netlify.app', 'write https://*--my-site.netlify.app'],
  ['https://xn--*.example.com', 'what a host may be called'],
  ['http://*.example.com', 'write https://*.example.com'],
  ['https://*.example.com/', 'write https://*.example.com'],
  ['https://*.example.com.', 'write https://*.example.com'],
  ['https://*.münchen.example', 'write https://*.xn--mnchen-3ya.example'],
  ['https://*.0.0.1', 'not an address'],
  ['https://shop.exampl%2ee.com', 'write https://shop.exampl.e.com'],
  ['https://www.example.com:08443', 'write https://www.example.com:8443'],
  ['https://www.example.com:0', 'port 0'],
  ['www.example.com', 'write https://www.example.com'],
  ['http://www.example.com', 'write https://www.example.com'],
  ['https://www.example.com/', 'write https://www.example.com'],
  ['https://www.example.com/shop?x#y', 'write https://www.example.com'],
  ['https://www.example.com?', 'write https://www.example.com'],
  ['https://www.example.com\\', 'write https://www.example.com'],
  ['https://www.example.com.', 'write https://www.example.com'],
  ['https://user@www.example.com', 'write https://www.example.com'],
  ['https://münchen.example', 'write https://xn--mnchen-3ya.example'],
  ['https://good.com_.example', 'what a host may be called'],
  ['https://a_b.example.com', 'letters, digits and hyphens'],
  ['https://*.a_b.example.com', 'letters, digits and hyphens'],
  ['\ufeffhttps://www.example.com', 'invisible characters: write https://www.example.com'],
  ['https://www.example.com\u00a0', 'invisible characters: write https://www.example.com'],
  ['https://www.example.com\r\n', 'line breaks or invisible characters'],
  ['\thttps://*.example.com', 'invisible characters'],
  ['\u00a0', 'invisible characters'],
  ['   ', 'must be an origin'],
  ['https://127.0.0.1', 'not an address'],
  ['https://0x7f.1', 'not an address'],
  ['https://[::1]', 'not an address'],
  ['https://intranet', 'full host name'],
  ['ftp://www.example.com', 'https'],
  ['javascript:alert(1)', 'https://'],
  ['', 'must be an origin'],
  [['https://www.example.com'], 'must be an origin'],
])('refuses %s and says what to do', (entry, advice) => {
  const parsed = parseAllowedOrigin(entry, production)
  expect(parsed.ok ? '' : parsed.failure).toContain(advice)
})

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}[a-z0-9]$/)
const written = fc.oneof(
  fc.webUrl(),
  fc.string(),
  fc.domain(),
  fc
    .tuple(
      fc.constantFrom('https://', 'http://', ''),
      fc.constantFrom('*.', 'pr-*.', '*-x.', '*--x.', '*.*.', 'a.*.', ''),
      fc.oneof(
        fc.domain(),
        label,
        fc.constantFrom('co.uk', 'vercel.app', 'netlify.app', 'a.pages.dev', 'amazonaws.com'),
      ),
      fc.constantFrom('', ':8443', ':443', '/', '.', ':*'),
    )
    .map((parts) => parts.join('')),
)

it('stores only what can be compared, and takes its own advice', () => {
  fc.assert(
    fc.property(written, (entry) => {
      const parsed = parseAllowedOrigin(entry, production)
      if (parsed.ok) return originEntryKind(parsed.value) !== undefined && parsed.value.startsWith('https://')
      const advised = /write (\S+)$/.exec(parsed.failure)?.[1]
      return advised === undefined || parseAllowedOrigin(advised, production).ok
    }),
    { numRuns: 2_000 },
  )
})

it('is not changed by being parsed again', () => {
  fc.assert(
    fc.property(written, (entry) => {
      const parsed = parseAllowedOrigin(entry, production)
      if (parsed.ok) expect(parseAllowedOrigin(parsed.value, production)).toEqual(parsed)
    }),
  )
})
