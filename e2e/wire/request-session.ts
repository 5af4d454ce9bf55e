/** `POST /v1/sessions` as a page would, without a browser. */
import { randomBytes } from 'node:crypto'
import { rawRequest } from './raw-request.ts'

export interface Session {
  readonly token: string
  readonly conversationId: string
}

export interface SessionWish {
  readonly port: number
  readonly origin: string
  readonly deploymentId: string
  /** A new visitor when absent. */
  readonly visitorSecret?: string
  readonly conversation?: number
}

/** A visitor's secret, as the widget makes it. */
export function newVisitorSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Rejects with the answer when the session is refused. */
export async function requestSession(wish: SessionWish): Promise<Session> {
  const { port, origin, deploymentId, visitorSecret = newVisitorSecret(), conversation = 0 } = wish
  const { status, body } = await rawRequest({
    port,
    method: 'POST',
    path: '/v1/sessions',
    headers: [
      ['Host', `localhost:${port}`],
      ['Origin', origin],
      ['Content-Type', 'application/json'],
    ],
    body: JSON.stringify({ deploymentId, visitorSecret, conversation }),
  })
  const answer: unknown = status === 201 ? JSON.parse(body) : undefined
  if (typeof answer !== 'object' || answer === null || !('token' in answer) || !('conversationId' in answer)) {
    throw new Error(`No session: ${status} ${body}`)
  }
  return { token: String(answer.token), conversationId: String(answer.conversationId) }
}
