/**
 * Who is signed in, by the page's own proof. Whom it names is read without trusting it, and decides one thing: where
 * this browser keeps what is theirs. Whether the proof holds is for the door to say.
 */

export interface Proof {
  readonly token: string
  /** Fit for a storage key; undefined when the token names nobody. */
  readonly subject: string | undefined
}

const TIMEOUT_MS = 10_000

/** Asks the page; rejects when it does not answer. */
export async function identify(ask: () => Promise<string>): Promise<Proof> {
  let timeout: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timeout = setTimeout(() => reject(new Error('No identity came in time')), TIMEOUT_MS)
  })
  try {
    const token: unknown = await Promise.race([ask(), late])
    return { token: String(token), subject: subjectOf(token) }
  } finally {
    clearTimeout(timeout)
  }
}

/** The `sub` of a JWS in its compact form. */
function subjectOf(token: unknown): string | undefined {
  if (typeof token !== 'string' || !/^[\w-]+(\.[\w-]+){2}$/.test(token)) return
  try {
    const [, payload = ''] = token.split('.')
    const bytes = atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
    const text = new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)))
    const { sub }: { readonly sub?: unknown } = Object(JSON.parse(text))
    // (Half an emoji cannot be encoded, and is nobody's name.)
    return typeof sub === 'string' && sub ? encodeURIComponent(sub) : undefined
  } catch {
    return
  }
}
