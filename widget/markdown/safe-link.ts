/**
 * Which addresses a reply may link to. Pure; knows no DOM.
 * The model's words are untrusted: an address is a link only when a reader can be told, truthfully, where it leads.
 */

/** An address fit for `href`, and what to show a reader who should know where it leads. */
export interface SafeLink {
  readonly href: string
  /** The host in its ASCII form, or the mail address. */
  readonly place: string
}

/** Longer addresses are no links: nobody can check them, and data leaves in them. */
const MAX_ADDRESS_CHARS = 2_048
// The URL parser drops tabs and line feeds and reads a backslash as a slash: what it would repair is refused instead.
const SUSPICIOUS = /[\s\\<>"`\p{C}]/u

/** The link an address may become, or undefined when it stays text. */
export function safeLink(address: string): SafeLink | undefined {
  // Asking for the scheme before parsing refuses relative addresses and entity tricks such as `https&#58;//`.
  if (address.length > MAX_ADDRESS_CHARS || SUSPICIOUS.test(address) || !/^(https?:\/\/|mailto:)/i.test(address)) return
  try {
    const url = new URL(address)
    if (url.protocol === 'mailto:') {
      const place = url.pathname
      return /^[^@,%?]+@[^@,%?]+$/.test(place) ? { href: `mailto:${place}`, place } : undefined
    }
    // `https://bank.example@evil.example` shows one host and opens another.
    if (url.username || url.password || !url.hostname) return
    return /^https?:$/.test(url.protocol) ? { href: url.href, place: url.host } : undefined
  } catch {
    return
  }
}
