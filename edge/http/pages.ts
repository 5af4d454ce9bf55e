/**
 * The pages we serve ourselves: the portal page of a celebrity on our host, a customer's whole page on the customer's.
 * Visitors see one "nothing here" for every reason; the owner finds the reason over the API.
 */
import { Hono } from 'hono'
import { acceptedLocale } from '../core/accepted-locale.ts'
import { admitPage } from '../core/admit.ts'
import { embedConfig } from '../core/embed-config.ts'
import { findPortal } from '../core/find-portal.ts'
import type { Clock, BuiltScripts, TwinDirectory } from '../core/ports.ts'
import type { Site } from '../core/site.ts'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import type { Locale } from '../../schema/wire/locales.ts'
import { notFoundPage } from '../pages/not-found-page.ts'
import type { PageInput } from '../pages/page-input.ts'
import { portalPage } from '../pages/portal-page.ts'
import { whiteLabelPage } from '../pages/white-label-page.ts'
import type { EdgeContext } from './edge-context.ts'
import { newNonce, pageResponse } from './page-response.ts'

interface PagePorts {
  readonly directory: TwinDirectory
  readonly scripts: BuiltScripts
  readonly clock: Clock
  readonly publicUrl: URL
}

/** On our host: `/<celebrity-slug>`. */
export function portalRoutes({ directory, scripts, clock, publicUrl }: PagePorts): Hono<EdgeContext> {
  return new Hono<EdgeContext>().get('/:slug{[a-z0-9-]{1,63}}', async (c) => {
    const record = findPortal(await directory.findBySlug(c.req.param('slug')))
    return ownPage({
      record,
      site: c.env.site,
      url: publicUrl,
      language: acceptedLocale(c.req.header('accept-language')),
      scripts,
      now: clock(),
      render: portalPage,
    })
  })
}

/** On a customer's host: the page at its root. */
export function whiteLabelRoutes({ scripts, clock, publicUrl }: Omit<PagePorts, 'directory'>): Hono<EdgeContext> {
  return new Hono<EdgeContext>().get('/', async (c) => {
    const { site } = c.env
    if (site.kind !== 'custom') return notFound(site, publicUrl)
    return ownPage({
      record: site.record,
      site,
      url: siteUrl(site, publicUrl),
      language: acceptedLocale(c.req.header('accept-language')),
      scripts,
      now: clock(),
      render: whiteLabelPage,
    })
  })
}

/** What a person sees who follows a wrong link. */
export function notFound(site: Site, publicUrl: URL): Response {
  const nonce = newNonce()
  const html = notFoundPage({ whiteLabel: site.kind === 'custom', nonce })
  return pageResponse({ html, nonce, status: 404, url: siteUrl(site, publicUrl) })
}

interface OwnPage {
  readonly record: DeploymentRecord | undefined
  readonly site: Site
  readonly url: URL
  readonly language: Locale
  readonly scripts: BuiltScripts
  readonly now: number
  readonly render: (input: PageInput) => string
}

async function ownPage({ record, site, url, language, scripts, now, render }: OwnPage): Promise<Response> {
  const admission = admitPage(record, site, now)
  if (!admission.ok) return notFound(site, url)
  const nonce = newNonce()
  const html = render({
    record: admission.value,
    embedConfig: embedConfig(admission.value, language, site),
    language,
    pageScriptUrl: (await scripts.paths()).page,
    publicUrl: url.origin,
    nonce,
  })
  return pageResponse({ html, nonce, status: 200, imageHosts: admission.value.imageHosts, url })
}

/** Built from configuration and the verified host, never from what the request says of itself. */
function siteUrl(site: Site, publicUrl: URL): URL {
  const url = new URL(publicUrl)
  if (site.kind === 'custom') url.hostname = site.host
  return url
}
