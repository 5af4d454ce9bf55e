/**
 * The admin route, on our host only: a key says who acts; what they may do stands in `core/admin/access.ts`, and whose rows
 * they see is the database's to say. Every write makes this isolate forget, so that the next request sees it.
 */
import { Hono } from 'hono'
import { matchedRoutes } from 'hono/route'
import { hasLimits, refusedAccess, refusedBody } from '../../core/admin/access.ts'
import type { Actor } from '../../core/admin/actor.ts'
import type { GuardedGate } from '../../core/admin/guarded-gate.ts'
import { bearer } from '../../core/bearer.ts'
import type { HostnameRules } from '../../core/admin/parse-hostname.ts'
import type { AdminStores, BudgetDesk, PeopleLines } from '../../core/admin/ports.ts'
import type { HostnamePorts } from '../../core/hostnames/ports.ts'
import type { Clock, FloodGate, PeopleDoor } from '../../core/ports.ts'
import { allowedMethods } from '../allowed-methods.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { readJson } from '../read-json.ts'
import { allowedDomainRoutes } from './allowed-domains.ts'
import { brandRoutes } from './brands.ts'
import { budgetRoutes } from './budgets.ts'
import { campaignRoutes } from './campaigns.ts'
import { celebrityRoutes } from './celebrities.ts'
import { contractRoutes } from './contracts.ts'
import { conversationRoutes } from './conversations.ts'
import { deploymentRoutes } from './deployments.ts'
import { domainRoutes } from './domains.ts'
import { eventRoutes } from './events.ts'
import { forgetAfterWrites } from './forget-after-writes.ts'
import { identityKeyRoutes } from './identity-keys.ts'
import { knowledgeRoutes } from './knowledge.ts'
import { peopleRoutes } from './people.ts'
import { MAX_BODY_BYTES } from './read-input.ts'

interface AdminPorts {
  readonly gate: GuardedGate
  readonly flood: Pick<FloodGate, 'admin'>
  /** What is kept, as somebody may see and change it. */
  readonly storesFor: (actor: Actor) => AdminStores
  readonly people: PeopleDoor
  readonly lines: PeopleLines
  readonly budgetDesk: BudgetDesk
  readonly clock: Clock
  /** Forgets what the doors remember. */
  readonly forget: () => void
  readonly publicUrl: URL
  readonly development: boolean
  readonly hostnames: HostnamePorts
  readonly hostnameRules: HostnameRules
}

const BASE = '/admin/v1'

export function adminRoutes(ports: AdminPorts): Hono<EdgeContext> {
  return new Hono<EdgeContext>().basePath(BASE).all('*', async (c) => {
    const from = c.req.header('cf-connecting-ip')
    // before a key is even read: each that is wrong costs more than this
    const retryAfterSeconds = await ports.flood.admin(from)
    if (retryAfterSeconds > 0) return problem({ reason: 'flooded', retryAfterSeconds })
    const key = bearer(c.req.header('authorization'))
    if (key === undefined) return problem({ reason: 'unauthorized' })
    const shown = await ports.gate.open(key, from)
    return shown.ok ? desk(shown.value, ports).fetch(c.req.raw, c.env) : problem(shown.failure)
  })
}

/**
 * The routes of one actor, made for one request: each gets stores that know no rows but the actor's, so that none has to
 * remember to ask whose they are.
 */
function desk(
  actor: Actor,
  {
    gate,
    storesFor,
    people,
    lines,
    budgetDesk,
    clock,
    forget,
    publicUrl,
    development,
    hostnames,
    hostnameRules,
  }: AdminPorts,
): Hono<EdgeContext> {
  const stores = storesFor(actor)
  const app = new Hono<EdgeContext>()
  app.onError((error) => {
    throw error // the front door knows what to say
  })
  app.notFound((c) => {
    const allow = allowedMethods(app, c.req.path)
    return problem(
      allow.length > 0 ? { reason: 'method_not_allowed', allow: allow.join(', ') } : { reason: 'not_found' },
    )
  })
  return (
    app
      .basePath(BASE)
      .use('*', async (c, next) => {
        const route = matchedRoutes(c).findLast(({ method }) => method !== 'ALL')
        if (!route) return next()
        const name = `${route.method} ${route.path.slice(BASE.length)}`
        const refusal = refusedAccess(actor, name) ?? (await refusedInput(actor, name, c.req.raw))
        if (!refusal) return next()
        if (refusal.reason === 'forbidden') await gate.refused(actor, name)
        return problem(refusal)
      })
      // before the routes that write what the doors remember: what is said in a conversation is nothing of that
      .route('/', conversationRoutes({ actor, conversations: stores.conversations, people, lines, clock }))
      .route('/', peopleRoutes(stores))
      .route('/', eventRoutes(stores.events))
      .use('*', forgetAfterWrites(forget))
      .route('/', celebrityRoutes(stores.celebrities))
      .route('/', contractRoutes(stores.contracts))
      .route('/', brandRoutes(stores.brands))
      .route('/', campaignRoutes(stores.campaigns, actor))
      .route('/', deploymentRoutes(stores.deployments, publicUrl))
      .route('/', identityKeyRoutes(stores.identityKeys))
      .route('/', allowedDomainRoutes(stores.allowedDomains, { development }))
      .route('/', domainRoutes({ ...stores, hostnames, clock, rules: hostnameRules }))
      .route('/', knowledgeRoutes(stores.knowledge))
      .route('/', budgetRoutes(stores.budgets, budgetDesk))
  )
}

/** A body that cannot be read is the route's own to refuse. */
async function refusedInput(actor: Actor, route: string, request: Request) {
  if (!hasLimits(actor, route)) return undefined
  const body = await readJson(request.clone(), MAX_BODY_BYTES)
  return body.ok ? refusedBody(actor, route, body.value) : undefined
}
