/** A visitor without a browser: gets a session, opens the socket with an Origin of its choice and speaks frames. */
import { parseServerFrame } from '../../widget/session/parse-server-frame.ts'
import type { ClientFrame, MessageRecord, ServerFrame } from '../../schema/wire/frames.ts'
import { SESSION_SUBPROTOCOL_PREFIX, SUBPROTOCOL } from '../../schema/wire/limits.ts'
import type { Session } from './request-session.ts'

export interface TwinSocket {
  /** Everything heard so far, in order. */
  readonly frames: readonly ServerFrame[]
  say(frame: ClientFrame): void
  /** Says what no client would say. */
  sayRaw(data: string | Uint8Array): void
  /** The first frame, heard already or yet to come, that is as wished. */
  hear<F extends ServerFrame>(wished: (frame: ServerFrame) => frame is F, within?: number): Promise<F>
  /** Sends a message and waits for the end of its reply. */
  ask(text: string): Promise<{ readonly text: string; readonly outcome: string; readonly turnId: string }>
  readonly closed: Promise<number>
  close(): void
}

export interface TwinSocketOptions {
  readonly platformUrl: string
  readonly origin: string
  readonly session: Session
  /** Number of the last frame seen; null for a snapshot. */
  readonly after?: number | null
}

const PATIENCE_MS = 15_000

/** Resolves once the room has welcomed; rejects when it does not. */
export async function openTwin({ platformUrl, origin, session, after = null }: TwinSocketOptions): Promise<TwinSocket> {
  const frames: ServerFrame[] = []
  const listeners = new Set<() => void>()
  const url = `${platformUrl.replace(/^http/, 'ws')}/parties/twin-room/${session.conversationId}`
  const protocols = [SUBPROTOCOL, `${SESSION_SUBPROTOCOL_PREFIX}${session.token}`]
  const socket = openSocket(url, protocols, origin)
  socket.addEventListener('message', ({ data }) => {
    const frame = parseServerFrame(String(data))
    if (frame) frames.push(frame)
    for (const listener of listeners) listener()
  })
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)))
  const hear: TwinSocket['hear'] = (wished, within = PATIENCE_MS) => {
    return new Promise((resolve, reject) => {
      const look = (): boolean => {
        const frame = frames.find(wished)
        if (!frame) return false
        listeners.delete(look)
        clearTimeout(patience)
        resolve(frame)
        return true
      }
      const give = (why: string) => reject(new Error(`${why}; heard: ${JSON.stringify(frames.slice(-5))}`))
      const patience = setTimeout(() => give('Not heard in time'), within)
      void closed.then((code) => look() || give(`Closed with ${code}`))
      if (!look()) listeners.add(look)
    })
  }
  const say = (frame: ClientFrame): void => socket.send(JSON.stringify(frame))
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    void closed.then((code) => reject(new Error(`The socket was refused (${code}).`)))
  })
  say({ type: 'hello', after })
  await hear(isWelcome)
  return {
    frames,
    say,
    sayRaw: (data) => socket.send(typeof data === 'string' ? data : new Uint8Array(data)),
    hear,
    closed,
    close: () => socket.close(),
    ask: async (text) => {
      const messageId = crypto.randomUUID()
      say({ type: 'message-send', messageId, text })
      const { turnId } = await hear((frame): frame is Named<'ack'> => isAck(frame) && frame.messageId === messageId)
      const end = await hear((frame): frame is Named<'reply-end'> => isReplyEnd(frame) && frame.turnId === turnId)
      return { turnId, outcome: end.outcome, text: replyText(frames, turnId) }
    },
  }
}

/** What a twin has said in a turn, as this socket heard it: a snapshot, then deltas; a new start voids what was said. */
export function replyText(frames: readonly ServerFrame[], turnId: string): string {
  let text = ''
  let writing = false
  for (const frame of frames) {
    if ('type' in frame) {
      if (frame.type === 'welcome' && !frame.resumed) {
        text =
          frame.messages.find((message: MessageRecord) => message.turnId === turnId && message.role === 'twin')?.text ??
          ''
        writing = frame.activeTurnId === turnId
      }
      if (frame.type === 'reply-start') writing = frame.turnId === turnId
      if (frame.type === 'reply-start' && writing) text = ''
      if (frame.type === 'reply-end' && writing) writing = false
    } else if (writing) text += frame[1]
  }
  return text
}

type Named<T extends string> = Extract<ServerFrame, { readonly type: T }>

export function isWelcome(frame: ServerFrame): frame is Named<'welcome'> {
  return 'type' in frame && frame.type === 'welcome'
}
export function isAck(frame: ServerFrame): frame is Named<'ack'> {
  return 'type' in frame && frame.type === 'ack'
}
export function isReplyStart(frame: ServerFrame): frame is Named<'reply-start'> {
  return 'type' in frame && frame.type === 'reply-start'
}
export function isReplyEnd(frame: ServerFrame): frame is Named<'reply-end'> {
  return 'type' in frame && frame.type === 'reply-end'
}

/** Node's own WebSocket takes headers, which a browser's (and so its type) does not. */
function openSocket(url: string, protocols: readonly string[], origin: string): WebSocket {
  const socket: unknown = Reflect.construct(WebSocket, [url, { protocols, headers: { origin } }])
  if (socket instanceof WebSocket) return socket
  throw new Error('No socket.')
}
