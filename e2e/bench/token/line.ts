/** A visitor's open way to a model, whatever lies between. */
import type { ReplyOrder } from './reply-order.ts'
import type { ReplyTimes } from './heard-reply.ts'

export interface Line {
  ask(order: ReplyOrder): Promise<LineReply>
  close(): void
}

export interface LineReply extends ReplyTimes {
  /** Received for this reply. */
  readonly bytes: number
}
