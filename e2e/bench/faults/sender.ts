/** Somebody who sends one message, over a socket or as a posted body, and waits for what it is told. */
import { request } from 'node:http'
import { SESSION_SUBPROTOCOL_PREFIX, SUBPROTOCOL } from '../../../schema/wire/limits.ts'
import type { Session } from '../../wire/request-session.ts'
import { openFrameSocket } from './frame-socket.ts'
import type { FrameSocket } from './frame-socket.ts'
import { hearFrame, text } from './hear-frame.ts'
import type { HeardFrame } from './hear-frame.ts'

export interface Told {
  /** `ack`, the code of the refusal, or `silence`. */
  readonly code: string
  /** Empty but for an `ack`. */
  readonly turnId: string
  readonly retryAfterSeconds: number
}

export interface Sender {
  send(messageId: string, text: string): Promise<Told>
  close(): void
}

export interface Door {
  readonly port: number
  readonly origin: string
  readonly session: Session
}

const PATIENCE_MS = 10_000
const SILENCE: Told = { code: 'silence', turnId: '', retryAfterSeconds: 0 }

/** Resolves once the room has welcomed. */
export async function openSocketSender({ port, origin, session }: Door): Promise<Sender> {
  const waiting = new Map<string, (told: Told) => void>()
  const { promise, resolve, reject } = Promise.withResolvers<FrameSocket>()
  let socket: FrameSocket | undefined
  openFrameSocket({
    port,
    path: `/parties/twin-room/${session.conversationId}`,
    protocols: [SUBPROTOCOL, `${SESSION_SUBPROTOCOL_PREFIX}${session.token}`],
    origin,
    open(opened) {
      socket = opened
      opened.send(JSON.stringify({ type: 'hello', after: 0 }))
    },
    text(raw) {
      const frame = hearFrame(raw)
      if (frame?.type === 'welcome' && socket) resolve(socket)
      if (frame) waiting.get(text(frame, 'messageId'))?.(toldBy(frame))
    },
    closed: (code) => reject(new Error(`A sender's line was refused (${code}).`)),
  })
  const line = await promise
  return {
    async send(messageId, words) {
      const answer = Promise.withResolvers<Told>()
      const patience = setTimeout(() => answer.resolve(SILENCE), PATIENCE_MS)
      waiting.set(messageId, (told) => told.code !== '' && answer.resolve(told))
      line.send(JSON.stringify({ type: 'message-send', messageId, text: words }))
      const told = await answer.promise
      clearTimeout(patience)
      return told
    },
    close: () => line.kill(),
  }
}

export async function openPostSender({ port, origin, session }: Door): Promise<Sender> {
  const path = `/v1/conversations/${session.conversationId}/frames`
  const headers = {
    host: `localhost:${port}`,
    origin,
    authorization: `Bearer ${session.token}`,
    'content-type': 'application/json',
  }
  return {
    send: (messageId, words) =>
      new Promise((resolve) => {
        const body = JSON.stringify({ frames: [{ type: 'message-send', messageId, text: words }] })
        request(
          { host: '127.0.0.1', port, path, method: 'POST', headers, agent: false, timeout: PATIENCE_MS },
          (answer) => {
            let json = ''
            answer.setEncoding('utf8').on('data', (part: string) => (json += part))
            answer.on('error', () => resolve(SILENCE)).on('end', () => resolve(readAnswer(json, messageId)))
          },
        )
          .on('error', () => resolve(SILENCE))
          .end(body)
      }),
    close: () => undefined,
  }
}

function readAnswer(json: string, messageId: string): Told {
  const value: unknown = JSON.parse(json)
  const frames: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'frames') : undefined
  for (const one of Array.isArray(frames) ? frames : []) {
    const frame = hearFrame(JSON.stringify(one))
    if (frame && text(frame, 'messageId') === messageId) return toldBy(frame)
  }
  return {
    ...SILENCE,
    code: typeof value === 'object' && value !== null ? String(Reflect.get(value, 'code')) : 'silence',
  }
}

/** The message itself, added, has an id as well, and tells its sender nothing: its code is empty. */
function toldBy(frame: HeardFrame): Told {
  const code = frame.type === 'ack' ? 'ack' : text(frame, 'code')
  return { code, turnId: text(frame, 'turnId'), retryAfterSeconds: Number(frame.fields['retryAfterSeconds'] ?? 0) }
}
