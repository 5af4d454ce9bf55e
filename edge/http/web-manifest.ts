/** The web manifest of a customer's own host; there is none where there is no page. */
import { Hono } from 'hono'
import { admitPage } from '../core/admit.ts'
import type { Clock } from '../core/ports.ts'
import { webManifest } from '../pages/web-manifest.ts'
import type { EdgeContext } from './edge-context.ts'
import { problem } from './problem.ts'

export function webManifestRoutes({ clock }: { readonly clock: Clock }): Hono<EdgeContext> {
  return new Hono<EdgeContext>().get('/manifest.webmanifest', (c) => {
    const { site } = c.env
    const admission = admitPage(site.kind === 'custom' ? site.record : undefined, site, clock())
    if (!admission.ok) return problem(admission.failure)
    return Response.json(webManifest(admission.value), {
      headers: {
        'content-type': 'application/manifest+json',
        'cache-control': 'public, max-age=300',
        'x-content-type-options': 'nosniff',
      },
    })
  })
}
