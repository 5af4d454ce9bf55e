/** What browsers and crawlers ask of every host by themselves. */
import { Hono } from 'hono'
import type { EdgeContext } from './edge-context.ts'

const ROBOTS = `User-agent: *
Disallow: /admin/
Disallow: /parties/
Disallow: /v1/
Allow: /v1/twin.js
Allow: /v1/embed/*/twin.js
`

/** The same without our own names. */
const WHITE_LABEL_ROBOTS = `User-agent: *
Disallow: /parties/
Disallow: /v1/
`

export function wellKnownRoutes(): Hono<EdgeContext> {
  return new Hono<EdgeContext>()
    .get('/robots.txt', (c) => {
      c.header('cache-control', 'public, max-age=3600')
      return c.text(c.env.site.kind === 'platform' ? ROBOTS : WHITE_LABEL_ROBOTS)
    })
    .get(
      '/favicon.ico',
      () => new Response(null, { status: 204, headers: { 'cache-control': 'public, max-age=86400' } }),
    )
}
