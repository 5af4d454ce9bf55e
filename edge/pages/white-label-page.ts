/** A customer's whole page on the customer's own host. Nothing of ours is on it, in words or in names. */
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
export function whiteLabelPage({ record, embedConfig, language, pageScriptUrl, url, nonce }: PageInput): string {
  const { name, tagline, portrait } = embedConfig.twin
  const words = pageWords(language, name)
  const title = record.page?.title ?? name
  const intro = record.page?.intro ?? tagline
  const shared = `${title} · ${embedConfig.invitation}`
  return pageDocument({
    kind: 'white-label',
    language,
    title: shared,
    head: html`${pageHead({
        type: 'profile',
        title: shared,
        description: intro,
        siteName: name,
        url,
        portrait,
        alt: words.portrait,
        language,
        pageScriptUrl,
      })}<link
        rel="manifest"
        href="/manifest.webmanifest"
      />${structuredData({ record, title: shared, description: intro, language, url })}`,
    styles: pageStyles(embedConfig.theme),
    nonce,
    body: html`<a class="skip" href="#${STAGE_ID}">${words.skip}</a>
      <header class="cover">
        ${portrait === null ? drawnFace(name) : html`<img src="${portrait}" alt="${words.portrait}" width="400" height="400" />`}
        <div class="words">
          <h1 dir="auto">${title}</h1>
          <p class="intro" dir="auto">${intro}</p>
          ${embedConfig.sponsor ? html`<p class="sponsor">${embedConfig.sponsor.label}</p>` : ''}
        </div>
      </header>
      ${twinStage(embedConfig, words)}
      <footer><p>© ${name}</p></footer>`,
  })
}
