import { expect, it } from 'vitest'
import { admission } from './admission.ts'

it('a warm door asks the database nothing', async () => {
  const { admission: figures } = await admission(['--tiny'])
  expect(figures.queries_when_warm).toBe(0)
  expect(figures.requests).toBeGreaterThan(10)
  expect(figures.p50_ms).toBeLessThanOrEqual(figures.p99_ms)
})
