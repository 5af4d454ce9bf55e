/**
 * Brings what the door asks for while a deployment is under attack. Comes only then. A page that lets Cloudflare's script in
 * may be spared the work; everywhere else a moment of hashing does, in slices, so that no page is held up.
 */

/** Hashes under way at once: enough to keep WebCrypto busy. */
const BATCH = 128
/** The page's own turn comes at least so often. */
const SLICE_MS = 8
/** More would not be ours: minutes of a phone. */
const MAX_BITS = 22

/** The proof as the door takes it; undefined: nothing can be brought here. */
export async function answerChallenge(problem: unknown, signal: AbortSignal): Promise<string | undefined> {
  const { token, bits, turnstile } = members(members(problem)['challenge'])
  if (typeof token !== 'string' || !/^[\w-]+\.[\w-]+\.[\w-]{43}$/.test(token)) return undefined
  if (typeof bits !== 'number' || !(bits >= 0 && bits <= MAX_BITS)) return undefined
  const vouched =
    typeof turnstile === 'string'
      ? await (await import('./ask-turnstile.ts')).askTurnstile(turnstile, signal)
      : undefined
  if (vouched !== undefined) return `turnstile ${vouched}`
  const number = await work(token.slice(-43), bits, signal)
  return number === undefined ? undefined : `work ${token}.${number}`
}

/** The first number after which the hash begins with so many zero bits. */
async function work(beginning: string, bits: number, signal: AbortSignal): Promise<number | undefined> {
  const { subtle }: { readonly subtle?: SubtleCrypto } = crypto // pages without TLS have none
  if (!subtle) return undefined
  const encoder = new TextEncoder()
  let sliceEnds = performance.now() + SLICE_MS
  for (let first = 0; !signal.aborted; first += BATCH) {
    const digests = await Promise.all(
      Array.from({ length: BATCH }, (_, index) =>
        subtle.digest('SHA-256', encoder.encode(`${beginning}.${first + index}`)),
      ),
    )
    const found = digests.findIndex((digest) => isWork(new DataView(digest), bits))
    if (found >= 0) return first + found
    if (performance.now() < sliceEnds) continue
    await new Promise((resolve) => setTimeout(resolve))
    sliceEnds = performance.now() + SLICE_MS
  }
  return undefined
}

/** At most 32 are asked for. */
function isWork(digest: DataView, bits: number): boolean {
  return Math.clz32(digest.getUint32(0)) >= bits
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return Object(value)
}
