/**
 * A campaign's page before it begins and after it has ended: who, with whom, when; then where the twin can be met
 * otherwise. No search engine keeps it. One small script of ours tells the reader's own time, under this response's nonce.
 */
import { html, raw } from 'hono/html'
import { CAMPAIGN_WORDS } from './campaign-words.ts'
import { dated } from './dated.ts'
import { drawnFace } from './drawn-face.ts'
import { pageDocument } from './page-document.ts'
import { pageHead } from './page-head.ts'
import type { NoticeInput } from './page-input.ts'
import { pageStyles } from './page-styles.ts'
import { pageWords } from './page-words.ts'
import { structuredData } from './structured-data.ts'

/** The page as text. */
export function campaignNoticePage({
  kind,
  record,
  campaign,
  embedConfig,
  language,
  url,
  portalUrl,
  whiteLabel,
  nonce,
}: NoticeInput): string {
  const { name, portrait } = embedConfig.twin
  const words = pageWords(language, name)
  const { begins, yourTime, ended } = CAMPAIGN_WORDS[language]
  const title = record.page?.title ?? campaign.name
  const intro = record.page?.intro ?? embedConfig.twin.tagline
  return pageDocument({
    kind: 'notice',
    language,
    title: whiteLabel ? `${title} · ${name}` : `${title} · ${name} | VibeThink`,
    head: html`<meta name="robots" content="noindex" />${pageHead({
        type: 'website',
        title: `${title} · ${name}`,
        description: kind === 'before' ? intro : ended,
        siteName: name,
        url,
        portrait,
        alt: words.portrait,
        language,
      })}${whiteLabel ? html`<link rel="manifest" href="/manifest.webmanifest" />` : ''}${kind === 'before' ? structuredData({ record, title, description: intro, language, url }) : ''}`,
    styles: pageStyles(embedConfig.theme),
    nonce,
    body: html`<main>
        ${portrait === null ? drawnFace(name) : html`<img src="${portrait}" alt="${words.portrait}" width="160" height="160" />`}
        ${embedConfig.sponsor ? html`<p class="sponsor"><bdi>${embedConfig.sponsor.label}</bdi></p>` : ''}
        <h1 dir="auto">${title}</h1>
        ${
          kind === 'before'
            ? html`<p class="intro" dir="auto">${intro}</p>
                <dl>
                  <div>
                    <dt>${begins}</dt>
                    <dd>${dated(campaign.startsAt, language, campaign.timeZone)}</dd>
                  </div>
                  <div id="yours" data-zone="${campaign.timeZone}" hidden>
                    <dt>${yourTime}</dt>
                    <dd><time datetime="${campaign.startsAt}"></time></dd>
                  </div>
                </dl>`
            : html`<p class="intro">${ended}</p>`
        }
        ${portalUrl === undefined ? '' : html`<p><a class="onward" href="${portalUrl}">${embedConfig.invitation}</a></p>`}
      </main>
      <footer>${whiteLabel ? html`<p>© ${name}</p>` : html`<p lang="en" dir="ltr">A twin by VibeThink</p>`}</footer>
      ${
        kind === 'before'
          ? html`<script type="module" nonce="${nonce}">
              ${raw(TELL_YOUR_TIME)}
            </script>`
          : ''
      }`,
  })
}

/**
 * Constants only. Says the moment on the reader's clock, unless that shows what the campaign's does; and once it comes within
 * the hour the page is loaded again, not by everybody in the same second.
 */
const TELL_YOUR_TIME = `
const yours = document.getElementById('yours')
const time = yours.querySelector('time')
const moment = new Date(time.dateTime)
const shown = (rest) => new Intl.DateTimeFormat(document.documentElement.lang + '-u-ca-gregory', {
  weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit',
  second: moment.getUTCSeconds() === 0 ? undefined : '2-digit', ...rest,
}).format(moment)
time.textContent = shown({ timeZoneName: 'short' })
yours.hidden = shown({}) === shown({ timeZone: yours.dataset.zone })
const wait = moment - Date.now()
if (wait < 3600000) setTimeout(() => location.reload(), Math.max(wait, 5000) + Math.random() * 5000)
`
