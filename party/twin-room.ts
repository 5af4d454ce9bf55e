/**
 * Step 4: one Durable Object a conversation. The shell owns sockets, order and the alarm, and decides nothing. Knows no
 * vendor: `edge/worker.ts` composes the ports.
 *
 * Nothing escapes a callback: partyserver sends the visitor a stack trace from `onStart`, `onConnect` and `onRequest`, and
 * loses a rejection from `onMessage`.
 */
import { Server, type ConnectionContext, type WSMessage } from 'partyserver'
import { NEXT_TICKET_HEADER, PERSON_HEADER } from '../schema/domain/claims.ts'
import { errorFields, writeLog } from '../schema/domain/log-line.ts'
import { fail, ok, type Result } from '../schema/domain/result.ts'
import type { RoomCalls, Standing } from '../schema/domain/standing.ts'
import type { ErrorFrame } from '../schema/wire/frames.ts'
import { PING, PONG } from '../schema/wire/limits.ts'
import { readLineHolder, type LineHolder } from './core/line-holder.ts'
import type { RoomPorts } from './core/ports.ts'
import { sessionEnding, type Ending } from './core/session-end.ts'
import { answerLastFrames, answerSocket } from './room/answer-line.ts'
import { answerRequest } from './room/answer-request.ts'
import { roomConnections } from './room/connections.ts'
import { AWAY, BROKEN, DELETED, NOT_FOUND, NOT_YOURS, REVOKED, TOO_MANY, USED } from './room/endings.ts'
import { openRoom, type Room } from './room/open-room.ts'
import { endingResponse } from './room/problem-response.ts'
import {
  openedSocket,
  socketListener,
  type LineHost,
  type SocketState,
  type TwinConnection,
} from './room/socket-listener.ts'

/** RFC 6455 section 7.4.1: the usual end, and an end that named no code. */
const CLOSE_NORMAL = 1000
const CLOSE_WITHOUT_CODE = 1005

interface Admitted {
  readonly room: Room
  readonly holder: LineHolder
}

/** The room of a conversation; the Worker's class adds the ports. */
export abstract class TwinRoomShell<Env extends Cloudflare.Env = Cloudflare.Env>
  extends Server<Env>
  implements RoomCalls
{
  static override options = { hibernate: true }

  #room: Room | undefined
  readonly #host: LineHost = {
    now: () => this.#room?.now() ?? Date.now(),
    asked: () => this.#room?.watchLines(),
    pingedAt: (connection) => this.ctx.getWebSocketAutoResponseTimestamp(connection)?.getTime() ?? null,
  }

  /** Called once a wake, before anything else; a throw here refuses visitors with `service_unavailable`. */
  protected abstract composePorts(): RoomPorts

  override async fetch(request: Request): Promise<Response> {
    // partyserver takes a socket's id from the URL and props from a header: neither is a visitor's to choose
    const url = new URL(request.url)
    url.searchParams.delete('_pk')
    const inner = new Request(url, request)
    inner.headers.delete('x-partykit-props')
    if (!isUpgrade(inner)) return super.fetch(inner)
    const admitted = this.#admit(inner, 'line')
    if (admitted.ok) return super.fetch(inner)
    // a visitor whom the room does not know gets a socket that says why and ends (a hibernating one would never finish
    // closing), since browsers cannot read a refused upgrade; the programs of people can
    return inner.headers.has(PERSON_HEADER) ? endingResponse(admitted.failure) : farewell(admitted.failure)
  }

  override onStart(): void {
    this.#wake()
  }

  override onConnect(connection: TwinConnection, { request }: ConnectionContext): void {
    this.#guard(connection, (room) => {
      const holder = readLineHolder(request.headers)
      if (!holder) return this.#end(connection, NOT_YOURS)
      connection.setState(openedSocket(holder, room.now()))
      const listener = socketListener(connection, this.#host)
      if (listener) room.connections.add(listener)
      const ticket = request.headers.get(NEXT_TICKET_HEADER)
      if (ticket !== null) connection.send(ticket) // no frame: see schema/wire/session.ts
      if (holder.role === 'visitor') room.attendance.opened()
      const known = room.owner.read()
      if (known) room.contexts.current(known.owner).catch((error: unknown) => this.#report(error)) // while the visitor types
    })
  }

  override onMessage(connection: TwinConnection, raw: WSMessage): void {
    this.#guard(connection, (room) => {
      const listener = socketListener(connection, this.#host)
      if (!listener) return this.#end(connection, NOT_YOURS)
      listener.heard()
      if (raw === PING) return void listener.send(PONG)
      const now = room.now()
      const ending = room.conversation.isErased() ? DELETED : sessionEnding(listener.holder.claims, now)
      if (ending?.code === 'campaign_ended' && room.runner.isRunning()) {
        room.attendance.over()
        return answerLastFrames(room, listener, raw)
      }
      if (ending) return room.connections.end(listener, ending, room.journal.lastSeq)
      answerSocket(room, listener, raw)
    })
  }

  override onClose(connection: TwinConnection, code: number): void {
    this.#leave(connection)
    // partyserver leaves a close without a code unanswered, and the visitor's socket in CLOSING
    if (code === CLOSE_WITHOUT_CODE) connection.close(CLOSE_NORMAL)
  }

  override onError(connection: TwinConnection): void {
    this.#leave(connection)
  }

  override async onRequest(request: Request): Promise<Response> {
    try {
      const admitted = this.#admit(request, request.method === 'GET' ? 'line' : 'request')
      if (!admitted.ok) return endingResponse(admitted.failure)
      return await answerRequest(admitted.value.room, admitted.value.holder, request)
    } catch (error) {
      this.#report(error)
      return endingResponse(BROKEN)
    }
  }

  /** The deployment's hub says how things stand. False: no visitor's line is left, and there is nobody to tell. */
  async hearStanding(standing: Standing): Promise<boolean> {
    const room = this.#wake()
    if (!room) throw new Error('The room could not wake.') // and is told again
    return room.attendance.hear(standing)
  }

  /** A right of somebody's of the celebrity's side has ended: the lines that were had by it do too. */
  async hearPersonGone(personId: string): Promise<void> {
    const room = this.#wake()
    if (!room) throw new Error('The room could not wake.') // and is told again
    for (const line of room.connections.lines('person')) {
      const { role, claims } = line.holder
      if (role === 'person' && claims.personId === personId) room.connections.end(line, REVOKED, room.journal.lastSeq)
    }
  }

  override async onAlarm(): Promise<void> {
    try {
      await this.#room?.doDuties()
    } catch (error) {
      this.#report(error)
    }
  }

  /** Everything a wake needs, once; synchronous, so that the door may ask before partyserver has started. */
  #wake(): Room | undefined {
    if (this.#room) return this.#room
    try {
      this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG)) // idle rooms sleep on
      const sockets = Array.from(this.getConnections<SocketState>())
      this.#room = openRoom({
        ports: this.composePorts(),
        storage: this.ctx.storage,
        alarm: this.ctx.storage,
        connections: roomConnections(sockets.flatMap((socket) => socketListener(socket, this.#host) ?? [])),
        report: (error) => this.#report(error),
      })
    } catch (error) {
      this.#report(error)
    }
    return this.#room
  }

  /**
   * Who asks is the owner, or one whom the admin door let in, in a session that lasts, of a conversation that still is, and
   * has a line left.
   */
  #admit(request: Request, wish: 'line' | 'request'): Result<Admitted, Ending> {
    try {
      const room = this.#wake()
      if (!room) return fail(AWAY)
      const holder = readLineHolder(request.headers)
      const now = room.now()
      if (holder?.claims.conversationId !== this.name) return fail(NOT_YOURS)
      if (holder.role === 'person' && !room.owner.read()) return fail(NOT_FOUND) // a person begins no conversation
      const isKnown = holder.role === 'person' || room.owner.admit(holder.claims, new Date(now).toISOString())
      if (!isKnown) return fail(NOT_YOURS)
      const isErased = room.conversation.isErased() && request.method !== 'DELETE' // deleting twice is deleting
      const ending = isErased
        ? DELETED
        : (room.attendance.ending(holder) ?? (isUpgrade(request) ? undefined : sessionEnding(holder.claims, now)))
      if (ending) return fail(ending)
      if (wish === 'line' && !room.connections.hasPlace(holder.role, room.limits.maxLines, now)) return fail(TOO_MANY)
      const { claims } = holder
      if (wish === 'line' && 'ticket' in claims && claims.ticket !== null) {
        if (!room.tickets.take(claims.ticket, claims.expiresAt * 1000, now)) return fail(USED)
      }
      return ok({ room, holder })
    } catch (error) {
      this.#report(error)
      return fail(BROKEN)
    }
  }

  #guard(connection: TwinConnection, act: (room: Room) => void): void {
    try {
      if (this.#room) act(this.#room)
      else this.#end(connection, AWAY)
    } catch (error) {
      this.#report(error)
      this.#send(connection, BROKEN)
    }
  }

  #end(connection: TwinConnection, ending: Ending): void {
    this.#send(connection, ending)
    this.#leave(connection)
    connection.close(ending.closeCode, ending.code)
  }

  #send(connection: TwinConnection, { code, detail }: Ending): void {
    const frame: ErrorFrame = { type: 'error', seq: this.#room?.journal.lastSeq ?? 0, code, detail }
    try {
      connection.send(JSON.stringify(frame))
    } catch {
      // gone already
    }
  }

  #leave(connection: TwinConnection): void {
    const listener = socketListener(connection, this.#host)
    if (!listener) return
    this.#room?.presence.leave(listener)
    this.#room?.attendance.look()
  }

  #report(error: unknown): void {
    writeLog('error', 'room_error', { room: this.ctx.id.toString(), ...errorFields(error) })
  }
}

function isUpgrade(request: Request): boolean {
  return request.headers.get('upgrade')?.toLowerCase() === 'websocket'
}

function farewell({ closeCode, code, detail }: Ending): Response {
  const { 0: visitor, 1: server } = new WebSocketPair()
  server.accept()
  server.send(JSON.stringify({ type: 'error', seq: 0, code, detail } satisfies ErrorFrame))
  server.close(closeCode, code)
  return new Response(null, { status: 101, webSocket: visitor })
}
