/**
 * Step 1: the one request of a page before a person acts. No credentials and no headers of our own, so it is cacheable
 * and needs no preflight.
 */
import { parseEmbedConfig, type TwinConfig } from './parse-embed-config.ts'

/** Why a deployment does not show itself, in words for the page's owner. */
export interface EmbedRefusal {
  readonly code: string
  readonly detail: string
}

/** `which` is `/<deployment id>`, or `?celebrity=<slug>` for the older embed. */
export async function requestEmbedConfig(serverUrl: string, which: string): Promise<TwinConfig | EmbedRefusal> {
  const url = `${serverUrl}/v1/embed${which}`
  try {
    const response = await fetch(url, { credentials: 'omit' })
    const body: unknown = await response.json()
    const config = response.ok && parseEmbedConfig(body)
    if (config) return config
    const { code, detail, title }: Record<string, unknown> = { ...Object(body) }
    return { code: String(code), detail: String(detail ?? title) }
  } catch {
    // Also what a Content-Security-Policy without our origin in connect-src looks like from here.
    return { code: 'service_unavailable', detail: `${url} could not be read (network, or connect-src).` }
  }
}
