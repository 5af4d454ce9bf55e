/** Starts the load's process and speaks with it. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { LOAD_VARIABLE, parseLoadResult } from './load-order.ts'
import type { LoadOrder, LoadResult, LoadSettings } from './load-order.ts'

export interface Load {
  /** Rejects when a reply did not come in full. Null for an order that times nothing. */
  give(order: LoadOrder): Promise<LoadResult | null>
  stop(): Promise<void>
}

const PROGRAM = fileURLToPath(new URL('../processes/load.ts', import.meta.url))
const PATIENCE_MS = 60_000

export function startLoad(settings: LoadSettings, env: Readonly<Record<string, string>>): Load {
  const child = fork(PROGRAM, [], { env: { ...process.env, ...env, [LOAD_VARIABLE]: JSON.stringify(settings) } })
  const ended = once(child, 'exit') // 'close' never comes after a disconnect
  return {
    async give(order) {
      const answer = once(child, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => {
        throw new Error(`The visitors did not hear everything within ${PATIENCE_MS / 1000} s.`)
      })
      child.send(order)
      const died = ended.then(() => Promise.reject(new Error('The load ended before it answered.')))
      const [message]: unknown[] = await Promise.race([answer, died])
      return parseLoadResult(message)
    },
    async stop() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
