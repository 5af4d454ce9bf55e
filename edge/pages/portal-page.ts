/** A celebrity's page on the platform's own host, `/<celebrity-slug>`. */
import { html } from 'hono/html'
import { pageDocument } from './page-document.ts'
import { pageHead } from './page-head.ts'
import type { PageInput } from './page-input.ts'
import { pageStyles } from './page-styles.ts'
import { STAGE_ID, twinStage } from './twin-stage.ts'

/** The page as text. */
export function portalPage({ record, embedConfig, pageScriptUrl, publicUrl, nonce }: PageInput): string {
  const { name, tagline, portrait } = embedConfig.twin
  const title = record.page?.title ?? name
  const intro = record.page?.intro ?? tagline
  const url = `${publicUrl}/${encodeURIComponent(record.celebrity.slug)}`
  return pageDocument({
    kind: 'portal',
    title: `${title} | VibeThink`,
    head: pageHead({ title, description: intro, siteName: name, url, portrait, pageScriptUrl }),
    styles: pageStyles(embedConfig.theme),
    nonce,
    body: html`<a class="skip" href="#${STAGE_ID}">Skip to the conversation</a>
      <header class="cover">
        ${portrait === null ? '' : html`<img src="${portrait}" alt="${`Portrait of ${name}`}" width="280" height="280" />`}
        <div class="words">
          <h1>${title}</h1>
          ${intro === tagline ? '' : html`<p class="tagline">${tagline}</p>`}
          <p class="intro">${intro}</p>
          ${embedConfig.sponsor ? html`<p class="sponsor">${embedConfig.sponsor.label}</p>` : ''}
        </div>
      </header>
      ${twinStage(embedConfig)}
      <footer><p>A twin by VibeThink</p></footer>`,
  })
}
