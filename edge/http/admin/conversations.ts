/**
 * Conversations, for people of the celebrity's side: which there are, and a line into each. The frames are those of the
 * socket (`schema/wire/frames.ts`); who speaks is written by this route, and what may be done is decided in the room.
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { readPlace, writePlace } from '../../core/admin/conversation-place.ts'
import { personIdOf } from '../../core/admin/actor.ts'
import type { Actor } from '../../core/admin/actor.ts'
import type { ConversationPlace, ConversationStore, PeopleLines } from '../../core/admin/ports.ts'
import type { Clock, PeopleDoor } from '../../core/ports.ts'
import type { FieldError, Refusal } from '../../core/refusal.ts'
import type { PersonClaims } from '../../../schema/domain/claims.ts'
import { parseId, type Id } from '../../../schema/domain/id.ts'
import { fail, ok, type Result } from '../../../schema/domain/result.ts'
import {
  MAX_FRAME_BYTES,
  MAX_PERSON_NAME_CHARS,
  MAX_SESSION_SECONDS,
  SUBPROTOCOL,
} from '../../../schema/wire/limits.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { readJsonBytes } from '../read-json.ts'

interface ConversationPorts {
  readonly actor: Actor
  readonly conversations: ConversationStore
  readonly people: PeopleDoor
  readonly lines: PeopleLines
  readonly clock: Clock
}

const MAX_PAGE = 50
/**
 * A line ends then, and whoever still has a key opens another: a key that was changed opens nothing for longer. A stream
 * ends as soon as a visitor's, since it keeps its room awake.
 */
const LINE_SECONDS = 3_600
const SEQ = /^\d{1,15}$/
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u

export function conversationRoutes({
  actor,
  conversations,
  people,
  lines,
  clock,
}: ConversationPorts): Hono<EdgeContext> {
  const claimsOf = async (c: Context<EdgeContext>, seconds: number): Promise<Result<PersonClaims, Refusal>> => {
    const conversationId = parseId<'conversation'>(c.req.param('id'))
    if (!conversationId) return fail({ reason: 'not_found' })
    // a room does not know whose key this is: whether it is the tenant's, the archive says
    if (actor.tenantKind !== 'PLATFORM' && !(await conversations.find(conversationId)))
      return fail({ reason: 'not_found' })
    const name = c.req.query('name')?.trim() ?? ''
    if (name === '' || name.length > MAX_PERSON_NAME_CHARS || UNPRINTABLE.test(name)) {
      return invalid('name', `must be what visitors are to see, 1 to ${MAX_PERSON_NAME_CHARS} characters`)
    }
    const personId = personIdOf(actor)
    // no line outlives the key that opened it
    const expiresAt = Math.floor(Math.min(clock() + seconds * 1000, actor.endsAt ?? Infinity) / 1000)
    // the root key does not end, but by another configuration
    if (actor.keyId !== null) await lines.enter(personId, conversationId, expiresAt * 1000)
    return ok({ conversationId, personId, name, expiresAt })
  }

  return new Hono<EdgeContext>()
    .get('/conversations', async (c) => {
      const wish = listWish(c.req.query())
      if (!wish.ok) return problem(wish.failure)
      const { deploymentId, before, limit } = wish.value
      const found = await conversations.list(deploymentId, { before, limit: limit + 1 })
      const items = found.slice(0, limit)
      const last = found.length > limit ? items.at(-1) : undefined
      return Response.json({ items, next: last ? writePlace(last) : null }, { headers: QUIET })
    })
    .get('/conversations/:id/line', async (c) => {
      const { upgrade, 'sec-websocket-protocol': offer = '' } = c.req.header()
      if (upgrade?.toLowerCase() !== 'websocket') return problem({ reason: 'upgrade_required' })
      const offered = offer.split(',').map((name) => name.trim())
      if (!offered.includes(SUBPROTOCOL)) return problem({ reason: 'subprotocol_missing' })
      const claims = await claimsOf(c, LINE_SECONDS)
      return claims.ok ? people.open(c.req.raw, claims.value) : problem(claims.failure)
    })
    .get('/conversations/:id/stream', async (c) => {
      if (c.req.method === 'HEAD') return problem({ reason: 'method_not_allowed', allow: 'GET' }) // it would run on unheard
      const after = c.req.query('after')
      if (after !== undefined && !SEQ.test(after)) {
        return problem(invalid('after', 'must be the last number seen, or left out').failure)
      }
      const claims = await claimsOf(c, MAX_SESSION_SECONDS)
      return claims.ok ? answer(await people.forward(c.req.raw, claims.value, undefined)) : problem(claims.failure)
    })
    .post('/conversations/:id/frames', async (c) => {
      const claims = await claimsOf(c, MAX_SESSION_SECONDS)
      if (!claims.ok) return problem(claims.failure)
      const body = await readJsonBytes(c.req.raw, MAX_FRAME_BYTES)
      return body.ok ? answer(await people.forward(c.req.raw, claims.value, body.value)) : problem(body.failure)
    })
}

const QUIET = {
  // A proxy that compressed or gathered a stream would hold its words back.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
}

/** What the room said. The body flows on as it comes. */
function answer(said: Response): Response {
  const headers = new Headers(QUIET)
  for (const name of ['content-type', 'retry-after']) {
    const value = said.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return new Response(said.body, { status: said.status, headers })
}

interface ListWish {
  readonly deploymentId: Id<'deployment'>
  readonly before: ConversationPlace | undefined
  readonly limit: number
}

function listWish(query: Readonly<Record<string, string>>): Result<ListWish, Refusal> {
  const errors: FieldError[] = []
  const deploymentId = parseId<'deployment'>(query['deploymentId'])
  if (!deploymentId) errors.push({ field: 'deploymentId', message: 'must be the id of a deployment' })
  const before = query['before'] === undefined ? undefined : readPlace(query['before'])
  if (query['before'] !== undefined && !before) {
    errors.push({ field: 'before', message: 'must be the `next` of the page before' })
  }
  const limit = /^\d{1,3}$/.test(query['limit'] ?? String(MAX_PAGE)) ? Number(query['limit'] ?? MAX_PAGE) : 0
  if (limit < 1 || limit > MAX_PAGE) {
    errors.push({ field: 'limit', message: `must be a whole number from 1 to ${MAX_PAGE}` })
  }
  if (!deploymentId || errors.length > 0) return fail({ reason: 'request_invalid', errors })
  return ok({ deploymentId, before, limit })
}

function invalid(field: string, message: string): { readonly ok: false; readonly failure: Refusal } {
  return fail({ reason: 'request_invalid', errors: [{ field, message }] })
}
