/** Two ways to ask for a reply: a visitor's socket, and an event stream through the bare proxy. */
import { CAST } from '../../schema/local/cast.ts'
import type { Stack } from '../stack.ts'
import { isReplyEnd, openTwin } from '../wire/open-twin.ts'
import { requestSession } from '../wire/request-session.ts'
import type { HeardReply } from './heard-reply.ts'

export interface Speaker {
  /** Answers with the bytes heard; `first-token` leaves after the first. */
  ask(reply: HeardReply, until: 'first-token' | 'whole'): Promise<number>
}

export async function askOurs(stack: Stack): Promise<Speaker> {
  const origin = stack.site('remyvale').slice(0, -1)
  const session = await requestSession({ port: stack.ports.worker, origin, deploymentId: CAST.deployments.remyWidget })
  let reply: HeardReply | undefined
  let first: (() => void) | undefined
  const twin = await openTwin({
    platformUrl: stack.platformUrl,
    origin,
    session,
    onDelta: (text) => {
      reply?.hear(text)
      if (reply?.begun) first?.()
    },
  })
  return {
    ask: async (heard, until) => {
      reply = heard
      const before = twin.bytesHeard()
      const firstToken = new Promise<void>((resolve) => (first = resolve))
      heard.asked()
      twin.say({ type: 'message-send', messageId: 'bench', text: `Tell me a long story. (${heard.name})` })
      const { outcome, reason } = await Promise.race([
        until === 'first-token'
          ? firstToken.then(() => ({ outcome: 'answered', reason: undefined }))
          : new Promise<never>(() => {}),
        twin.hear(isReplyEnd, 120_000),
      ])
      heard.end()
      if (outcome !== 'answered') throw new Error(`A reply ended as ${outcome} (${reason ?? 'no reason'}).`)
      const bytes = twin.bytesHeard() - before
      twin.close()
      return bytes
    },
  }
}

export function askProxy(port: number): Speaker {
  return {
    ask: async (heard, until) => {
      heard.asked()
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        body: JSON.stringify({
          model: 'bench',
          stream: true,
          messages: [{ role: 'user', content: `Tell me a long story. (${heard.name})` }],
        }),
      })
      let bytes = 0
      let rest = ''
      const decoder = new TextDecoder()
      for await (const part of response.body ?? []) {
        bytes += part.byteLength
        const events = (rest + decoder.decode(part, { stream: true })).split('\n\n')
        rest = events.pop() ?? ''
        for (const event of events) heard.hear(/"content":"([^"]*)"/.exec(event)?.[1] ?? '')
        if (until === 'first-token' && heard.begun) break
      }
      heard.end()
      return bytes
    },
  }
}
