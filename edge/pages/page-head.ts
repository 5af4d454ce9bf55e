/** The part of a twin page's head that speaks to search engines and to whoever previews the link. */
import { html } from 'hono/html'
import type { Locale } from '../../schema/wire/locales.ts'

interface PageHead {
  /** What is previewed: a person, or anything else. */
  readonly type: 'profile' | 'website'
  readonly title: string
  readonly description: string
  /** Name of the person; stands where a site's name is shown. */
  readonly siteName: string
  /** Absolute. */
  readonly url: string
  /** Path of the portrait on this host, or null. */
  readonly portrait: string | null
  /** What the portrait shows, in words. */
  readonly alt: string
  readonly language: Locale
  /** Left out: the page runs no twin. */
  readonly pageScriptUrl?: string
}

/** Networks that preview links draw these; none of them draws SVG. */
const PREVIEWED = /\.(?:png|jpe?g|webp)$/

/** Social preview, canonical address, icon and the page's script. */
export function pageHead({
  type,
  title,
  description,
  siteName,
  url,
  portrait,
  alt,
  language,
  pageScriptUrl,
}: PageHead): ReturnType<typeof html> {
  // Resolved, not concatenated: a path that is no path must not move the picture to another host.
  const image = portrait === null ? null : onSameOrigin(portrait, url)
  return html`<meta name="description" content="${description}" />
    <link rel="canonical" href="${url}" />
    <meta property="og:type" content="${type}" />
    <meta property="og:locale" content="${language}" />
    <meta property="og:site_name" content="${siteName}" />
    <meta property="og:title" content="${title}" />
    <meta property="og:description" content="${description}" />
    <meta property="og:url" content="${url}" />
    <meta name="twitter:card" content="summary" />
    <meta name="twitter:title" content="${title}" />
    <meta name="twitter:description" content="${description}" />
    ${
      image !== null && PREVIEWED.test(image)
        ? html`<meta property="og:image" content="${image}" />
            <meta property="og:image:alt" content="${alt}" />
            <meta name="twitter:image" content="${image}" />
            <meta name="twitter:image:alt" content="${alt}" />`
        : ''
    }
    ${image === null ? '' : html`<link rel="icon" href="${image}" />`}
    ${pageScriptUrl === undefined ? '' : html`<script type="module" src="${pageScriptUrl}"></script>`}`
}

function onSameOrigin(path: string, base: string): string | null {
  const resolved = URL.parse(path, base)
  return resolved && resolved.origin === new URL(base).origin ? resolved.href : null
}
