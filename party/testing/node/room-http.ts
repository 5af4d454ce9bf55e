/** A visitor's end of the room over HTTP, as the Worker forwards it. */
import { CLAIMS_HEADER, type ConnectionClaims } from '../../../schema/domain/claims.ts'
import type { ClientFrame } from '../../../schema/wire/frames.ts'
import { frameLog, type FrameLog } from './frame-log.ts'

export interface StreamClient extends FrameLog {
  readonly status: number
  readonly headers: Headers
  /** Resolves once the stream has ended: true when properly, false when it broke. */
  readonly ended: Promise<boolean>
  close(): void
}

export interface RoomRequest {
  readonly port: number
  readonly claims: ConnectionClaims | undefined
  readonly room?: string
}

/** Opens a stream of frames. */
export async function listen(from: RoomRequest, after?: number | string): Promise<StreamClient> {
  const abort = new AbortController()
  const query = after === undefined ? '' : `?after=${after}`
  const response = await ask(from, 'GET', `/stream${query}`, undefined, abort.signal)
  const log = frameLog()
  const ended = readEvents(response, log.hear).then(
    () => true,
    () => false,
  )
  return { ...log, status: response.status, headers: response.headers, ended, close: () => abort.abort() }
}

/** Posts frames; answers the raw text of the answer and what it holds. */
export async function post(from: RoomRequest, ...frames: readonly (ClientFrame | Readonly<Record<string, unknown>>)[]) {
  const response = await ask(from, 'POST', '/frames', JSON.stringify({ frames }))
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) }
}

export async function ask(
  { port, claims, room }: RoomRequest,
  method: string,
  suffix: string,
  body?: BodyInit,
  signal?: AbortSignal,
  type = 'application/json',
): Promise<Response> {
  const url = `http://127.0.0.1:${port}/v1/conversations/${room ?? claims?.conversationId ?? 'nobody'}${suffix}`
  const headers = {
    ...(claims && { [CLAIMS_HEADER]: JSON.stringify(claims) }),
    ...(body !== undefined && { 'content-type': type }),
  }
  return fetch(url, { method, headers, ...(body !== undefined && { body }), ...(signal && { signal }) })
}

async function readEvents(response: Response, hear: (frame: string) => void): Promise<void> {
  let rest = ''
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = (rest + piece).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) if (event.startsWith('data: ')) hear(event.slice('data: '.length))
  }
}
