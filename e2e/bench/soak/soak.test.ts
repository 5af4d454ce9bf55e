/** `npm run bench -- soak` with a handful of lives and a moment of time. */
import { expect, it } from 'vitest'
import { soak } from './soak.ts'

it('lets conversations live, loses nothing, and says how memory went', async () => {
  const { soak: figures } = await soak(['--tiny', '--built', '--seed', 'tests'])
  expect(figures).toMatchObject({ lost: 0, doubled: 0, reordered: 0, seed: 'tests', flat: null })
  expect(figures.conversations).toBeGreaterThanOrEqual(6)
  expect(figures.messages).toBeGreaterThan(10)
  expect(figures.rss_end_mb).toBeGreaterThan(10)
  expect(figures.slope_mb_per_hour).toBeTypeOf('number')
}, 180_000)

it('takes no word it does not know', async () => {
  await expect(soak(['--minutes', 'many'])).rejects.toThrow('soak takes --minutes')
})
