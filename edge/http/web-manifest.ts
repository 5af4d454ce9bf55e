/** The web manifest of a customer's own host; there is none where there is no page. */
import { Hono } from 'hono'
import { pageState } from '../core/page-state.ts'
import type { Clock } from '../core/ports.ts'
import { webManifest } from '../pages/web-manifest.ts'
import type { EdgeContext } from './edge-context.ts'
import { problem } from './problem.ts'

export function webManifestRoutes({ clock }: { readonly clock: Clock }): Hono<EdgeContext> {
  return new Hono<EdgeContext>().get('/manifest.webmanifest', (c) => {
    const { site } = c.env
    const state = site.kind === 'custom' ? pageState(site.record, site, clock()) : undefined
    if (!state) return problem({ reason: 'not_found' })
    return Response.json(webManifest(state.record), {
      headers: {
        'content-type': 'application/manifest+json',
        'cache-control': 'public, max-age=300',
        'x-content-type-options': 'nosniff',
      },
    })
  })
}
