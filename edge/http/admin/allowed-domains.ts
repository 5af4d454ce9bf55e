/** The pages that may embed a deployment. No entry is closed to every page but the deployment's own. */
import { Hono } from 'hono'
import { parseAllowedOrigin } from '../../core/admin/parse-allowed-origin.ts'
import type { AllowedDomainStore } from '../../core/admin/ports.ts'
import { shape, wrong } from '../../core/validate.ts'
import { parseId } from '../../../schema/domain/id.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { answerFound, answerPage, answerWritten } from './answer.ts'
import { readInput } from './read-input.ts'

export function allowedDomainRoutes(
  allowedDomains: AllowedDomainStore,
  rules: { readonly development: boolean },
): Hono<EdgeContext> {
  const input = shape({
    origin: (value: unknown) => {
      const parsed = parseAllowedOrigin(value, rules)
      return parsed.ok ? parsed : wrong(parsed.failure)
    },
  })
  return new Hono<EdgeContext>()
    .post('/deployments/:deploymentId/allowed-domains', async (c) => {
      const deploymentId = parseId<'deployment'>(c.req.param('deploymentId'))
      if (!deploymentId) return problem({ reason: 'not_found' })
      const entry = await readInput(c.req.raw, input)
      return entry.ok
        ? answerWritten(await allowedDomains.create(deploymentId, entry.value.origin), 201)
        : problem(entry.failure)
    })
    .get('/deployments/:deploymentId/allowed-domains', (c) => {
      const deploymentId = parseId<'deployment'>(c.req.param('deploymentId'))
      return deploymentId
        ? answerPage(c.req.url, (page) => allowedDomains.list(deploymentId, page))
        : problem({ reason: 'not_found' })
    })
    .get('/allowed-domains/:id', async (c) => {
      const id = parseId<'domain'>(c.req.param('id'))
      return answerFound(id && (await allowedDomains.find(id)))
    })
    .patch('/allowed-domains/:id', async (c) => {
      const id = parseId<'domain'>(c.req.param('id'))
      if (!id) return problem({ reason: 'not_found' })
      const entry = await readInput(c.req.raw, input)
      return entry.ok ? answerWritten(await allowedDomains.update(id, entry.value)) : problem(entry.failure)
    })
    .delete('/allowed-domains/:id', async (c) => {
      const id = parseId<'domain'>(c.req.param('id'))
      return id ? answerWritten(await allowedDomains.remove(id)) : problem({ reason: 'not_found' })
    })
}
