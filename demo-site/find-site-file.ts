/** Which file a request means, and never one outside its site. Pure: it looks at no disk. */

/** Only these kinds leave the server; anything else in a site's folder is not found. */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['ts', 'text/javascript; charset=utf-8'], // served without its types
  ['svg', 'image/svg+xml; charset=utf-8'],
  ['woff2', 'font/woff2'],
  ['txt', 'text/plain; charset=utf-8'],
])
/** Letters, digits, dash and underscore, dots only between them: no `..`, no hidden file, no drive, no backslash. */
const SEGMENT = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/

interface SiteFile {
  /** Relative to the demo-site folder, with forward slashes. */
  readonly path: string
  readonly contentType: string
}

/**
 * The file behind a request path (query already cut off), or undefined. `/media/` is common to all sites.
 * @param site - Name of a folder under `sites/`, already checked.
 */
export function findSiteFile(site: string, requestPath: string): SiteFile | undefined {
  const wanted = requestPath === '/' ? '/index.html' : requestPath
  if (!wanted.startsWith('/')) return undefined
  const segments = wanted.slice(1).split('/')
  // A percent sign never passes, so an encoded dot or slash is refused without being decoded.
  if (!segments.every((segment) => SEGMENT.test(segment))) return undefined
  const contentType = CONTENT_TYPES.get(wanted.slice(wanted.lastIndexOf('.') + 1))
  if (!contentType) return undefined
  const folder = segments[0] === 'media' ? '' : `sites/${site}/`
  return { path: folder + segments.join('/'), contentType }
}
