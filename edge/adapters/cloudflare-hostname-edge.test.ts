/** Cloudflare's API over its real wire: its two statuses, its errors, and what happens when the line breaks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCloudflareServer } from '../../e2e/cloudflare/cloudflare-server.ts'
import type { CloudflareServer } from '../../e2e/cloudflare/cloudflare-server.ts'
import type { HostnameEdge } from '../core/hostnames/ports.ts'
import { cloudflareHostnameEdge } from './cloudflare-hostname-edge.ts'

let cloudflare: CloudflareServer
let edge: HostnameEdge

beforeAll(async () => {
  cloudflare = await startCloudflareServer()
  edge = cloudflareHostnameEdge({ ...cloudflare, baseUrl: cloudflare.url })
})
afterAll(() => cloudflare.close())

const failed = (failure: object) => ({ ok: false, failure })

it('takes a hostname in, tells its two statuses apart, and lets it go', async () => {
  const made = await edge.create('twin.star.example')
  expect(made).toMatchObject({
    ok: true,
    value: { hostname: 'twin.star.example', status: 'pending', tls: 'pending', stuck: false },
  })
  expect(made).toMatchObject({ value: { remarks: ['custom hostname does not CNAME to this zone.'] } })
  const id = made.ok ? made.value.id : ''
  cloudflare.activate('twin.star.example')
  expect(await edge.get(id)).toMatchObject({ ok: true, value: { status: 'active', tls: 'active', remarks: [] } })
  expect(await edge.find('twin.star.example')).toMatchObject({ ok: true, value: { id } })
  expect(await edge.remove(id)).toEqual({ ok: true, value: undefined })
  expect(await edge.remove(id)).toEqual({ ok: true, value: undefined }) // gone is gone
  expect(await edge.get(id)).toEqual({ ok: true, value: undefined })
  expect(await edge.find('twin.star.example')).toEqual({ ok: true, value: undefined })
})

it('asks for a certificate that the CNAME record alone brings', async () => {
  await edge.create('method.example')
  expect(cloudflare.hostnames.get('method.example')?.ssl).toMatchObject({ method: 'http', type: 'dv' })
})

it.each([
  ['moved', 'active', 'failed', 'active'],
  ['blocked', 'active', 'failed', 'active'],
  ['active', 'validation_timed_out', 'active', 'failed'],
  ['active', 'expired', 'active', 'failed'],
  ['active', 'pending_deployment', 'active', 'pending'],
  ['active_redeploying', 'pending_expiration', 'active', 'active'],
  ['a word of tomorrow', 'another', 'pending', 'pending'],
])('reads %s and %s as %s and %s', async (status, ssl, expected, tls) => {
  const planted = cloudflare.plant('words.example', new Date())
  planted.status = status
  planted.ssl.status = ssl
  expect(await edge.get(planted.id)).toMatchObject({ ok: true, value: { status: expected, tls } })
})

it('validates anew what had run out of time', async () => {
  const planted = cloudflare.plant('stuck.example', new Date())
  planted.ssl.status = 'validation_timed_out'
  expect(await edge.get(planted.id)).toMatchObject({ value: { stuck: true } })
  expect(await edge.validateAgain(planted.id)).toMatchObject({ ok: true, value: { tls: 'pending', stuck: false } })
})

it('says what Cloudflare says, in one line, and which records it asks for', async () => {
  const planted = cloudflare.plant('told.example', new Date())
  planted.verification_errors = ['bad\r\n\u001b[31mthing', 'x'.repeat(999)]
  planted.ssl.validation_records = [{ txt_name: '_acme-challenge.told.example', txt_value: 'abc' }, { txt_name: 7 }]
  const found = await edge.get(planted.id)
  expect(found).toMatchObject({
    value: { records: [{ type: 'TXT', name: '_acme-challenge.told.example', value: 'abc' }] },
  })
  const remarks = found.ok && found.value ? found.value.remarks : []
  expect(remarks[0]).toBe('bad [31mthing')
  expect(remarks[1]).toHaveLength(300)
})

describe('a failure', () => {
  it('of a name that stands there already', async () => {
    cloudflare.plant('taken.example', new Date())
    expect(await edge.create('taken.example')).toEqual(failed({ reason: 'exists' }))
  })

  it('after which the name was made all the same is found out by asking again', async () => {
    cloudflare.failNext('POST', 'lost-answer')
    expect(await edge.create('lost.example')).toEqual(failed({ reason: 'exists' })) // the client itself asked twice
    expect(await edge.find('lost.example')).toMatchObject({ ok: true, value: { hostname: 'lost.example' } })
  })

  it('of a name that Cloudflare does not want carries its words', async () => {
    const answer = await edge.create('a.refused.example')
    expect(answer).toMatchObject(failed({ reason: 'refused' }))
    expect(JSON.stringify(answer)).toContain('Invalid custom hostname')
  })

  it.each([
    ['too many questions', 'rate-limited', 'rate_limited'],
    ['their own trouble', 'out-of-order', 'away'],
  ] as const)('of %s says nothing about the name', async (_case, fault, cause) => {
    cloudflare.failNext('GET', fault, fault)
    expect(await edge.get('0d89c70d-ad9f-4843-b99f-6cc0252067e9')).toEqual(failed({ reason: 'unavailable', cause }))
  })

  it('once is met again by itself', async () => {
    const planted = cloudflare.plant('once.example', new Date())
    cloudflare.failNext('GET', 'rate-limited')
    expect(await edge.get(planted.id)).toMatchObject({ ok: true })
  })

  it('of an answer that is none is no hostname', async () => {
    cloudflare.failNext('GET', 'garbage')
    expect(await edge.get('0d89c70d-ad9f-4843-b99f-6cc0252067e9')).toEqual(
      failed({ reason: 'unavailable', cause: 'away' }),
    )
  })

  it('of our own key says nothing about the name, and never that it is gone', async () => {
    const planted = cloudflare.plant('key.example', new Date())
    cloudflare.acceptKey(false)
    expect(await edge.get(planted.id)).toEqual(failed({ reason: 'unavailable', cause: 'key_refused' }))
    cloudflare.acceptKey(true)
    const elsewhere = cloudflareHostnameEdge({ ...cloudflare, zoneId: '0'.repeat(32), baseUrl: cloudflare.url })
    expect(await elsewhere.create('zone.example')).toEqual(failed({ reason: 'unavailable', cause: 'key_refused' }))
  })

  it('of a Cloudflare that is not there', async () => {
    const nowhere = cloudflareHostnameEdge({ ...cloudflare, baseUrl: 'http://127.0.0.1:1/client/v4' })
    expect(await nowhere.create('a.example')).toEqual(failed({ reason: 'unavailable', cause: 'away' }))
  })
})
