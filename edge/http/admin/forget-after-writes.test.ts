/** What the doors remember, after a write that failed halfway. */
import { Hono } from 'hono'
import { describe, expect, it, vi } from 'vitest'
import type { EdgeContext } from '../edge-context.ts'
import { forgetAfterWrites } from './forget-after-writes.ts'

function routes(forget: () => void): Hono<EdgeContext> {
  const app = new Hono<EdgeContext>()
  app.onError((error) => {
    throw error // as the admin's routes do
  })
  return app
    .use('*', forgetAfterWrites(forget))
    .get('/thing', (c) => c.text('seen'))
    .patch('/thing', (c) => c.text('written'))
    .delete('/thing', () => {
      throw new Error('written, and then the hubs were away')
    })
}

describe('what the doors remember', () => {
  it.each([
    ['GET', 0],
    ['HEAD', 0],
    ['PATCH', 1],
  ])('after %s is forgotten %i times', async (method, times) => {
    const forget = vi.fn()
    await routes(forget).request('/thing', { method })
    expect(forget).toHaveBeenCalledTimes(times)
  })

  it('is forgotten after a write whose handler throws, too', async () => {
    const forget = vi.fn()
    await expect(routes(forget).request('/thing', { method: 'DELETE' })).rejects.toThrow('hubs were away')
    expect(forget).toHaveBeenCalledTimes(1)
  })
})
