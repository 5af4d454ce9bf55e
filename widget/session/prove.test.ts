import { afterEach, expect, it, vi } from 'vitest'
import { bootstrap } from './bootstrap.ts'

const request = { deploymentId: 'd', visitorSecret: 's', conversation: 0 }
const challenge = { token: `a.b.${'c'.repeat(43)}`, bits: 4 }
const session = {
  token: 'a.b.c',
  conversationId: 'room',
  ticket: 'd.e.f',
  expiresAt: new Date(Date.now() + 600_000).toISOString(),
}
const demand = () => Response.json({ code: 'challenge_required', challenge }, { status: 428 })

function door(...answers: readonly (() => Response)[]) {
  const bodies: string[] = []
  vi.stubGlobal('fetch', (_url: string, { body }: { readonly body: string }) => {
    const answer = answers[bodies.push(body) - 1]
    return answer ? Promise.resolve(answer()) : Promise.reject(new Error('asked too often'))
  })
  return bodies
}

afterEach(() => vi.unstubAllGlobals())
const ask = () => bootstrap('https://twin.example', request, new AbortController().signal)

it('brings what the door asks for, by itself, with the same wish', async () => {
  const bodies = door(demand, () => Response.json(session, { status: 201 }))
  expect(await ask()).toMatchObject({ kind: 'session', session: { conversationId: 'room' } })
  expect(JSON.parse(bodies[1] ?? '')).toEqual({
    ...request,
    proof: expect.stringMatching(/^work a\.b\.c{43}\.\d+$/),
  })
})

it('comes again later when a proof was not taken, and does not ask for ever', async () => {
  const bodies = door(demand, demand)
  expect(await ask()).toEqual({ kind: 'failed', retryAfterSeconds: 0 })
  expect(bodies).toHaveLength(2)
})

it.each([
  ['no challenge', {}],
  ['more than anybody can do', { challenge: { ...challenge, bits: 60 } }],
])('comes again later when the door asks for %s', async (_case, problem) => {
  const bodies = door(() => Response.json({ code: 'challenge_required', ...problem }, { status: 428 }))
  expect(await ask()).toMatchObject({ kind: 'failed' })
  expect(bodies).toHaveLength(1)
})
