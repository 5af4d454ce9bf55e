import { beforeEach, expect, it } from 'vitest'
import { newId } from '../../schema/domain/id.ts'
import { hmacAddressDigest } from './hmac-address-digest.ts'
import { ratelimitFloodGate } from './ratelimit-flood-gate.ts'

const limits = { sessions: 2, lines: 3, addressLines: 4, busy: 2, storm: 4, messages: 2, deployment: 5 }
let keys: string[]
let gate: ReturnType<typeof ratelimitFloodGate>
beforeEach(() => {
  keys = []
  const counted = new Map<string, number>()
  const limiter = (name: keyof typeof limits) => ({
    limit({ key }: { readonly key: string }) {
      const whose = `${name} ${key}`
      keys.push(whose)
      const count = (counted.get(whose) ?? 0) + 1
      counted.set(whose, count)
      return Promise.resolve({ success: count <= limits[name] })
    },
  })
  gate = ratelimitFloodGate(
    {
      sessions: limiter('sessions'),
      lines: limiter('lines'),
      addressLines: limiter('addressLines'),
      busy: limiter('busy'),
      storm: limiter('storm'),
      messages: limiter('messages'),
      deployment: limiter('deployment'),
    },
    hmacAddressDigest(new Uint8Array(32).fill(7)),
  )
})

async function until60(ask: () => Promise<number>): Promise<number> {
  for (let count = 0; count < 20; count += 1) if ((await ask()) === 60) return count
  return Infinity
}

const deploymentId = newId<'deployment'>()
const visitor = () => ({ deploymentId, visitorId: newId<'visitor'>(), address: null })

it('lets an address have so many sessions at a deployment, and another address its own', async () => {
  expect(await until60(() => gate.session(deploymentId, '203.0.113.7'))).toBe(2)
  expect(await gate.session(deploymentId, '203.0.113.8')).toBe(0)
  expect(await gate.session(newId(), '203.0.113.7')).toBe(0)
})

it('lets a visitor have so many lines and so many messages, each by itself', async () => {
  const one = visitor()
  expect(await until60(() => gate.said(one))).toBe(2)
  expect(await gate.line(one)).toBe(0)
  expect(await gate.said(visitor())).toBe(0)
})

it('brakes a deployment whose visitors are many', async () => {
  expect(await until60(() => gate.said(visitor()))).toBe(5)
  expect(await until60(() => gate.line(visitor()))).toBe(5)
  expect(await until60(() => gate.session(deploymentId, undefined))).toBe(5)
  expect(await gate.said({ ...visitor(), deploymentId: newId() })).toBe(0)
})

it('lets an address have so many lines at a deployment, whoever it says it is', async () => {
  const address = 'a digest'
  expect(await until60(() => gate.line({ ...visitor(), address }))).toBe(4)
  expect(await gate.line({ ...visitor(), address: 'another' })).toBe(0)
  expect(await gate.line({ ...visitor(), address, deploymentId: newId() })).toBe(0)
})

it('tells a rush from a calm day, and a storm from a rush, deployment by deployment', async () => {
  const felt: string[] = []
  for (let session = 0; session < 6; session += 1) felt.push(await gate.rush(deploymentId))
  expect(felt).toEqual(['calm', 'calm', 'busy', 'busy', 'storm', 'storm'])
  expect(await gate.rush(newId())).toBe('calm')
})

it('lets nobody who is refused use up what all the others share', async () => {
  const abuser = visitor()
  for (let time = 0; time < 20; time += 1) {
    await gate.line(abuser)
    await gate.said(abuser)
    await gate.session(deploymentId, '203.0.113.7')
  }
  expect(await gate.line(visitor())).toBe(0)
  expect(await gate.said(visitor())).toBe(0)
  expect(await gate.session(deploymentId, '203.0.113.8')).toBe(0)
})

it.each([
  ['203.0.113.7', '203.0.113.8', false],
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
  ['2001:db8:1:2::1', '2001:DB8:0001:2::9', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['2001:db8::1', '2001:db8:0:0:5::', true],
  ['::1', '::2', true],
])('counts %s and %s together: %s', async (one, other, together) => {
  await gate.session(deploymentId, one)
  await gate.session(deploymentId, other)
  const [first, second] = keys.filter((key) => key.startsWith('sessions '))
  expect(first === second).toBe(together)
  expect(keys.join()).not.toContain('203.0')
  expect(keys.join().toLowerCase()).not.toContain('db8')
})

it('has another key where the secret is another', async () => {
  await gate.session(deploymentId, '203.0.113.7')
  const others: string[] = []
  const note = { limit: ({ key }: { readonly key: string }) => Promise.resolve({ success: others.push(key) > 0 }) }
  const limiters = {
    sessions: note,
    lines: note,
    addressLines: note,
    busy: note,
    storm: note,
    messages: note,
    deployment: note,
  }
  await ratelimitFloodGate(limiters, hmacAddressDigest(new Uint8Array(32).fill(8))).session(deploymentId, '203.0.113.7')
  expect(others[0]).not.toBe(keys[0]?.slice('sessions '.length))
})
