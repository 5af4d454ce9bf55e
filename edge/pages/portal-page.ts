/** A celebrity's page on the platform's own host, `/<celebrity-slug>`. */
import { html } from 'hono/html'
import { drawnFace } from './drawn-face.ts'
import { pageDocument } from './page-document.ts'
import { pageHead } from './page-head.ts'
import type { PageInput } from './page-input.ts'
import { pageStyles } from './page-styles.ts'
import { structuredData } from './structured-data.ts'
import { pageWords } from './page-words.ts'
import { STAGE_ID, twinStage } from './twin-stage.ts'

/** The page as text. */
export function portalPage({ record, embedConfig, language, pageScriptUrl, url, nonce }: PageInput): string {
  const { name, tagline, portrait } = embedConfig.twin
  const words = pageWords(language, name)
  const title = record.page?.title ?? name
  const intro = record.page?.intro ?? tagline
  return pageDocument({
    kind: 'portal',
    language,
    title: `${title} | VibeThink`,
    head: html`${pageHead({
      type: 'profile',
      title,
      description: intro,
      siteName: name,
      url,
      portrait,
      alt: words.portrait,
      language,
      pageScriptUrl,
    })}${structuredData({ record, title, description: intro, language, url })}`,
    styles: pageStyles(embedConfig.theme),
    nonce,
    body: html`<a class="skip" href="#${STAGE_ID}">${words.skip}</a>
      <header class="cover">
        ${portrait === null ? drawnFace(name) : html`<img src="${portrait}" alt="${words.portrait}" width="280" height="280" />`}
        <div class="words">
          <h1 dir="auto">${title}</h1>
          ${intro === tagline ? '' : html`<p class="tagline" dir="auto">${tagline}</p>`}
          <p class="intro" dir="auto">${intro}</p>
          ${embedConfig.sponsor ? html`<p class="sponsor">${embedConfig.sponsor.label}</p>` : ''}
        </div>
      </header>
      ${twinStage(embedConfig, words)}
      <footer><p lang="en" dir="ltr">A twin by VibeThink</p></footer>`,
  })
}
