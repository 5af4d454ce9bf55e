/**
 * Leads an admitted socket to its Durable Object. What the room reads of who is speaking is written here; whatever the
 * visitor sent under those names is dropped first.
 */
import { CLAIMS_HEADER } from '../../schema/domain/claims.ts'
import { SUBPROTOCOL } from '../../schema/wire/limits.ts'
import type { RoomDoor } from '../core/ports.ts'

/** What of a Durable Object namespace is needed here. */
interface RoomNamespace {
  idFromName(name: string): DurableObjectId
  get(id: DurableObjectId): { fetch(request: Request): Promise<Response> }
}

export function durableRoomDoor(rooms: RoomNamespace): RoomDoor {
  return {
    async open(request, claims) {
      const headers = new Headers(request.headers)
      for (const name of request.headers.keys()) {
        // partyserver believes x-partykit-* (name, props); the token must not reach the room or its logs.
        if (name === 'sec-websocket-protocol' || name.startsWith('x-twin-') || name.startsWith('x-partykit-'))
          headers.delete(name)
      }
      headers.set(CLAIMS_HEADER, JSON.stringify(claims))
      headers.set('x-partykit-room', claims.conversationId)
      const url = new URL(request.url)
      url.search = '' // partyserver takes a connection's id from `_pk`; the visitor does not choose it
      const room = rooms.get(rooms.idFromName(claims.conversationId))
      const answer = await room.fetch(new Request(url, { method: 'GET', headers }))
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
  }
}
