/** Starts a crowd's process and speaks with it. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { CROWD_VARIABLE, parseCrowdAnswer } from './crowd-order.ts'
import type { CrowdOrder, CrowdSettings } from './crowd-order.ts'

export interface Crowd {
  /** Rejects when something did not come. */
  give(order: CrowdOrder): Promise<readonly number[]>
  stop(): Promise<void>
}

const PROGRAM = fileURLToPath(new URL('../processes/crowd.ts', import.meta.url))
const PATIENCE_MS = 300_000

export function startCrowd(settings: CrowdSettings): Crowd {
  const child = fork(PROGRAM, [], { env: { ...process.env, [CROWD_VARIABLE]: JSON.stringify(settings) } })
  const ended = once(child, 'exit') // 'close' never comes after a disconnect
  return {
    async give(order) {
      const answer = once(child, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => {
        throw new Error(`The crowd did not hear everything within ${PATIENCE_MS / 1000} s (${order.do}).`)
      })
      child.send(order)
      const died = ended.then(() => Promise.reject(new Error('The crowd ended before it answered.')))
      const [message]: unknown[] = await Promise.race([answer, died])
      return parseCrowdAnswer(message)
    },
    async stop() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
