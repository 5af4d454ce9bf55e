import { describe, expect, it } from 'vitest'
import { NOTHING_SEEN } from '../../../schema/domain/hostname-facts.ts'
import { newId } from '../../../schema/domain/id.ts'
import { ok } from '../../../schema/domain/result.ts'
import { checkHostname } from './check-hostname.ts'
import { describeHostname } from './describe-hostname.ts'
import { ownershipRecord } from './hostname-records.ts'
import type { Judgement } from './judge-hostname.ts'
import type { HostnameClaim, HostnamePorts } from './ports.ts'
import { sweepHostnames } from './sweep-hostnames.ts'

const HOST = 'twin.star.example'
const TARGET = 'in.example'
const claim = (hostname = HOST): HostnameClaim => ({
  id: newId(),
  hostname,
  token: 'a'.repeat(32),
  status: 'PENDING',
  verified: false,
  facts: NOTHING_SEEN,
  failures: 0,
  failingSince: null,
  createdAt: 0,
  edgeId: null,
  edgeIntentAt: null,
  lease: newId(),
})

/** A world in which DNS is as it should be, no edge is there, and what is written is kept. */
function world(claims: readonly HostnameClaim[] = []) {
  const saved: Judgement[] = []
  const ports: HostnamePorts = {
    names: {
      texts: (name) => Promise.resolve(ok(name.endsWith(HOST) ? [ownershipRecord(claim()).value] : [])),
      path: () => Promise.resolve(ok({ aliases: [TARGET], addresses: ['192.0.2.1'] })),
    },
    book: {
      take: () => Promise.resolve(undefined),
      takeDue: () => Promise.resolve(claims),
      hold: () => Promise.resolve(true),
      intend: () => Promise.resolve(),
      keepEdge: () => Promise.resolve(true),
      save: (_claim, judgement) => Promise.resolve(void saved.push(judgement)),
      removeOfArchived: () => Promise.resolve(),
      leftAtEdge: () => Promise.resolve([]),
      edgeCleared: () => Promise.resolve(),
    },
    edge: undefined,
    target: TARGET,
    isOwnMachine: () => false,
  }
  return { ports, saved }
}

const shown = (judgement: Judgement | undefined) =>
  describeHostname(
    {
      hostname: HOST,
      token: 'a'.repeat(32),
      status: judgement?.status ?? 'REMOVED',
      facts: judgement?.facts ?? null,
      failures: 0,
      failingSince: null,
      ownMachine: false,
    },
    TARGET,
  )

describe('without an edge for customers’ names', () => {
  it('a name is proved over DNS alone, and waits for its TLS with words that say whose turn it is', async () => {
    const { ports, saved } = world()
    await checkHostname(ports, claim(), 1)
    expect(saved).toMatchObject([{ status: 'PENDING', verified: true }])
    expect(shown(saved[0])).toMatchObject({
      hostnameStatus: { state: 'ACTIVE' },
      tlsStatus: { state: 'NOT_CONFIGURED', nextStep: expect.stringContaining('CLOUDFLARE_API_TOKEN') },
    })
  })
})

describe('an edge that asks to wait', () => {
  it('is asked no more in this run, and nothing is held against anybody', async () => {
    const { ports, saved } = world([claim(), claim(), claim()])
    let asked = 0
    const wait = () => {
      asked += 1
      return Promise.resolve({ ok: false, failure: { reason: 'unavailable', cause: 'rate_limited' } } as const)
    }
    const edge = { create: wait, find: wait, get: wait, validateAgain: wait, remove: wait }
    const { checked, edgeAway } = await sweepHostnames({ ...ports, edge }, () => 1)
    expect({ asked, checked, edgeAway }).toEqual({ asked: 1, checked: 3, edgeAway: 'rate_limited' })
    expect(saved.every(({ verified, failures }) => verified && failures === 0)).toBe(true)
    expect(shown(saved[0]).tlsStatus.state).toBe('PENDING')
  })
})

describe('one check that fails', () => {
  it('leaves the others alone', async () => {
    const { ports, saved } = world([claim('broken.example'), claim()])
    const texts = (name: string) =>
      name.endsWith('broken.example') ? Promise.reject(new Error('broken')) : ports.names.texts(name)
    const { checked, errors } = await sweepHostnames({ ...ports, names: { ...ports.names, texts } }, () => 1)
    expect({ checked, errors: errors.length, saved: saved.length }).toEqual({ checked: 1, errors: 1, saved: 1 })
  })
})
