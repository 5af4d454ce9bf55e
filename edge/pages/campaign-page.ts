/** A campaign's page while it runs: on our host `/<celebrity-slug>/<campaign-slug>`, or the whole of its own host. */
import { html } from 'hono/html'
import { CAMPAIGN_WORDS } from './campaign-words.ts'
import { dated } from './dated.ts'
import { drawnFace } from './drawn-face.ts'
import { pageDocument } from './page-document.ts'
import { pageHead } from './page-head.ts'
import type { PageInput } from './page-input.ts'
import { pageStyles } from './page-styles.ts'
import { pageWords } from './page-words.ts'
import { structuredData } from './structured-data.ts'
import { STAGE_ID, twinStage } from './twin-stage.ts'

/** The page as text. Who pays stands first, before anything that is paid for. */
export function campaignPage({
  record,
  embedConfig,
  language,
  pageScriptUrl,
  url,
  whiteLabel,
  nonce,
}: PageInput): string {
  const { name, tagline, portrait } = embedConfig.twin
  const { campaign } = record
  const words = pageWords(language, name)
  const title = record.page?.title ?? campaign?.name ?? name
  const intro = record.page?.intro ?? tagline
  const shared = `${title} · ${embedConfig.invitation}`
  return pageDocument({
    kind: 'campaign',
    language,
    title: whiteLabel ? shared : `${shared} | VibeThink`,
    head: html`${pageHead({
      type: 'website',
      title: shared,
      description: embedConfig.sponsor ? `${embedConfig.sponsor.label}. ${intro}` : intro,
      siteName: name,
      url,
      portrait,
      alt: words.portrait,
      language,
      pageScriptUrl,
    })}${whiteLabel ? html`<link rel="manifest" href="/manifest.webmanifest" />` : ''}${structuredData({ record, title, description: intro, language, url })}`,
    styles: pageStyles(embedConfig.theme),
    nonce,
    body: html`<a class="skip" href="#${STAGE_ID}">${words.skip}</a>
      <header class="cover">
        ${portrait === null ? drawnFace(name) : html`<img src="${portrait}" alt="${words.portrait}" width="280" height="280" />`}
        <div class="words">
          ${embedConfig.sponsor ? html`<p class="sponsor"><bdi>${embedConfig.sponsor.label}</bdi></p>` : ''}
          <h1 dir="auto">${title}</h1>
          <p class="intro" dir="auto">${intro}</p>
          ${
            campaign && campaign.endsAt !== null
              ? html`<p class="dates">
                  ${CAMPAIGN_WORDS[language].until} ${dated(campaign.endsAt, language, campaign.timeZone)}
                </p>`
              : ''
          }
        </div>
      </header>
      ${twinStage(embedConfig, words)}
      <footer>${whiteLabel ? html`<p>© ${name}</p>` : html`<p lang="en" dir="ltr">A twin by VibeThink</p>`}</footer>`,
  })
}
