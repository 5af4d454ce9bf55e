/**
 * Step 3 begins here: the Host decides which house a request has entered, before any route or file. Ours has everything;
 * a customer's has that customer's twin and nothing that tells of us.
 */
import { Hono } from 'hono'
import { readHost } from '../core/host.ts'
import { LookupsBraked, StoreUnavailable } from '../core/ports.ts'
import type {
  AddressDigest,
  Challenges,
  BuiltScripts,
  Clock,
  FloodGate,
  IdentityProof,
  RoomDoor,
  SessionSigner,
  StaticFiles,
  TwinDirectory,
  VisitorIdentity,
} from '../core/ports.ts'
import type { Refusal } from '../core/refusal.ts'
import type { Site } from '../core/site.ts'
import { fail, ok } from '../../schema/domain/result.ts'
import type { Result } from '../../schema/domain/result.ts'
import { allowedMethods } from './allowed-methods.ts'
import { assetRoutes, loaderRoutes } from './assets.ts'
import { connectRoutes } from './connect.ts'
import type { EdgeContext } from './edge-context.ts'
import { embedRoutes } from './embed.ts'
import { embedScriptRoutes } from './embed-script.ts'
import { lineRoutes } from './line.ts'
import { errorFields, writeLog } from '../../schema/domain/log-line.ts'
import type { LogLevel } from '../../schema/domain/log-line.ts'
import { notFound, portalRoutes, whiteLabelRoutes } from './pages.ts'
import { preflightRoutes } from './preflight.ts'
import { problem } from './problem.ts'
import { sessionRoutes } from './session.ts'
import { webManifestRoutes } from './web-manifest.ts'
import { wellKnownRoutes } from './well-known.ts'

export interface FrontDoorPorts {
  readonly directory: TwinDirectory
  readonly signer: SessionSigner
  readonly identity: VisitorIdentity
  readonly proofs: IdentityProof
  readonly flood: FloodGate
  readonly addresses: AddressDigest
  readonly challenges: Challenges
  readonly rooms: RoomDoor
  readonly files: StaticFiles
  readonly scripts: BuiltScripts
  readonly clock: Clock
  readonly publicUrl: URL
  readonly development: boolean
  readonly logLevel: LogLevel
  /** The admin routes, served on our host only. */
  readonly admin: Hono<EdgeContext>
}

/** Answers every request; nothing escapes it. */
export function frontDoor(ports: FrontDoorPorts): (request: Request) => Promise<Response> {
  const platform = house(ports)
    .route('/', loaderRoutes(ports.files))
    .route('/', embedScriptRoutes(ports))
    .route('/', ports.admin)
    .route('/', portalRoutes(ports))
  const customer = house(ports).route('/', webManifestRoutes(ports)).route('/', whiteLabelRoutes(ports))
  const answer = async (request: Request, requestId: string): Promise<Response> => {
    try {
      const site = await findSite(ports, request)
      if (!site.ok) return problem(site.failure)
      const bindings = { site: site.value, requestId }
      return await (site.value.kind === 'platform' ? platform : customer).fetch(request, bindings)
    } catch (error) {
      return answerFailure(error, requestId)
    }
  }
  return async (request) => {
    const requestId = crypto.randomUUID() // ours: what a request calls itself may be anything
    const began = ports.clock()
    const answered = await answer(request, requestId)
    const { method } = request
    const fields = { requestId, method, route: routeOf(request), status: answered.status, ms: ports.clock() - began }
    writeLog('info', 'request', fields, ports.logLevel)
    return withHeaders(answered, {
      'x-request-id': requestId,
      ...(ports.development ? {} : { 'strict-transport-security': 'max-age=31536000' }),
    })
  }
}

/** What both kinds of host serve. */
function house(ports: FrontDoorPorts): Hono<EdgeContext> {
  const app = new Hono<EdgeContext>()
  app.onError((error, c) => answerFailure(error, c.env.requestId))
  app.notFound((c) => {
    const allow = allowedMethods(app, c.req.path)
    if (allow.length > 0) return problem({ reason: 'method_not_allowed', allow: allow.join(', ') })
    return wantsPage(c.req.raw) ? notFound(c.env.site, ports.publicUrl) : problem({ reason: 'not_found' })
  })
  return app
    .route('/', embedRoutes(ports))
    .route('/', sessionRoutes(ports))
    .route('/', connectRoutes(ports))
    .route('/', lineRoutes(ports))
    .route('/', preflightRoutes())
    .route('/', assetRoutes(ports))
    .route('/', wellKnownRoutes())
}

async function findSite(
  { directory, publicUrl, development }: FrontDoorPorts,
  request: Request,
): Promise<Result<Site, Refusal>> {
  const url = new URL(request.url)
  // As it was sent: the address forgets what stood before an @ and takes what follows a slash for a path.
  const host = readHost(request.headers.get('host') ?? url.host, {
    platformHost: publicUrl.hostname,
    portTolerated: development,
    usualPort: url.protocol === 'https:' ? ':443' : ':80',
  })
  if (!host) return fail({ reason: 'host_unknown' })
  if (host.kind === 'platform') return ok(host)
  const record = await directory.findByHost(host.host, request.headers.get('cf-connecting-ip') ?? undefined)
  return record ? ok({ ...host, record }) : fail({ reason: 'host_unknown' })
}

function answerFailure(error: unknown, requestId: string): Response {
  if (error instanceof LookupsBraked) return problem({ reason: 'flooded', retryAfterSeconds: error.retryAfterSeconds })
  writeLog('error', 'request_failed', { requestId, ...errorFields(error) })
  return problem({ reason: error instanceof StoreUnavailable ? 'service_unavailable' : 'internal_error' }, requestId)
}

/** A person in a browser gets a page; a program gets a problem. */
function wantsPage(request: Request): boolean {
  return request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html')
}

/** Our own words stay; ids, slugs and whatever else somebody may have written there do not. */
function routeOf(request: Request): string {
  const parts = new URL(request.url).pathname.split('/').slice(1, 7)
  return `/${parts.map((part) => (ROUTE_WORDS.has(part) ? part : ':')).join('/')}`
}

const ROUTE_WORDS: ReadonlySet<string> = new Set(
  [
    'v1 twin.js embed check sessions conversations stream frames line parties twin-room assets media robots.txt favicon.ico',
    'admin celebrities contracts knowledge brands campaigns deployments identity-key revoke-sessions allowed-domains',
    'domains hostnames users memberships keys rotation events budgets',
  ].flatMap((words) => words.split(' ')),
)

function withHeaders(answer: Response, headers: Readonly<Record<string, string>>): Response {
  if (answer.status === 101) return answer
  const named = new Response(answer.body, answer) // what a binding answered cannot be changed
  for (const [name, value] of Object.entries(headers)) named.headers.set(name, value)
  return named
}
