/**
 * Step 4: one Durable Object a conversation. The shell owns sockets, order and storage and decides nothing.
 * Knows no vendor: `edge/worker.ts` composes the ports.
 */
import { Server } from 'partyserver'
import type { RoomPorts } from './core/ports.ts'

/** The room of a conversation; the Worker's class adds the ports. */
export abstract class TwinRoomShell<Env extends Cloudflare.Env = Cloudflare.Env> extends Server<Env> {
  static override options = { hibernate: true }

  /** Called once a wake, before anything else; a throw here refuses visitors with `service_unavailable`. */
  protected abstract composePorts(): RoomPorts
}
