/**
 * Step 4 without a socket: where a network takes sockets away, the same frames travel as a stream of events and as posted
 * bodies; and, either way, a visitor's wish that all of it be forgotten. A page can read these refusals, so each is a
 * problem.
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { bearer } from '../core/bearer.ts'
import type { RoomDoor } from '../core/ports.ts'
import type { Refusal } from '../core/refusal.ts'
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import { fail } from '../../schema/domain/result.ts'
import type { Result } from '../../schema/domain/result.ts'
import { MAX_FRAME_BYTES } from '../../schema/wire/limits.ts'
import { admitSession } from './admit-session.ts'
import type { SessionDoorPorts } from './admit-session.ts'
import type { EdgeContext } from './edge-context.ts'
import { problem } from './problem.ts'
import { readJsonBytes } from './read-json.ts'

interface LinePorts extends SessionDoorPorts {
  readonly rooms: RoomDoor
}

/** A number the room gave out; what else `after` may say is a mistake worth telling. */
const SEQ = /^\d{1,15}$/

export function lineRoutes({ rooms, ...ports }: LinePorts): Hono<EdgeContext> {
  const admitted = (c: Context<EdgeContext>): Promise<Result<ConnectionClaims, Refusal>> => {
    const token = bearer(c.req.header('authorization'))
    if (token === undefined) return Promise.resolve(fail({ reason: 'session_missing' }))
    const { site } = c.env
    return admitSession(ports, {
      token,
      site,
      origin: c.req.header('origin'),
      conversation: c.req.param('conversation') ?? '',
      from: c.req.header('cf-connecting-ip'),
    })
  }
  return new Hono<EdgeContext>()
    .get('/v1/conversations/:conversation/stream', async (c) => {
      // Hono answers HEAD by a GET whose body it drops: the stream would run on unheard.
      if (c.req.method === 'HEAD') return problem({ reason: 'method_not_allowed', allow: 'GET, OPTIONS' })
      const after = c.req.query('after')
      if (after !== undefined && !SEQ.test(after)) {
        const message = 'must be the last number seen, or left out'
        return problem({ reason: 'request_invalid', errors: [{ field: 'after', message }] })
      }
      const claims = await admitted(c)
      if (!claims.ok) return problem(claims.failure)
      return answer(await rooms.forward(c.req.raw, claims.value, undefined), claims.value)
    })
    .post('/v1/conversations/:conversation/frames', async (c) => {
      const claims = await admitted(c)
      if (!claims.ok) return problem(claims.failure)
      const body = await readJsonBytes(c.req.raw, MAX_FRAME_BYTES)
      if (!body.ok) return problem(body.failure)
      return answer(await rooms.forward(c.req.raw, claims.value, body.value), claims.value)
    })
    .delete('/v1/conversations/:conversation', async (c) => {
      const claims = await admitted(c)
      if (!claims.ok) return problem(claims.failure)
      return answer(await rooms.forward(c.req.raw, claims.value, undefined), claims.value)
    })
}

/** What the room said, for this page's eyes and no cache's. The body flows on as it comes. */
function answer(said: Response, { origin }: ConnectionClaims): Response {
  const headers = new Headers({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'retry-after',
    vary: 'Origin',
    // A proxy that compressed or gathered a stream would hold its words back.
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  for (const name of ['content-type', 'retry-after']) {
    const value = said.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return new Response(said.body, { status: said.status, headers })
}
