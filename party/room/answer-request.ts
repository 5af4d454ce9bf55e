/**
 * The room over HTTP, for visitors whose network blocks sockets, and for deleting a conversation: `GET …/stream?after=`,
 * `POST …/frames`, `DELETE …`. Whoever asks has been admitted as the room's owner; the same frames go over every line.
 */
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import { readClientFrame } from '../core/parse-client-frame.ts'
import { sessionEnding, sessionEndsAt } from '../core/session-end.ts'
import { answerFrame, wake, welcomeTo } from './answer-frame.ts'
import type { Listener, Speaker } from './connections.ts'
import { DELETED } from './endings.ts'
import { openEventStream } from './event-stream.ts'
import type { Room } from './open-room.ts'
import { endingResponse, problemResponse } from './problem-response.ts'
import { readPostedFrames } from './read-posted-frames.ts'

/** Answers a request of the room's owner. */
export async function answerRequest(room: Room, claims: ConnectionClaims, request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  const route = `${request.method} ${/\/(stream|frames)$/.exec(pathname)?.[1] ?? 'conversation'}`
  switch (route) {
    case 'GET stream':
      return openStream(room, claims, searchParams.get('after'))
    case 'POST frames':
      return takeFrames(room, request)
    case 'DELETE conversation':
      room.erase()
      return new Response(null, { status: 204 })
    default:
      return problemResponse({ status: 405, code: 'method_not_allowed', title: 'This cannot be done here' })
  }
}

function openStream(room: Room, claims: ConnectionClaims, asked: string | null): Response {
  const after = asked === null ? null : /^\d{1,15}$/.test(asked) ? Number(asked) : undefined
  if (after === undefined) {
    const detail = '`after` is the last number seen; without it the stream begins with a snapshot.'
    return problemResponse({ status: 400, code: 'request_invalid', title: 'The request cannot be read', detail })
  }
  const { connections, journal } = room
  const { listener, body } = openEventStream({
    claims,
    opening: (line) => JSON.stringify(welcomeTo(room, line, { after })),
    after: after !== null && after <= journal.lastSeq ? after : journal.lastSeq,
    missed: (seq) => journal.replayAfter(seq),
    live: (line) => connections.greet(line),
    gone(line) {
      clearTimeout(expiry)
      connections.forget(line)
    },
  })
  // a socket is told at its next frame; a stream sends none
  const expiry = setTimeout(() => endOver(room, listener), sessionEndsAt(claims) - room.now())
  connections.add(listener)
  wake(room)
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store, no-transform' },
  })
}

function endOver({ connections, journal, now }: Room, line: Listener): void {
  const ending = sessionEnding(line.claims, Math.max(now(), sessionEndsAt(line.claims))) // a timer may be early
  if (ending) connections.end(line, ending, journal.lastSeq)
}

/** Control frames are the answer; conversation frames travel on whatever lines are open. */
async function takeFrames(room: Room, request: Request): Promise<Response> {
  const posted = await readPostedFrames(request)
  if (!posted.ok) return problemResponse(posted.failure)
  if (room.conversation.isErased()) return endingResponse(DELETED) // while the body came in
  const answers: string[] = []
  const speaker: Speaker = { id: 'posted', send: (frame) => answers.push(frame) > 0, confirm: () => false }
  for (const one of posted.value) answerPosted(room, speaker, one)
  return new Response(`{"frames":[${answers.join(',')}]}`, {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
}

function answerPosted(room: Room, speaker: Speaker, one: unknown): void {
  const { connections, journal } = room
  const seq = journal.lastSeq
  const retryAfterSeconds = connections.frameWaitSeconds(speaker, room.now())
  if (retryAfterSeconds > 0) {
    return connections.sendError(speaker, {
      seq,
      code: 'rate_limited',
      detail: 'Too many frames at once.',
      retryAfterSeconds,
    })
  }
  const parsed = readClientFrame(one)
  if (!parsed.ok) return connections.sendError(speaker, { seq, ...parsed.failure })
  answerFrame(room, speaker, parsed.value)
}
