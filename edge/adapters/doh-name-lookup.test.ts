/** DNS over its real wire: what a resolver says, and the ways in which one fails or lies. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDnsServer } from '../../e2e/dns/dns-server.ts'
import type { DnsFault, DnsServer } from '../../e2e/dns/dns-server.ts'
import type { NameLookup } from '../core/hostnames/ports.ts'
import { dohNameLookup } from './doh-name-lookup.ts'

let dns: DnsServer
let names: NameLookup

beforeAll(async () => {
  dns = await startDnsServer()
  names = dohNameLookup({ url: dns.url, timeoutMs: 500 })
})
afterAll(() => dns.close())

const UNANSWERED = { ok: false, failure: 'unanswered' }

describe('texts', () => {
  it('come back each whole, whatever their length, quotes and backslashes', async () => {
    const texts = ['v=spf1 -all', 'a'.repeat(700), 'say "hi" \\ there', '']
    dns.set('texts.example', 'TXT', ...texts)
    expect(await names.texts('texts.example')).toEqual({ ok: true, value: texts })
  })

  it('are read from a resolver that writes them without quotes, and with bytes as numbers', async () => {
    dns.setRaw('raw.example', 'TXT', 'plain text', '"caf\\233"', '"one" "two"')
    expect(await names.texts('raw.example')).toEqual({ ok: true, value: ['plain text', 'café', 'onetwo'] })
  })

  it('are found by an alias', async () => {
    dns.set('from.example', 'CNAME', 'to.example')
    dns.set('to.example', 'TXT', 'here')
    expect(await names.texts('from.example')).toEqual({ ok: true, value: ['here'] })
  })

  it('are none where there is no such name, and where there is a name and no text', async () => {
    dns.set('only-a.example', 'A', '192.0.2.1')
    expect(await names.texts('nobody.example')).toEqual({ ok: true, value: [] })
    expect(await names.texts('only-a.example')).toEqual({ ok: true, value: [] })
  })

  it.each(['other-name', 'nonsense-records'] as const)('are none in an answer of %s', async (fault) => {
    dns.fail('lied.example', fault)
    expect(await names.texts('lied.example')).toEqual({ ok: true, value: [] })
  })
})

describe('a path', () => {
  it('has its aliases in order and the addresses at its end', async () => {
    dns.set('a.example', 'CNAME', 'b.example')
    dns.set('b.example', 'CNAME', 'c.example')
    dns.set('c.example', 'A', '192.0.2.1', '192.0.2.2')
    expect(await names.path('a.example')).toEqual({
      ok: true,
      value: { aliases: ['b.example', 'c.example'], addresses: ['192.0.2.1', '192.0.2.2'] },
    })
  })

  it('that leads to a name that is gone still tells that name', async () => {
    dns.set('dangling.example', 'CNAME', 'gone.example')
    expect(await names.path('dangling.example')).toEqual({
      ok: true,
      value: { aliases: ['gone.example'], addresses: [] },
    })
  })

  it('that goes round in circles ends', async () => {
    dns.set('round.example', 'CNAME', 'about.example')
    dns.set('about.example', 'CNAME', 'round.example')
    expect(await names.path('round.example')).toEqual({
      ok: true,
      value: { aliases: ['about.example'], addresses: [] },
    })
  })

  it('of no name is empty', async () => {
    expect(await names.path('nobody.example')).toEqual({ ok: true, value: { aliases: [], addresses: [] } })
  })
})

describe('an answer that is none', () => {
  const faults: readonly DnsFault[] = [
    'servfail',
    'refused',
    'silence',
    'hang-up',
    'http-500',
    'no-json',
    'endless',
    'too-long',
    'truncated',
    'elsewhere',
  ]
  it.each(faults)('says nothing about the name: %s', async (fault) => {
    dns.fail('faulty.example', fault)
    expect(await names.texts('faulty.example')).toEqual(UNANSWERED)
    expect(await names.path('faulty.example')).toEqual(UNANSWERED)
  })

  it('comes from a resolver that is not there', async () => {
    expect(await dohNameLookup({ url: 'http://127.0.0.1:1/dns-query' }).texts('a.example')).toEqual(UNANSWERED)
  })
})
