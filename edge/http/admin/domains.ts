/**
 * Customers' hostnames. Whoever adds one is told which records to set; whether they are set, whether the name is served and
 * whether it has TLS is found out by the schedule, or at once when asked. Nothing is set active by hand.
 */
import { Hono } from 'hono'
import { parseHostname } from '../../core/admin/parse-hostname.ts'
import type { HostnameRules } from '../../core/admin/parse-hostname.ts'
import type { DeploymentStore, DomainStore } from '../../core/admin/ports.ts'
import { checkHostname } from '../../core/hostnames/check-hostname.ts'
import type { HostnamePorts } from '../../core/hostnames/ports.ts'
import type { Clock } from '../../core/ports.ts'
import { shape, wrong } from '../../core/validate.ts'
import { parseId } from '../../../schema/domain/id.ts'
import { fail } from '../../../schema/domain/result.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { answerFound, answerPage, answerWritten } from './answer.ts'
import { readInput } from './read-input.ts'

export interface DomainPorts {
  readonly domains: DomainStore
  readonly deployments: Pick<DeploymentStore, 'revokeSessions'>
  readonly hostnames: HostnamePorts
  readonly clock: Clock
  readonly rules: HostnameRules
}

export function domainRoutes({ domains, deployments, hostnames, clock, rules }: DomainPorts): Hono<EdgeContext> {
  const input = shape({
    hostname: (value: unknown) => {
      const parsed = parseHostname(value, rules)
      return parsed.ok ? parsed : wrong(parsed.failure)
    },
  })
  return new Hono<EdgeContext>()
    .post('/deployments/:deploymentId/domains', async (c) => {
      const deploymentId = parseId<'deployment'>(c.req.param('deploymentId'))
      if (!deploymentId) return problem({ reason: 'not_found' })
      const entry = await readInput(c.req.raw, input)
      if (!entry.ok) return problem(entry.failure)
      return answerWritten(await domains.create(deploymentId, entry.value.hostname), 201)
    })
    .get('/deployments/:deploymentId/domains', (c) => {
      const deploymentId = parseId<'deployment'>(c.req.param('deploymentId'))
      return deploymentId
        ? answerPage(c.req.url, (page) => domains.list(deploymentId, page))
        : problem({ reason: 'not_found' })
    })
    .get('/domains/:id', async (c) => {
      const id = parseId<'domain'>(c.req.param('id'))
      return answerFound(id && (await domains.find(id)))
    })
    .post('/domains/:id/check', async (c) => {
      const id = parseId<'domain'>(c.req.param('id'))
      // The book knows everybody's claims; whose this one is, the store has to say first.
      const claim = id && (await domains.find(id)) && (await hostnames.book.take(id))
      if (!claim) return problem({ reason: 'not_found' })
      await checkHostname(hostnames, claim, clock())
      return answerFound(await domains.find(claim.id))
    })
    .delete('/domains/:id', async (c) => {
      const id = parseId<'domain'>(c.req.param('id'))
      const removed = id ? await domains.remove(id) : fail({ reason: 'not_found' } as const)
      // Nobody new comes in by this name; whoever is in by it goes, and who came by another is given a new session.
      if (removed.ok && removed.value.verifiedAt) await deployments.revokeSessions(removed.value.deploymentId)
      return answerWritten(removed)
    })
}
