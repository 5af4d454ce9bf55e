/**
 * Who is signed in, by the page's own proof. Whom it names is read without trusting it, and decides one thing: where
 * this browser keeps what is theirs. Whether the proof holds is for the door to say.
 */

export interface Proof {
  readonly token: string
  /** Fit for a storage key; undefined when the token names nobody. */
  readonly subject: string | undefined
}

/** Asks the page. */
export async function identify(ask: () => Promise<string>): Promise<Proof> {
  const token: unknown = await ask()
  return { token: String(token), subject: subjectOf(token) }
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
