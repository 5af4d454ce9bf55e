/** A write is visible everywhere within five seconds: two Workers of two places, each with its own memories, one database. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
import { DEMO_PORT, runEdge } from './testing/running-edge.ts'
import type { OtherWorker, RunningEdge } from './testing/running-edge.ts'

const REMY = `http://remyvale.localhost:${DEMO_PORT}`
const { remyWidget } = CAST.deployments
const EVERYWHERE_WITHIN_MS = 5_000

let here: RunningEdge
let there: OtherWorker
beforeAll(async () => {
  here = await runEdge()
  there = await here.startAnother()
}, 120_000)
afterAll(async () => {
  await there?.stop()
  await here?.stop()
}, 30_000)

const greetingAt = async (place: Pick<OtherWorker, 'ask'>): Promise<unknown> => {
  const { status, body } = await place.ask({ path: `/v1/embed/${remyWidget}`, origin: REMY })
  return status === 200 ? JSON.parse(body).greeting : status
}
const write = (patch: object) =>
  here.ask({
    method: 'PATCH',
    path: `/admin/v1/deployments/${remyWidget}`,
    headers: [
      ['Authorization', `Bearer ${here.adminKey}`],
      ['Content-Type', 'application/json'],
    ],
    body: JSON.stringify(patch),
  })
/** How long another place goes on saying something else. */
async function felt(expected: unknown): Promise<number> {
  const began = performance.now()
  while ((await greetingAt(there)) !== expected) expect(performance.now() - began).toBeLessThan(30_000)
  return performance.now() - began
}

it.each([
  ['a change of words', { greeting: 'Hello from the other side.' }, 'Hello from the other side.'],
  ['a pause', { status: 'INACTIVE' }, 404],
])('%s is seen here with the next request, and there in time', async (_case, patch, expected) => {
  await greetingAt(there)
  expect((await write(patch)).status).toBe(200)
  expect(await greetingAt(here)).toBe(expected)
  expect(await felt(expected)).toBeLessThan(EVERYWHERE_WITHIN_MS)
})

it('costs a door that is warm no question to the database', async () => {
  await write({ status: 'ACTIVE' })
  await greetingAt(here)
  const before = here.transactions()
  for (let count = 0; count < 50; count += 1) await greetingAt(here)
  expect(here.transactions()).toBe(before)
})
