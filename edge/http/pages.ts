/**
 * The pages we serve ourselves: a celebrity's portal page and campaigns on our host, a customer's whole page on the
 * customer's. A campaign that is to come or over has a page that says so. For every other reason visitors see one "nothing
 * here"; the owner finds the reason over the API.
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { acceptedLocale } from '../core/accepted-locale.ts'
import { embedConfig } from '../core/embed-config.ts'
import { findCampaignPage } from '../core/find-campaign-page.ts'
import { findPortal } from '../core/find-portal.ts'
import { frameAncestors } from '../core/frame-ancestors.ts'
import { ownOrigins } from '../core/origin.ts'
import { RESERVED_SLUGS } from '../core/reserved-slugs.ts'
import { pageState } from '../core/page-state.ts'
import type { PageState } from '../core/page-state.ts'
import { StoreUnavailable } from '../core/ports.ts'
import type { Clock, BuiltScripts, TwinDirectory } from '../core/ports.ts'
import type { Site } from '../core/site.ts'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { campaignNoticePage } from '../pages/campaign-notice-page.ts'
import { campaignPage } from '../pages/campaign-page.ts'
import { notFoundPage } from '../pages/not-found-page.ts'
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

const SLUG = '[a-z0-9-]{1,63}'
/** What lies below a name of our own is no campaign's. */
const CELEBRITY = `(?!(?:${RESERVED_SLUGS.join('|')})(?:/|$))${SLUG}`

/** On our host: `/<celebrity-slug>`, and `/<celebrity-slug>/<campaign-slug>`. */
export function portalRoutes(ports: PagePorts): Hono<EdgeContext> {
  const { directory, clock } = ports
  return new Hono<EdgeContext>()
    .get(`/:slug{${SLUG}}`, async (c) => {
      const { slug } = c.req.param()
      const record = findPortal(await directory.findBySlug(slug, c.req.header('cf-connecting-ip')))
      const state = pageState(record, c.env.site, clock())
      return answer(ports, { state, site: c.env.site, path: `/${slug}`, ...asker(c) })
    })
    .get(`/:slug{${CELEBRITY}}/:campaign{${SLUG}}`, async (c) => {
      const { slug, campaign } = c.req.param()
      const state = findCampaignPage(
        await directory.findBySlug(slug, c.req.header('cf-connecting-ip')),
        campaign,
        clock(),
      )
      const path = `/${slug}/${campaign}`
      return answer(ports, { state, site: c.env.site, path, ...asker(c) })
    })
}

/** On a customer's host: the page at its root. */
export function whiteLabelRoutes(ports: PagePorts): Hono<EdgeContext> {
  return new Hono<EdgeContext>().get('/', (c) => {
    const { site } = c.env
    const state = site.kind === 'custom' ? pageState(site.record, site, ports.clock()) : undefined
    return answer(ports, { state, site, path: '/', ...asker(c) })
  })
}

/** What a person sees who follows a wrong link. */
export function notFound(site: Site, publicUrl: URL): Response {
  const nonce = newNonce()
  const html = notFoundPage({ whiteLabel: site.kind === 'custom', nonce })
  return pageResponse({ html, nonce, status: 404, language: 'en', url: siteUrl(site, publicUrl) })
}

function asker({ req }: Context): Pick<Asked, 'reads' | 'comesFrom'> {
  return { reads: req.header('accept-language'), comesFrom: req.header('referer') }
}

interface Asked {
  readonly state: PageState | undefined
  readonly site: Site
  /** Where this page lives on its host. */
  readonly path: string
  /** `Accept-Language`. */
  readonly reads: string | undefined
  /** `Referer`. */
  readonly comesFrom: string | undefined
}

async function answer(ports: PagePorts, { state, site, path, reads, comesFrom }: Asked): Promise<Response> {
  const { scripts, publicUrl } = ports
  if (!state) return notFound(site, publicUrl)
  const { record } = state
  const language = acceptedLocale(reads)
  const url = new URL(path, siteUrl(site, publicUrl))
  const framedBy = frameAncestors(record, comesFrom)
  const nonce = newNonce()
  const whiteLabel = site.kind === 'custom'
  const input = { record, embedConfig: embedConfig(record, language, site), language, url: url.href, whiteLabel, nonce }
  if (state.kind === 'open') {
    const render = record.campaign ? campaignPage : whiteLabel ? whiteLabelPage : portalPage
    const html = render({ ...input, pageScriptUrl: (await scripts.paths()).page })
    return pageResponse({ html, nonce, status: 200, language, imageHosts: record.imageHosts, framedBy, url })
  }
  const { kind, campaign } = state
  const html = campaignNoticePage({ ...input, kind, campaign, portalUrl: await portalUrl(ports, record, site) })
  return pageResponse({
    html,
    nonce,
    status: kind === 'before' ? 200 : 410,
    language,
    ownScript: kind === 'before',
    framedBy,
    url,
  })
}

/** Where the same twin can be met now; from a customer's host no link leads to ours. */
async function portalUrl(
  { directory, clock, publicUrl }: PagePorts,
  { celebrity }: DeploymentRecord,
  site: Site,
): Promise<string | undefined> {
  const portal = findPortal(await bySlug(directory, celebrity.slug))
  if (portal?.celebrity.id !== celebrity.id || pageState(portal, { kind: 'platform' }, clock())?.kind !== 'open')
    return undefined
  const origin = ownOrigins(portal, publicUrl).find((own) => own !== publicUrl.origin)
  if (site.kind === 'custom') return origin && `${origin}/`
  return `${publicUrl.origin}/${celebrity.slug}`
}

/** A page that thanks can do without a link. */
async function bySlug(directory: TwinDirectory, slug: string): Promise<readonly DeploymentRecord[]> {
  try {
    return await directory.findBySlug(slug)
  } catch (error) {
    if (error instanceof StoreUnavailable) return []
    throw error
  }
}

/** Built from configuration and the verified host, never from what the request says of itself. */
function siteUrl(site: Site, publicUrl: URL): URL {
  const url = new URL(publicUrl)
  if (site.kind === 'custom') url.hostname = site.host
  return url
}
