/**
 * Customers' hostnames. A real one stays PENDING until VibeThink has seen that it is the customer's and has TLS, and sets
 * it ACTIVE; a name of the own machine needs neither.
 */
import { Hono } from 'hono'
import { domainPatch } from '../../core/admin/inputs.ts'
import { isLocalName } from '../../core/admin/local-name.ts'
import { parseHostname } from '../../core/admin/parse-hostname.ts'
import type { HostnameRules } from '../../core/admin/parse-hostname.ts'
import type { DomainStore } from '../../core/admin/ports.ts'
import type { DomainView } from '../../core/admin/views.ts'
import type { Refusal } from '../../core/refusal.ts'
import { shape, wrong } from '../../core/validate.ts'
import { parseId } from '../../../schema/domain/id.ts'
import { ok } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { answerFound, answerPage, answerWritten } from './answer.ts'
import { readInput } from './read-input.ts'

export function domainRoutes(domains: DomainStore, rules: HostnameRules): Hono<EdgeContext> {
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
      const { hostname } = entry.value
      const status = rules.development && isLocalName(hostname) ? 'ACTIVE' : 'PENDING'
      return answerWritten(withNextStep(await domains.create(deploymentId, hostname, status)), 201)
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
    .patch('/domains/:id', async (c) => {
      const id = parseId<'domain'>(c.req.param('id'))
      if (!id) return problem({ reason: 'not_found' })
      const patch = await readInput(c.req.raw, domainPatch)
      return patch.ok ? answerWritten(await domains.update(id, patch.value)) : problem(patch.failure)
    })
}

const NEXT_STEP =
  'Serves nothing yet. Point the name at the platform, make sure of its owner and its certificate, then PATCH /admin/v1/domains/<id> with {"status":"ACTIVE"}.'

function withNextStep(
  written: Result<DomainView, Refusal>,
): Result<DomainView & { readonly nextStep?: string }, Refusal> {
  return written.ok && written.value.status === 'PENDING' ? ok({ ...written.value, nextStep: NEXT_STEP }) : written
}
