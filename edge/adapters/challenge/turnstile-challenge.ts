/**
 * Cloudflare's Turnstile: its own service says whether a token is good, and that only once. A token counts for the page and
 * the act it was made for. A service that cannot be asked has vouched for nobody.
 */
import type { Applicant } from '../../core/ports.ts'

/** What the widget names its act. */
const ACTION = 'twin-session'
const TIMEOUT_MS = 5_000
/** Cloudflare's own bound. */
const MAX_TOKEN_CHARS = 2_048

export interface TurnstileSettings {
  readonly siteKey: string
  readonly secret: string
  readonly verifyUrl: string
}

export interface TurnstileChallenge {
  readonly siteKey: string
  accepts(token: string, from: Applicant): Promise<boolean>
}

export function turnstileChallenge({ siteKey, secret, verifyUrl }: TurnstileSettings): TurnstileChallenge {
  return {
    siteKey,
    async accepts(token, { origin }) {
      if (token.length > MAX_TOKEN_CHARS) return false
      try {
        const answer = await fetch(verifyUrl, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ secret, response: token }),
          signal: AbortSignal.timeout(TIMEOUT_MS),
        })
        return answer.ok && vouches(await answer.json(), new URL(origin).hostname)
      } catch {
        return false
      }
    },
  }
}

function vouches(answer: unknown, hostname: string): boolean {
  if (typeof answer !== 'object' || answer === null) return false
  const told: Readonly<Record<string, unknown>> = { ...answer }
  return told['success'] === true && told['hostname'] === hostname && told['action'] === ACTION
}
