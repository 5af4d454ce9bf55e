/**
 * A refused page shows its visitor nothing and tells its owner everything: one line in the console, one event, and
 * the mark `refused="<code>"` on the host. The event crosses shadow roots, so that one may listen on the document.
 */
import type { EmbedRefusal } from './request-embed-config.ts'
import { tellPage } from './tell-page.ts'

export function reportRefusal(host: HTMLElement, { code, detail }: EmbedRefusal): void {
  const { origin } = location
  host.setAttribute('refused', code)
  console.warn(`[twin] Not shown on ${origin} (${code}): ${detail}`)
  tellPage(host, 'twin:error', { code, origin })
}
