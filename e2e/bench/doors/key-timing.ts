/**
 * Does a wrong key take longer the more of it is right? Keys that share all, half or nothing with a real one are shown to the
 * Worker in a shuffled order, and Welch's t tells whether the times of two kinds differ by more than chance.
 */
import { newApiKey, withCheck } from '../../../edge/core/admin/api-key.ts'
import { platformTenantId } from '../../../schema/domain/platform-tenant.ts'
import type { DoorsSuite } from './doors-suite.ts'
import type { DoorsWorld } from './doors-world.ts'

/** dudect's bound: beyond it, two samples are not of one kind. */
const LIMIT = 4.5
/** The slower half of each kind is the machine's own doing, and would hide what the code does. */
const KEPT = 0.5
/** Each address is asked from so often that none is locked out. */
const SHOWN_AT_EACH = 2

type Kind = 'prefix' | 'all-but-one' | 'nothing' | 'root-first' | 'root-last'
const PAIRS: readonly (readonly [Kind, Kind])[] = [
  ['prefix', 'nothing'],
  ['all-but-one', 'nothing'],
  ['all-but-one', 'prefix'],
  ['root-first', 'root-last'],
]

export const keyTiming: DoorsSuite = {
  name: 'key-timing',
  run: async (world, amount) => {
    const keys = await wrongKeys(world)
    const times = new Map<Kind, number[]>()
    for (let address = 0; address < (amount === 'full' ? 250 : 50); address += 1) {
      const from = `172.${world.chance.between(16, 31)}.${world.chance.between(0, 255)}.${address}`
      for (const kind of shuffled(world, keys)) {
        const key = await keys.get(kind)?.()
        const began = performance.now()
        const { status } = await world.ask({
          path: '/admin/v1/celebrities',
          headers: [
            ['Authorization', `Bearer ${key}`],
            ['CF-Connecting-IP', from],
          ],
        })
        const took = performance.now() - began
        if (status !== 401) return { figures: {}, wrong: [`${kind}: ${status}`] }
        times.set(kind, [...(times.get(kind) ?? []), took])
      }
    }
    const ts = PAIRS.map(([one, other]) => ({ one, other, t: welch(of(times, one), of(times, other)) }))
    for (const { one, other, t } of ts) console.log(`key timing, ${one} against ${other}: t = ${t.toFixed(2)}`)
    const wrong = ts
      .filter(({ t }) => Math.abs(t) >= LIMIT)
      .map(({ one, other, t }) => `${one} is told from ${other}: t = ${t.toFixed(2)}`)
    const worst = Math.max(...ts.map(({ t }) => Math.abs(t)))
    return {
      figures: { key_timings: [...times.values()].flat().length, key_timing_worst_t: Number(worst.toFixed(2)) },
      wrong,
    }
  },
  plants: [
    {
      name: 'a prefix that nobody has is refused sooner',
      changes: [
        {
          file: 'edge/adapters/neon-admin-gate.ts',
          find: 'const record = await unlessAway(() => resolveApiKey(database, hexOf(digest)))',
          replace: `const [[named]] = await askForPlatform(
        database,
        database.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.prefix, prefix)),
      )
      const record = named && (await unlessAway(() => resolveApiKey(database, hexOf(digest))))`,
        },
      ],
    },
  ],
}

async function wrongKeys(world: DoorsWorld): Promise<ReadonlyMap<Kind, () => Promise<string>>> {
  const body = { name: 'timed', tenantId: platformTenantId(), role: 'VIEWER', scopes: ['read'] }
  const { body: made } = await world.admin('POST', '/keys', body)
  const secret = String(made['secret'])
  const other = (character: string): string => (character === 'a' ? 'b' : 'a')
  const root = world.edge.adminKey
  return new Map<Kind, () => Promise<string>>([
    ['prefix', async () => withCheck(`${secret.slice(0, 18)}${(await newApiKey('live')).key.slice(18, 50)}`)],
    ['all-but-one', () => withCheck(`${secret.slice(0, 49)}${other(secret.slice(49, 50))}`)],
    ['nothing', async () => (await newApiKey('live')).key],
    ['root-first', async () => `${other(root.slice(0, 1))}${root.slice(1)}`],
    ['root-last', async () => `${root.slice(0, -1)}${other(root.slice(-1))}`],
  ])
}

/** Every kind so often, in an order that no kind has a place in. */
function shuffled(world: DoorsWorld, keys: ReadonlyMap<Kind, unknown>): Kind[] {
  const order = Array.from({ length: SHOWN_AT_EACH }, () => [...keys.keys()]).flat()
  return order
    .map((kind) => ({ kind, place: world.chance.next() }))
    .toSorted((one, next) => one.place - next.place)
    .map(({ kind }) => kind)
}

function of(times: ReadonlyMap<Kind, readonly number[]>, kind: Kind): readonly number[] {
  const sorted = (times.get(kind) ?? []).toSorted((one, other) => one - other)
  return sorted.slice(0, Math.floor(sorted.length * KEPT))
}

/** Welch's t of two samples whose variances may differ. */
function welch(one: readonly number[], other: readonly number[]): number {
  const [first, second] = [momentsOf(one), momentsOf(other)]
  return (first.mean - second.mean) / Math.sqrt(first.variance / one.length + second.variance / other.length)
}

function momentsOf(sample: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length
  const variance = sample.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (sample.length - 1)
  return { mean, variance }
}
