/**
 * Step 1: the one request of a page before a person acts. No credentials and no headers of our own, so it is cacheable
 * and needs no preflight. Asks for the page's language, or the reader's; the answer says which one it is in.
 */
import { isLauncherLook, type LauncherLook } from './launcher-look.ts'

/** The deployment as the server tells of it, and the language it is told in. */
export interface EmbedAnswer {
  readonly look: LauncherLook
  readonly language: string
}

/** Why a deployment does not show itself, in words for the page's owner. */
export interface EmbedRefusal {
  readonly code: string
  readonly detail: string
}

/** What the script's own address brought with it: the answer to one question, known before it is asked. */
export interface KnownAnswer extends EmbedAnswer {
  /** Path and language of the question, as the address below begins and goes on: `/v1/embed/<id>?lang=en`. */
  readonly to: string
}

/** `address` ends where the language belongs. */
export async function requestEmbedConfig(
  address: string,
  locale: string | null,
  known?: KnownAnswer,
): Promise<EmbedAnswer | EmbedRefusal> {
  const tags = [locale, document.documentElement.lang, ...navigator.languages].filter(Boolean)
  const url = `${address}lang=${encodeURIComponent(tags.join())}`
  if (known && url.includes(known.to)) return known
  const unreadable = { code: 'service_unavailable', detail: `${url} could not be read (network, or connect-src).` }
  try {
    const response = await fetch(url, { credentials: 'omit' })
    const look: unknown = await response.json()
    if (response.ok && isLauncherLook(look)) {
      return { look, language: response.headers.get('content-language') || 'en' }
    }
    const { code, detail, title } = Object(look)
    return code ? { code, detail: detail ?? title } : unreadable
  } catch {
    // Also what a Content-Security-Policy without our origin in connect-src looks like from here.
    return unreadable
  }
}
