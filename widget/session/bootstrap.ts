/**
 * Step 2: asks the Worker for the right to talk. Sends no cookie, keeps nothing, never throws.
 * Only a problem the Worker itself wrote is a refusal; everything else (a portal's page, a cut line) may pass.
 */
import { MAX_SESSION_SECONDS } from '../../schema/wire/limits.ts'
import type { SessionRequest } from '../../schema/wire/session.ts'
import type { Refusal } from './conversation-state.ts'
import { isProblemCode } from './wire-words.ts'

/** The right to talk for a few minutes. */
export interface Session {
  readonly token: string
  /** Offered as a subprotocol, it opens one socket; whoever comes in by it is handed the next. */
  ticket: string
  readonly conversationId: string
  /** By this browser's clock, in epoch milliseconds: after it a new session is asked for before connecting. */
  readonly goodUntil: number
}

export type BootstrapAnswer =
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly retryAfterSeconds: number }

/** No answer for the moment. */
export const FAILED: BootstrapAnswer = { kind: 'failed', retryAfterSeconds: 0 }

/** A session this near to its end is not used for another connection. */
const MARGIN_MS = 30_000

/** One request for a session, for as long as the signal allows. */
export async function bootstrap(
  serverUrl: string,
  request: SessionRequest,
  signal: AbortSignal,
): Promise<BootstrapAnswer> {
  try {
    const response = await fetch(`${serverUrl}/v1/sessions`, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal,
    })
    const session = response.ok ? sessionOf(await response.json()) : undefined
    if (session) return { kind: 'session', session }
    if (response.status === 428)
      return (await import('./prove.ts')).prove(response, request, signal, (proven) =>
        bootstrap(serverUrl, proven, signal),
      )
    const refusal = await refusalOf(response) // of an answer that was read already there is nothing left
    // 408, 425, 429 and everything of ours that broke may be better in a moment; no other of ours is between.
    const passing = response.status > 424 || response.status === 408
    if (refusal && !passing) return { kind: 'refused', refusal }
    return { kind: 'failed', retryAfterSeconds: Number(response.headers.get('retry-after')) || 0 }
  } catch {
    return FAILED
  }
}

function sessionOf(body: unknown): Session | undefined {
  const { token, ticket, conversationId, expiresAt }: { readonly [name: string]: unknown } = Object(body)
  // The ticket becomes a subprotocol and the conversation a path: neither may say more than itself.
  if (typeof ticket !== 'string' || !/^[\w.-]+$/.test(ticket)) return
  if (typeof conversationId !== 'string' || !/^[\w-]{1,64}$/.test(conversationId)) return
  const left = Date.parse(String(expiresAt)) - Date.now()
  // A wrong clock makes a session look longer or dead: too long is cut, dead means one request more.
  const life = Math.min(left || 0, MAX_SESSION_SECONDS * 1_000)
  return { token: String(token), ticket, conversationId, goodUntil: Date.now() + life - MARGIN_MS }
}

/** What the Worker says no with; undefined when the answer is none of its own. */
export async function refusalOf(response: Response): Promise<Refusal | undefined> {
  const answer: unknown = await response.json().catch(() => undefined)
  const { code, detail }: { readonly code?: unknown; readonly detail?: unknown } = Object(answer)
  return isProblemCode(code) ? { code, detail: typeof detail === 'string' ? detail : '' } : undefined
}
