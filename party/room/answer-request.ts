/**
 * The room over HTTP, for visitors whose network blocks sockets, and for deleting a conversation: `GET …/stream?after=`,
 * `POST …/frames`, `DELETE …`. Whoever asks has been admitted, as the room's owner or as one of the celebrity's side; the same frames go over every line.
 */
import type { LineHolder } from '../core/line-holder.ts'
import { sessionEnding, sessionEndsAt } from '../core/session-end.ts'
import { join, lookAgain, wake, welcomeTo } from './answer-frame.ts'
import { answerPosted } from './answer-line.ts'
import type { Listener, Speaker } from './connections.ts'
import { DELETED } from './endings.ts'
import { openEventStream } from './event-stream.ts'
import type { Room } from './open-room.ts'
import { endingResponse, problemResponse } from './problem-response.ts'
import { readPostedFrames } from './read-posted-frames.ts'

/** Answers a request of whoever was admitted. */
export async function answerRequest(room: Room, holder: LineHolder, request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  const route = `${request.method} ${/\/(stream|frames)$/.exec(pathname)?.[1] ?? 'conversation'}`
  switch (route) {
    case 'GET stream':
      return openStream(room, holder, searchParams.get('after'))
    case 'POST frames':
      return takeFrames(room, holder, request)
    case 'DELETE conversation':
      if (holder.role === 'person') return notHere() // it is the visitor's to delete
      room.erase()
      return new Response(null, { status: 204 })
    default:
      return notHere()
  }
}

function notHere(): Response {
  return problemResponse({ status: 405, code: 'method_not_allowed', title: 'This cannot be done here' })
}

function openStream(room: Room, holder: LineHolder, asked: string | null): Response {
  const after = asked === null ? null : /^\d{1,15}$/.test(asked) ? Number(asked) : undefined
  if (after === undefined) {
    const detail = '`after` is the last number seen; without it the stream begins with a snapshot.'
    return problemResponse({ status: 400, code: 'request_invalid', title: 'The request cannot be read', detail })
  }
  const { connections, journal } = room
  const { listener, body } = openEventStream({
    holder,
    opening: (line) => JSON.stringify(welcomeTo(room, line, { after })),
    after: after !== null && after <= journal.lastSeq ? after : journal.lastSeq,
    missed: (seq) => journal.replayAfter(seq),
    live: (line) => join(room, line),
    gone(line) {
      clearTimeout(expiry)
      room.presence.leave(line)
      room.attendance.look()
    },
  })
  // a socket is told at its next frame; a stream sends none
  const expiry = setTimeout(() => endOver(room, listener), sessionEndsAt(holder.claims) - room.now())
  connections.add(listener)
  if (holder.role === 'visitor') room.attendance.opened()
  wake(room)
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store, no-transform' },
  })
}

function endOver({ connections, journal, runner, attendance, now }: Room, line: Listener): void {
  const ending = sessionEnding(line.holder.claims, Math.max(now(), sessionEndsAt(line.holder.claims))) // a timer may be early
  if (ending?.code === 'campaign_ended' && runner.isRunning()) attendance.over()
  else if (ending) connections.end(line, ending, journal.lastSeq)
}

/** Control frames are the answer; conversation frames travel on whatever lines are open. */
async function takeFrames(room: Room, holder: LineHolder, request: Request): Promise<Response> {
  const posted = await readPostedFrames(request)
  if (!posted.ok) return problemResponse(posted.failure)
  if (room.conversation.isErased()) return endingResponse(DELETED) // while the body came in
  const answers: string[] = []
  const speaker: Speaker = {
    id: `posted by a ${holder.role}`,
    holder,
    send: (frame) => answers.push(frame) > 0,
    confirm: () => false,
  }
  // the answer to what is posted is this one, and none comes later
  if (holder.role === 'visitor') await lookAgain(room, speaker)
  if (room.conversation.isErased()) return endingResponse(DELETED)
  for (const one of posted.value) answerPosted(room, speaker, one)
  return new Response(`{"frames":[${answers.join(',')}]}`, {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
}
