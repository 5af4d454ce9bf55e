/** The part of a page where the twin lives. The element's neutral name keeps a white-label page free of ours. */
import { html } from 'hono/html'
import type { EmbedConfig } from '../../schema/wire/embed.ts'
import { jsonForScript } from './json-for-script.ts'

/** Where the skip link leads. */
export const STAGE_ID = 'conversation'

/** The landmark with the element, its configuration, and a line for a browser that runs no scripts. */
export function twinStage(embedConfig: EmbedConfig): ReturnType<typeof html> {
  const { name } = embedConfig.twin
  return html`<main
      class="stage"
      id="${STAGE_ID}"
      tabindex="-1"
      aria-label="${`Conversation with the AI twin of ${name}`}"
    >
      <ai-twin mode="page" deployment-id="${embedConfig.deploymentId}"
        ><p>${name}’s AI twin is on its way. ${embedConfig.disclosure}</p></ai-twin
      >
      <noscript
        >Talking with the AI twin of ${name} needs JavaScript. Please allow it for this page and load the page
        again.</noscript
      >
    </main>
    <script type="application/json" id="twin-config">
      ${jsonForScript(embedConfig)}
    </script>`
}
