/**
 * The form of an admin key: `vtw_live_<8 of its name>_<32 secret><6 check>`, base62. The first three parts are its prefix,
 * which lists show; the check tells a mistyped key from a wrong one without a question to anybody, and lets secret scanners
 * know one when they find it. `vtw_test_` keys are those of development.
 */

/** 62^32: 190 bits. */
const SECRET_CHARS = 32
const NAME_CHARS = 8
const CHECK_CHARS = 6
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const FORM = /^(vtw_(?:live|test)_[0-9A-Za-z]{8})_[0-9A-Za-z]{38}$/

export interface NewKey {
  readonly key: string
  readonly prefix: string
}

/** A key that nobody has seen. Shown once; kept as its digest. */
export async function newApiKey(environment: 'live' | 'test'): Promise<NewKey> {
  const prefix = `vtw_${environment}_${randomText(NAME_CHARS)}`
  return { key: await withCheck(`${prefix}_${randomText(SECRET_CHARS)}`), prefix }
}

/** A key without its check, made whole. */
export async function withCheck(unchecked: string): Promise<string> {
  return `${unchecked}${await checkOf(unchecked)}`
}

/** The prefix of a key that could be one of ours; undefined: of another form, or mistyped. */
export async function prefixOf(key: string): Promise<string | undefined> {
  const prefix = FORM.exec(key)?.[1]
  if (prefix === undefined) return undefined
  return (await withCheck(key.slice(0, -CHECK_CHARS))) === key ? prefix : undefined
}

/** SHA-256, which is all that is kept. */
export async function digestOf(key: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)))
}

/** A check and no secret: whoever has the rest of the key can make it. */
async function checkOf(unchecked: string): Promise<string> {
  const digest = await digestOf(unchecked)
  return Array.from(digest.subarray(0, CHECK_CHARS), (octet) => ALPHABET[octet % ALPHABET.length]).join('')
}

/** Every character as likely as another: octets beyond the last whole alphabet are thrown away. */
function randomText(length: number): string {
  const fair = 256 - (256 % ALPHABET.length)
  let text = ''
  while (text.length < length) {
    for (const octet of crypto.getRandomValues(new Uint8Array(length))) {
      if (octet < fair && text.length < length) text += ALPHABET[octet % ALPHABET.length]
    }
  }
  return text
}
