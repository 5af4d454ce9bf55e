/**
 * Step 4: one Durable Object a conversation. The shell owns sockets, order and the alarm, and decides nothing. Knows no
 * vendor: `edge/worker.ts` composes the ports.
 *
 * Nothing escapes a callback: partyserver sends the visitor a stack trace from `onStart` and `onConnect`, and loses a
 * rejection from `onMessage`.
 */
import { Server, type ConnectionContext, type WSMessage } from 'partyserver'
import { CLAIMS_HEADER, type ConnectionClaims } from '../schema/domain/claims.ts'
import type { ErrorFrame } from '../schema/wire/frames.ts'
import { PING, PONG } from '../schema/wire/limits.ts'
import { CLOSE_CAMPAIGN_ENDED, CLOSE_REFUSED, CLOSE_SESSION_EXPIRED, CLOSE_TOO_MANY } from '../schema/wire/problem.ts'
import { parseClientFrame } from './core/parse-client-frame.ts'
import { parseConnectionClaims } from './core/parse-connection-claims.ts'
import type { RoomPorts } from './core/ports.ts'
import { answerFrame } from './room/answer-frame.ts'
import { roomConnections, type SocketState, type TwinConnection } from './room/connections.ts'
import { openRoom, type Room } from './room/open-room.ts'

const NOT_YOURS = 'This session does not open this conversation.'
/** Sockets one conversation may have: tabs and devices of one person. */
const MAX_SOCKETS = 16
/** RFC 6455 section 7.4.1: the usual end, an end that named no code, and a server that met what it did not expect. */
const CLOSE_NORMAL = 1000
const CLOSE_WITHOUT_CODE = 1005
const CLOSE_INTERNAL = 1011

/** The room of a conversation; the Worker's class adds the ports. */
export abstract class TwinRoomShell<Env extends Cloudflare.Env = Cloudflare.Env> extends Server<Env> {
  static override options = { hibernate: true }

  #room: Room | undefined

  /** Called once a wake, before anything else; a throw here refuses visitors with `service_unavailable`. */
  protected abstract composePorts(): RoomPorts

  override async fetch(request: Request): Promise<Response> {
    // partyserver takes a socket's id from the URL and props from a header: neither is a visitor's to choose
    const url = new URL(request.url)
    url.searchParams.delete('_pk')
    const inner = new Request(url, request)
    inner.headers.delete('x-partykit-props')
    return this.#refuseAtDoor(inner) ?? super.fetch(inner)
  }

  override onStart(): void {
    this.#wake()
  }

  override onConnect(connection: TwinConnection, { request }: ConnectionContext): void {
    this.#guard(connection, (room) => {
      const claims = parseConnectionClaims(request.headers.get(CLAIMS_HEADER))
      if (!claims) return this.#refuse(connection)
      connection.setState({ claims, greeted: false })
      const known = room.owner.read()
      if (known) room.contexts.current(known.owner).catch((error: unknown) => this.#report(error)) // while the visitor types
    })
  }

  override onMessage(connection: TwinConnection, raw: WSMessage): void {
    this.#guard(connection, (room) => {
      const state = connection.state
      if (!state) return this.#refuse(connection)
      if (raw === PING) return room.connections.send(connection, PONG)
      const now = room.now()
      if (this.#isOver(connection, state.claims, now)) return
      const seq = room.journal.lastSeq
      const retryAfterSeconds = room.connections.frameWaitSeconds(connection, now)
      if (retryAfterSeconds > 0) {
        const detail = 'Too many frames at once.'
        return room.connections.sendError(connection, { seq, code: 'rate_limited', detail, retryAfterSeconds })
      }
      const parsed = parseClientFrame(raw)
      if (!parsed.ok) return room.connections.sendError(connection, { seq, ...parsed.failure })
      answerFrame(room, connection, state, parsed.value)
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

  override onRequest(): Response {
    return new Response(null, { status: 404 })
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
      this.#room = openRoom({
        ports: this.composePorts(),
        storage: this.ctx.storage,
        alarm: this.ctx.storage,
        connections: roomConnections(this.getConnections<SocketState>()),
        report: (error) => this.#report(error),
      })
    } catch (error) {
      this.#report(error)
    }
    return this.#room
  }

  /** Whom the room does not know gets a socket that says why and ends; a hibernating one would never finish closing. */
  #refuseAtDoor(request: Request): Response | undefined {
    if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') return undefined
    try {
      const room = this.#wake()
      if (!room) return farewell(CLOSE_INTERNAL, 'service_unavailable', 'The twin cannot be reached right now.')
      const claims = parseConnectionClaims(request.headers.get(CLAIMS_HEADER))
      const isOwner =
        claims?.conversationId === this.name && room.owner.admit(claims, new Date(room.now()).toISOString())
      if (!isOwner) return farewell(CLOSE_REFUSED, 'session_invalid', NOT_YOURS)
      if (Array.from(this.getConnections()).length >= MAX_SOCKETS) {
        return farewell(CLOSE_TOO_MANY, 'rate_limited', 'This conversation is open in too many places.')
      }
      return undefined
    } catch (error) {
      this.#report(error)
      return farewell(CLOSE_INTERNAL, 'internal_error', 'Something of ours went wrong.')
    }
  }

  #guard(connection: TwinConnection, act: (room: Room) => void): void {
    try {
      if (this.#room) act(this.#room)
      else this.#end(connection, CLOSE_INTERNAL, 'service_unavailable', 'The twin cannot be reached right now.')
    } catch (error) {
      this.#report(error)
      this.#send(connection, 'internal_error', 'Something of ours went wrong. Nothing you sent is the cause.')
    }
  }

  /** Sessions and campaigns end under open sockets too. */
  #isOver(connection: TwinConnection, { expiresAt, campaignEndsAt }: ConnectionClaims, now: number): boolean {
    if (campaignEndsAt !== null && campaignEndsAt <= now) {
      this.#end(connection, CLOSE_CAMPAIGN_ENDED, 'campaign_ended', 'This campaign has ended.')
      return true
    }
    if (expiresAt * 1000 > now) return false
    this.#end(connection, CLOSE_SESSION_EXPIRED, 'session_expired', 'The session has expired; ask for a new one.')
    return true
  }

  #refuse(connection: TwinConnection): void {
    this.#end(connection, CLOSE_REFUSED, 'session_invalid', NOT_YOURS)
  }

  #end(connection: TwinConnection, closeCode: number, code: ErrorFrame['code'], detail: string): void {
    this.#send(connection, code, detail)
    this.#leave(connection)
    connection.close(closeCode, code)
  }

  #send(connection: TwinConnection, code: ErrorFrame['code'], detail: string): void {
    const frame: ErrorFrame = { type: 'error', seq: this.#room?.journal.lastSeq ?? 0, code, detail }
    try {
      connection.send(JSON.stringify(frame))
    } catch {
      // gone already
    }
  }

  #leave(connection: TwinConnection): void {
    this.#room?.connections.forget(connection)
  }

  /** Names and messages of errors are ours; a visitor's words never stand in them. */
  #report(error: unknown): void {
    console.error(JSON.stringify({ event: 'room_error', room: this.ctx.id.toString(), error: describe(error) }))
  }
}

function farewell(closeCode: number, code: ErrorFrame['code'], detail: string): Response {
  const { 0: visitor, 1: server } = new WebSocketPair()
  server.accept()
  server.send(JSON.stringify({ type: 'error', seq: 0, code, detail } satisfies ErrorFrame))
  server.close(closeCode, code)
  return new Response(null, { status: 101, webSocket: visitor })
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'not an Error'
}
