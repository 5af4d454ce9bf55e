/** `npm run bench -- load` with a handful of what it does. */
import { expect, it } from 'vitest'
import { load } from './load.ts'

it('measures echoes beside the barest room, and rooms that leave memory while their lines stay', async () => {
  const { load: figures } = await load(['--tiny'])
  expect(figures).toMatchObject({
    live_conversations: 20,
    sockets: 90,
    rooms: 3,
    echo_p99_ms: expect.any(Number),
    bare_echo_p99_ms: expect.any(Number),
    rooms_asleep: 23,
    rooms_asked: 23,
  })
  expect(figures.echo_p99_ms).toBeGreaterThan(0)
  expect(figures.idle_connection_kb).toBeGreaterThan(0)
}, 180_000)

it('takes no word it does not know', async () => {
  await expect(load(['--fast'])).rejects.toThrow('load takes --tiny')
})
