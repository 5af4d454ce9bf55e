/**
 * What the owner of a refused page is to do, made of the refused origin alone: nothing is told of what is on the list, so
 * that a stranger learns no more than that their page is not on it. Pure.
 */
import type { Id } from '../../schema/domain/id.ts'
import { hostOfEntry } from '../../schema/domain/origin-entry.ts'
import { parseAllowedOrigin } from './admin/parse-allowed-origin.ts'
import { isOwnedPreview } from './preview-platforms.ts'
import { registrableDomain } from './registrable-domain.ts'

export interface RefusedOrigin {
  readonly origin: string
  /** Absent where only a celebrity was asked for: which deployment it would be is not said. */
  readonly deploymentId?: Id<'deployment'>
  /** The platform itself runs on a local name, so that local pages may be allowed. */
  readonly development: boolean
}

export interface OriginAdvice {
  readonly detail: string
  /** Entries that would let the page in, the narrowest first; none: no entry can. */
  readonly add: readonly string[]
}

export function originAdvice({ origin, deploymentId, development }: RefusedOrigin): OriginAdvice {
  if (origin === 'null')
    return none(
      'Sandboxed frames, files and some in-app browsers have no origin of their own and cannot be allowed. Serve the page over https.',
    )
  if (URL.parse(origin)?.origin !== origin)
    return none('This is not an origin as browsers write it, so it cannot be allowed.')
  const entry = parseAllowedOrigin(origin, { development })
  if (!entry.ok) return none(`This page cannot be allowed as it is: an allowed domain ${entry.failure}.`)
  if (entry.value !== origin) return none('This is not an origin as browsers write it, so it cannot be allowed.')
  const wider = everyPreviewLike(origin)
  const call = deploymentId === undefined ? '' : ` (${adminCall(deploymentId, origin)})`
  const previews = wider === undefined ? '' : ` To allow every preview of this site, add ${wider} instead.`
  return {
    detail: `Add exactly ${origin} to the allowed domains of this deployment${call}, then reload the page.${previews}`,
    add: wider === undefined ? [origin] : [origin, wider],
  }
}

/** As it is sent with the admin key. */
function adminCall(deploymentId: Id<'deployment'>, origin: string): string {
  return `POST /admin/v1/deployments/${deploymentId}/allowed-domains ${JSON.stringify({ origin })}`
}

/** Where the name itself tells that it is one of many: `https://1a2b3c.my-project.pages.dev`. */
function everyPreviewLike(origin: string): string | undefined {
  if (new URL(origin).port !== '') return undefined // platforms serve previews on no port of their own, and the entry has none
  const [label = '', ...parent] = hostOfEntry(origin).split('.')
  const suffix = parent.join('.')
  const [, site] = label.split('--')
  const after = site === undefined ? '' : `--${site}`
  if (isOwnedPreview({ before: '', after, suffix }) && label.split('--').length === 2)
    return `https://*${after}.${suffix}`
  return PREVIEWS_BELOW.has(parent.slice(1).join('.')) && registrableDomain(suffix) === suffix
    ? `https://*.${suffix}`
    : undefined
}

const PREVIEWS_BELOW: ReadonlySet<string> = new Set(['pages.dev', 'amplifyapp.com'])

function none(detail: string): OriginAdvice {
  return { detail, add: [] }
}
