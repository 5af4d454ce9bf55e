/** The part of a twin page's head that speaks to search engines and to whoever previews the link. */
import { html } from 'hono/html'

interface PageHead {
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
  readonly pageScriptUrl: string
}

/** Social preview, canonical address, icon and the page's script. */
export function pageHead({
  title,
  description,
  siteName,
  url,
  portrait,
  alt,
  pageScriptUrl,
}: PageHead): ReturnType<typeof html> {
  // Resolved, not concatenated: a path that is no path must not move the picture to another host.
  const image = portrait === null ? null : onSameOrigin(portrait, url)
  return html`<meta name="description" content="${description}" />
    <link rel="canonical" href="${url}" />
    <meta property="og:type" content="profile" />
    <meta property="og:site_name" content="${siteName}" />
    <meta property="og:title" content="${title}" />
    <meta property="og:description" content="${description}" />
    <meta property="og:url" content="${url}" />
    <meta name="twitter:card" content="summary" />
    ${
      image === null
        ? ''
        : html`<meta property="og:image" content="${image}" />
            <meta property="og:image:alt" content="${alt}" />
            <link rel="icon" href="${image}" />`
    }
    <script type="module" src="${pageScriptUrl}"></script>`
}

function onSameOrigin(path: string, base: string): string | null {
  const resolved = URL.parse(path, base)
  return resolved && resolved.origin === new URL(base).origin ? resolved.href : null
}
