/** The admin route: one key, our host only. Every write makes this isolate forget, so that the next request sees it. */
import { Hono } from 'hono'
import { bearer } from '../../core/bearer.ts'
import type { AdminGate, AdminStores } from '../../core/admin/ports.ts'
import type { Clock, PeopleDoor } from '../../core/ports.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { allowedDomainRoutes } from './allowed-domains.ts'
import { brandRoutes } from './brands.ts'
import { campaignRoutes } from './campaigns.ts'
import { celebrityRoutes } from './celebrities.ts'
import { contractRoutes } from './contracts.ts'
import { conversationRoutes } from './conversations.ts'
import { deploymentRoutes } from './deployments.ts'
import { domainRoutes } from './domains.ts'
import { identityKeyRoutes } from './identity-keys.ts'
import { knowledgeRoutes } from './knowledge.ts'

interface AdminPorts {
  readonly gate: AdminGate
  readonly stores: AdminStores
  readonly people: PeopleDoor
  readonly clock: Clock
  /** Forgets what the doors remember. */
  readonly forget: () => void
  readonly publicUrl: URL
  readonly development: boolean
}

export function adminRoutes({
  gate,
  stores,
  people,
  clock,
  forget,
  publicUrl,
  development,
}: AdminPorts): Hono<EdgeContext> {
  return (
    new Hono<EdgeContext>()
      .basePath('/admin/v1')
      .use('*', async (c, next) => {
        const key = bearer(c.req.header('authorization'))
        if (key === undefined || !(await gate.opensTo(key))) return problem({ reason: 'unauthorized' })
        await next()
        return undefined
      })
      // before the routes that write what the doors remember: what is said in a conversation is nothing of that
      .route('/', conversationRoutes({ conversations: stores.conversations, people, clock }))
      .use('*', async (c, next) => {
        await next()
        if (c.req.method !== 'GET' && c.req.method !== 'HEAD') forget()
        return undefined
      })
      .route('/', celebrityRoutes(stores.celebrities))
      .route('/', contractRoutes(stores.contracts))
      .route('/', brandRoutes(stores.brands))
      .route('/', campaignRoutes(stores.campaigns))
      .route('/', deploymentRoutes(stores.deployments, publicUrl))
      .route('/', identityKeyRoutes(stores.identityKeys))
      .route('/', allowedDomainRoutes(stores.allowedDomains, { development }))
      .route('/', domainRoutes(stores.domains, { development, platformHost: publicUrl.hostname }))
      .route('/', knowledgeRoutes(stores.knowledge))
  )
}
