/**
 * The way to a room where websockets do not get through: the room's frames come as a stream of events, ours go by POST,
 * one request at a time so that they keep their order. What the socket says by closing, the stream says by its refusals.
 */
import { MAX_FRAME_BYTES, MAX_POSTED_FRAMES, PING, PONG, STREAM_KEEPALIVE_SECONDS } from '../../schema/wire/limits.ts'
import { CLOSE_REFUSED, CLOSE_SESSION_EXPIRED } from '../../schema/wire/problem.ts'
import { refusalOf } from './bootstrap.ts'
import { eventStream } from './event-stream.ts'
import { isPassing } from './is-passing.ts'
import type { OpenRoomLine } from './room-line.ts'

/** A stream that said nothing for longer, not even that it lives, is dead. */
const ALIVE_MS = (STREAM_KEEPALIVE_SECONDS + 5) * 1_000
const TIMEOUT_MS = 15_000
/** However wrong the clock: a session is good for so long. */
const LEAST_LIFE_MS = 300_000
const LOST = 1_006

export const openHttpLine: OpenRoomLine = ({ serverUrl, session }, ports) => {
  const { signal, abort } = bind(new AbortController())
  const room = `${serverUrl}/v1/conversations/${session.conversationId}`
  const waiting: string[] = []
  let isPosting = false
  let heardAt = Date.now()
  // Ended between two posts, a line loses nothing; refused in the middle of one, it might.
  let isOver = false
  const expiry = setTimeout(
    () => {
      isOver = true
      if (!isPosting) end(CLOSE_SESSION_EXPIRED)
    },
    Math.max(LEAST_LIFE_MS, session.goodUntil - Date.now()),
  )

  function close(): void {
    clearTimeout(expiry)
    abort()
  }

  function end(code: number, retryAfterSeconds = 0): void {
    if (signal.aborted) return
    close()
    ports.onEnd(code, retryAfterSeconds)
  }

  /** The answer when it is a good one; else the line has ended. */
  async function request(path: string, headers: HeadersInit, init: RequestInit = {}): Promise<Response | undefined> {
    const late = setTimeout(() => end(LOST), TIMEOUT_MS)
    try {
      const response = await fetch(room + path, {
        ...init,
        credentials: 'omit',
        cache: 'no-store',
        headers: { ...headers, authorization: `Bearer ${session.token}` },
        signal,
      })
      if (response.ok) return response
      const refusal = await refusalOf(response)
      if (refusal?.code === 'session_expired') end(CLOSE_SESSION_EXPIRED)
      // A door that does not know this way, or not now, has refused nobody.
      else if (!refusal || isPassing(refusal.code) || /^(not_found|method)/.test(refusal.code)) {
        end(LOST, Number(response.headers.get('retry-after')) || 0)
      } else if (!signal.aborted) {
        ports.onText(JSON.stringify({ type: 'error', seq: 0, ...refusal }))
        end(CLOSE_REFUSED)
      }
    } catch {
      end(LOST)
    } finally {
      clearTimeout(late)
    }
    return undefined
  }

  async function listen(query: string): Promise<void> {
    const response = await request(`/stream${query}`, { accept: 'text/event-stream' })
    if (!response) return
    const reader = response.body?.getReader()
    try {
      // A portal that answers in its place speaks HTML.
      if (!/^text\/event-stream\b/.test(response.headers.get('content-type') ?? '') || !reader) return end(LOST)
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
      const read = eventStream((data) => signal.aborted || ports.onText(data))
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        heardAt = Date.now()
        // Whatever comes, a comment also, says that somebody is there.
        if (!signal.aborted) ports.onText(PONG)
        read(decoder.decode(value, { stream: true }))
      }
    } catch {
      // Cut off, or nothing that could be read.
    }
    end(LOST)
  }

  async function post(): Promise<void> {
    if (isPosting || !waiting.length || signal.aborted) return
    isPosting = true
    const body = `{"frames":[${nextBatch(waiting).join()}]}`
    const response = await request('/frames', { 'content-type': 'application/json' }, { method: 'POST', body })
    const answer: unknown = await response?.json().catch(() => end(LOST))
    isPosting = false
    if (signal.aborted) return
    const { frames }: { readonly frames?: unknown } = Object(answer)
    for (const frame of Array.isArray(frames) ? frames : []) ports.onText(JSON.stringify(frame))
    if (isOver && !waiting.length) end(CLOSE_SESSION_EXPIRED)
    else void post()
  }

  queueMicrotask(() => signal.aborted || ports.onOpen())

  return {
    send(text) {
      if (signal.aborted) return false
      const [hello, after] = /^{"type":"hello","after":(\d+|null)}$/.exec(text) ?? []
      if (hello) void listen(after === 'null' ? '' : `?after=${after}`)
      else if (text !== PING) {
        waiting.push(text)
        // What is said in one breath goes in one request.
        queueMicrotask(() => void post())
      } else if (Date.now() - heardAt < ALIVE_MS) queueMicrotask(() => signal.aborted || ports.onText(PONG))
      return true
    },
    close,
  }
}

function bind(controller: AbortController): { readonly signal: AbortSignal; readonly abort: () => void } {
  return { signal: controller.signal, abort: () => controller.abort() }
}

/** Takes as many texts as one request may carry, at least one. */
function nextBatch(waiting: string[]): string[] {
  const encoder = new TextEncoder()
  const batch: string[] = []
  let left = MAX_FRAME_BYTES - '{"frames":[]}'.length
  while (waiting[0] !== undefined && batch.length < MAX_POSTED_FRAMES) {
    left -= encoder.encode(waiting[0]).length + 1
    if (left < 0 && batch.length > 0) break
    batch.push(...waiting.splice(0, 1))
  }
  return batch
}
