/** What every page we serve has around its body: the head, the nonce on the sheet, the way to the content by keyboard. */
import { html, raw } from 'hono/html'
import { RTL_LOCALES } from '../../schema/wire/locales.ts'
import type { Locale } from '../../schema/wire/locales.ts'

type Markup = ReturnType<typeof html>

interface PageDocument {
  /** Names the page's composition in the sheet. */
  readonly kind: 'portal' | 'white-label' | 'campaign' | 'notice' | 'nothing'
  readonly title: string
  readonly language: Locale
  /** Further elements of the head. */
  readonly head: Markup
  /** CSS made of constants and checked values only. */
  readonly styles: string
  readonly nonce: string
  readonly body: Markup
}

/** A whole document as text. */
export function pageDocument({ kind, title, language, head, styles, nonce, body }: PageDocument): string {
  const page = html`<!doctype html>
    <html lang="${language}" dir="${RTL_LOCALES.includes(language) ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <title>${title}</title>
        ${head}
        <style nonce="${nonce}">
          ${raw(styles)}
        </style>
      </head>
      <body class="${kind}">
        ${body}
      </body>
    </html> `
  // A template is a promise only when a value in it is one, and here none is.
  if (page instanceof Promise) throw new Error('A page must not wait for a value')
  return page.toString()
}
