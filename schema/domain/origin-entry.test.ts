import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesOriginEntry, originEntryKind } from './origin-entry.ts'

describe('an entry of an allow-list', () => {
  it.each([
    ['https://www.example.com', 'exact'],
    ['https://www.example.com:8443', 'exact'],
    ['http://localhost:3000', 'exact'],
    ['https://*.example.com', 'subdomains'],
    ['https://*.example.com:8443', 'subdomains'],
    ['https://*--my-site.netlify.app', 'preview'],
    ['https://pr-*.preview.example.com', 'preview'],
  ])('%s is of the kind %s', (entry, kind) => {
    expect(originEntryKind(entry)).toBe(kind)
  })

  it.each([
    '',
    'null',
    '*',
    'https://*',
    'https://*.com',
    'https://*.*.example.com',
    'https://www.*.example.com',
    'https://www.example.*',
    'https://www.example.com:*',
    'https://**.example.com',
    'https://a*b*.example.com',
    'https://xn--*.example.com',
    'https://-*.example.com',
    'https://*-.example.com',
    'https://WWW.example.com',
    'https://www.example.com/',
    'https://www.example.com:0',
    'https://www.example.com:08443',
    'https://user@www.example.com',
    'https://www_.example.com',
    'ftp://www.example.com',
    ' https://www.example.com',
  ])('%j is none', (entry) => {
    expect(originEntryKind(entry)).toBeUndefined()
  })
})

describe('compared with an origin', () => {
  it.each([
    ['https://www.example.com', 'https://www.example.com'],
    ['https://*.example.com', 'https://www.example.com'],
    ['https://*.example.com', 'https://a.b.example.com'],
    ['https://*.example.com:8443', 'https://www.example.com:8443'],
    ['https://*--my-site.netlify.app', 'https://deploy-preview-42--my-site.netlify.app'],
    ['https://pr-*.preview.example.com', 'https://pr-42.preview.example.com'],
    ['https://pr-*-web.preview.example.com', 'https://pr-a-b-web.preview.example.com'],
  ])('%s admits %s', (entry, origin) => {
    expect(matchesOriginEntry(entry, origin)).toBe(true)
  })

  it.each([
    ['the apex', 'https://*.example.com', 'https://example.com'],
    ['a look-alike', 'https://*.example.com', 'https://evilexample.com'],
    ['a name above', 'https://*.www.example.com', 'https://example.com'],
    ['a longer name', 'https://*.example.com', 'https://www.example.com.evil.com'],
    ['another scheme', 'https://*.example.com', 'http://www.example.com'],
    ['another port', 'https://*.example.com', 'https://www.example.com:8443'],
    ['no port where one is asked', 'https://*.example.com:8443', 'https://www.example.com'],
    ['an empty label', 'https://*.example.com', 'https://.example.com'],
    ['an empty label within', 'https://*.example.com', 'https://a..example.com'],
    ['the end of a path', 'https://*.example.com', 'https://evil.com/.example.com'],
    ['the end of a user name', 'https://*.example.com', 'https://evil.com:1@a.example.com'],
    ['a port before the end', 'https://*.example.com', 'https://evil.com:8443.example.com'],
    ['a fragment', 'https://*.example.com', 'https://evil.com#.example.com'],
    ['capitals', 'https://*.example.com', 'https://WWW.example.com'],
    ['a dot at the end', 'https://*.example.com', 'https://www.example.com.'],
    ['the entry itself', 'https://*.example.com', 'https://*.example.com'],
    ['two origins', 'https://*.example.com', 'https://evil.com, https://www.example.com'],
    ['nothing in the place of the wildcard', 'https://pr-*.example.com', 'https://pr-.example.com'],
    ['several labels in its place', 'https://pr-*.example.com', 'https://pr-a.b.example.com'],
    ['a second double hyphen', 'https://*--my-site.netlify.app', 'https://a--b--my-site.netlify.app'],
    ['a third hyphen', 'https://*--my-site.netlify.app', 'https://a---my-site.netlify.app'],
    ['punycode', 'https://*--my-site.netlify.app', 'https://xn--my-site.netlify.app'],
    ['the site itself', 'https://*--my-site.netlify.app', 'https://my-site.netlify.app'],
    ['a label longer than labels are', 'https://pr-*.example.com', `https://pr-${'a'.repeat(61)}.example.com`],
    ['a null', 'https://*.example.com', 'null'],
  ])('does not admit %s', (_case, entry, origin) => {
    expect(matchesOriginEntry(entry, origin)).toBe(false)
  })

  it('admits by text what the parsed address has: the same scheme and port, and a host below the entry’s', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https', 'http'] }), fc.domain(), fc.string(), (url, domain, noise) => {
        const entry = `https://*.${domain}`
        const tries = [new URL(url).origin, `https://${noise}.${domain}`, `https://${noise}${domain}`, url + domain]
        return tries.every((origin) => {
          if (!matchesOriginEntry(entry, origin)) return true
          const parsed = new URL(origin)
          return parsed.origin === origin && parsed.hostname.endsWith(`.${domain}`) && parsed.port === ''
        })
      }),
    )
  })
})
