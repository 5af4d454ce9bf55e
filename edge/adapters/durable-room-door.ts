/**
 * Leads whom the doors admitted to the conversation's Durable Object. What the room reads of who is speaking is written
 * here; whatever was sent under those names is dropped first.
 */
import { asciiJson } from '../../schema/domain/ascii-json.ts'
import { CLAIMS_HEADER, NEXT_TICKET_HEADER, PERSON_HEADER } from '../../schema/domain/claims.ts'
import { SUBPROTOCOL } from '../../schema/wire/limits.ts'
import type { Door, PeopleDoor, RoomDoor } from '../core/ports.ts'

/** What of a Durable Object namespace is needed here. */
interface RoomNamespace {
  idFromName(name: string): DurableObjectId
  get(id: DurableObjectId): { fetch(request: Request): Promise<Response> }
}

export function durableRoomDoor(rooms: RoomNamespace): RoomDoor {
  return durableDoor(rooms, CLAIMS_HEADER)
}

/** For whom the admin route has let in; no other route may have it. */
export function durablePeopleDoor(rooms: RoomNamespace): PeopleDoor {
  return durableDoor(rooms, PERSON_HEADER)
}

function durableDoor<Claims extends { readonly conversationId: string }>(
  rooms: RoomNamespace,
  stamp: typeof CLAIMS_HEADER | typeof PERSON_HEADER,
): Door<Claims> {
  const roomOf = ({ conversationId }: Claims) => rooms.get(rooms.idFromName(conversationId))
  return {
    async open(request, claims, next) {
      const headers = headersFor(request, stamp, claims)
      if (next !== undefined) headers.set(NEXT_TICKET_HEADER, next)
      const url = new URL(request.url)
      url.search = '' // partyserver takes a connection's id from `_pk`; the visitor does not choose it
      const answer = await roomOf(claims).fetch(new Request(url, { method: 'GET', headers }))
      if (stamp === PERSON_HEADER && isProblem(answer)) return answer // a program reads it
      // A room that does not take the socket may answer with a stack trace (partyserver): never pass its body on.
      if (answer.status !== 101 || !answer.webSocket)
        throw new Error(`the room answered ${answer.status} to an upgrade`)
      // Without this echo browsers, undici and ws fail the handshake; partyserver does not send it.
      return new Response(null, {
        status: 101,
        webSocket: answer.webSocket,
        headers: { 'sec-websocket-protocol': SUBPROTOCOL },
      })
    },

    async forward(request, claims, body) {
      const url = new URL(request.url)
      const after = url.searchParams.get('after')
      url.search = after === null ? '' : `?after=${encodeURIComponent(after)}`
      const headers = headersFor(request, stamp, claims)
      // Whoever asks for a socket here too would reach the room by another door than the one that judged.
      for (const name of HOP_BY_HOP) headers.delete(name)
      const answer = await roomOf(claims).fetch(
        new Request(url, { method: request.method, headers, ...(body === undefined ? {} : { body }) }),
      )
      if (!isOfTheLine(answer)) {
        await answer.body?.cancel()
        throw new Error(`the room answered ${answer.status} to a ${request.method}`)
      }
      return answer
    },
  }
}

function headersFor(request: Request, stamp: string, claims: { readonly conversationId: string }): Headers {
  const headers = new Headers(request.headers)
  for (const name of request.headers.keys()) {
    // partyserver believes x-partykit-* (name, props); the token must not reach the room or its logs.
    if (CREDENTIALS.has(name) || name.startsWith('x-twin-') || name.startsWith('x-partykit-')) headers.delete(name)
  }
  headers.set(stamp, asciiJson(claims)) // a header is no place for a name in every script
  headers.set('x-partykit-room', claims.conversationId)
  return headers
}

const CREDENTIALS = new Set(['sec-websocket-protocol', 'authorization', 'cookie'])
const HOP_BY_HOP = [
  'upgrade',
  'connection',
  'transfer-encoding',
  'content-length',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
]

function isProblem(answer: Response): boolean {
  return answer.headers.get('content-type') === 'application/problem+json'
}

const LINE_TYPE = /^(?:application\/(?:problem\+)?json|text\/event-stream)\b/

/** As above: what is none of the forms the room speaks may be a stack trace. */
function isOfTheLine(answer: Response): boolean {
  return answer.status === 204 || LINE_TYPE.test(answer.headers.get('content-type') ?? '')
}
