/**
 * What the flood gate says of a visitor and a deployment, for one room. It is asked after a message was accepted, never
 * before: the answer takes a moment, a message waits for nobody, and what was accepted stays accepted.
 */
import type { FloodGate, RoomOwner } from '../core/ports.ts'

/** A gate that cannot be asked is closed for so long. */
const CLOSED_SECONDS = 10

export interface FloodWatch {
  /** Seconds until something may be said again; 0: now. */
  waitSeconds(): number
  /** Something was accepted. */
  said(who: RoomOwner): void
}

export interface FloodWatchParts {
  readonly gate: FloodGate
  now(): number
  report(error: unknown): void
}

export function floodWatch({ gate, now, report }: FloodWatchParts): FloodWatch {
  let opensAt = 0

  async function ask(who: RoomOwner): Promise<number> {
    try {
      return await gate.said(who)
    } catch (error) {
      report(error)
      return CLOSED_SECONDS
    }
  }

  return {
    waitSeconds: () => Math.max(0, Math.ceil((opensAt - now()) / 1000)),
    said(who) {
      ask(who)
        .then((seconds) => {
          if (seconds > 0) opensAt = Math.max(opensAt, now() + seconds * 1000)
        })
        .catch(report)
    },
  }
}
