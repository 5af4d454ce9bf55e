/** Asks for a session once more, with what the door asked for. Comes only to whoever met that: a deployment under attack. */
import type { SessionRequest } from '../../schema/wire/session.ts'
import { answerChallenge } from './answer-challenge.ts'
import type { BootstrapAnswer } from './bootstrap.ts'

/** A proof that was not taken is not brought again: another attempt asks for another challenge. */
export async function prove(
  refused: Response,
  request: SessionRequest,
  signal: AbortSignal,
  ask: (request: SessionRequest) => Promise<BootstrapAnswer>,
): Promise<BootstrapAnswer> {
  const proof = request.proof === undefined ? await answerChallenge(await refused.json(), signal) : undefined
  return proof === undefined ? { kind: 'failed', retryAfterSeconds: 0 } : ask({ ...request, proof })
}
