/** The part of a page where the twin lives. The element's neutral name keeps a white-label page free of ours. */
import { html } from 'hono/html'
import type { EmbedConfig } from '../../schema/wire/embed.ts'
import { jsonForScript } from './json-for-script.ts'
import type { PageWords } from './page-words.ts'

/** Where the skip link leads. */
export const STAGE_ID = 'conversation'

/** The landmark with the element, its configuration, and a line for a browser that runs no scripts. */
export function twinStage(embedConfig: EmbedConfig, { needsScripts }: PageWords): ReturnType<typeof html> {
  return html`<main class="stage" id="${STAGE_ID}" tabindex="-1" aria-label="${embedConfig.invitation}">
      <ai-twin mode="page" deployment-id="${embedConfig.deploymentId}"><p>${embedConfig.disclosure}</p></ai-twin>
      <noscript>${needsScripts}</noscript>
    </main>
    <script type="application/json" id="twin-config">
      ${jsonForScript(embedConfig)}
    </script>`
}
