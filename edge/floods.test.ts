/** Floods from one address over real HTTP: what they cost the store, and who beside them is served as ever. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
import { newId } from '../schema/domain/id.ts'
import { DEMO_PORT, runEdge } from './testing/running-edge.ts'
import type { RunningEdge } from './testing/running-edge.ts'

const LIMIT = 5
let edge: RunningEdge
beforeAll(async () => {
  edge = await runEdge({ floodLimit: LIMIT })
}, 120_000)
afterAll(() => edge.stop(), 30_000)

const get = (path: string, from: string, more: { readonly host?: string; readonly origin?: string } = {}) =>
  edge.ask({ path, headers: [['CF-Connecting-IP', from]], ...more })
/** Asks until braked; how often it was not. */
async function untilBraked(ask: () => ReturnType<typeof get>): Promise<number> {
  for (let count = 0; count < 20; count += 1) {
    const { status, headers } = await ask()
    if (status !== 429) continue
    expect(headers.get('retry-after')).toBe('60')
    return count
  }
  return Infinity
}

describe('a flood of', () => {
  it('keys, good in form or not, is braked before any is looked at, and nobody elsewhere is', async () => {
    const wrong = () => get('/admin/v1/celebrities', '203.0.113.1')
    expect(await untilBraked(wrong)).toBe(LIMIT)
    const before = edge.transactions()
    await wrong()
    expect(edge.transactions()).toBe(before)
    expect((await get('/admin/v1/celebrities', '203.0.113.2')).status).toBe(401)
  })

  it.each([
    ['ids', () => ({ path: `/v1/embed/${newId()}` })],
    ['hosts', () => ({ path: '/', host: `${newId()}.example` })],
    ['slugs', () => ({ path: `/${newId()}` })],
  ])('%s that are not there ends at the door, while pages beside it are served', async (what, wish) => {
    const from = `203.0.113.${10 + what.length}${what.charCodeAt(0) % 10}`
    const ask = () => {
      const { path, ...more } = wish()
      return get(path, from, more)
    }
    expect(await untilBraked(ask)).toBeLessThan(LIMIT + 5) // counted beside the answer, so a little late
    const before = edge.transactions()
    for (let at = 0; at < 5; at += 1) expect((await ask()).status).toBe(429)
    expect(edge.transactions()).toBe(before)
    const origin = `http://remyvale.localhost:${DEMO_PORT}`
    const page = (address: string) => get(`/v1/embed/${CAST.deployments.remyWidget}`, address, { origin })
    expect((await page('203.0.113.3')).status).toBe(200)
    expect((await page(from)).status).toBe(200) // known here
  })
})
