/** What a person sees where no twin lives, whatever the reason: strangers learn nothing from it. */
import { html } from 'hono/html'
import { pageDocument } from './page-document.ts'
import type { NotFoundPageInput } from './page-input.ts'
import { pageStyles } from './page-styles.ts'

/** The page as text; on a customer's host without any name of ours. */
export function notFoundPage({ whiteLabel, nonce }: NotFoundPageInput): string {
  return pageDocument({
    kind: 'nothing',
    title: whiteLabel ? 'Nobody is here' : 'Nobody is here | VibeThink',
    language: 'en',
    head: html`<meta name="robots" content="noindex" />`,
    styles: pageStyles({ accent: '', scheme: 'auto' }),
    nonce,
    body: html`<main>
      <svg
        viewBox="0 0 96 96"
        fill="none"
        stroke="currentColor"
        stroke-width="4"
        stroke-linecap="round"
        aria-hidden="true"
      >
        <circle cx="48" cy="48" r="42" stroke-dasharray="3 11" />
        <circle cx="48" cy="40" r="13" />
        <path d="M25 71c4-12 13-17 23-17s19 5 23 17" />
      </svg>
      <h1>Nobody is here</h1>
      <p>
        There is no twin at this address. It may have moved, or it may be away for a while. Please check the address, or
        come back later.
      </p>
    </main>`,
  })
}
