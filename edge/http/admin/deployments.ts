/** Deployments: a new one answers with what to paste, and works with the next request. */
import { Hono } from 'hono'
import { embedSnippets } from '../../core/admin/embed-snippets.ts'
import { deploymentInput, deploymentPatch } from '../../core/admin/inputs.ts'
import type { DeploymentStore } from '../../core/admin/ports.ts'
import type { DeploymentView } from '../../core/admin/views.ts'
import type { Refusal } from '../../core/refusal.ts'
import { parseId } from '../../../schema/domain/id.ts'
import { ok } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { answerFound, answerPage, answerWritten } from './answer.ts'
import { readInput, readPatch } from './read-input.ts'

export function deploymentRoutes(deployments: DeploymentStore, publicUrl: URL): Hono<EdgeContext> {
  const withEmbed = (deployment: DeploymentView) => ({
    deployment,
    embed: embedSnippets({ ...deployment, deploymentId: deployment.id, publicUrl }),
  })
  const embedded = (written: Result<DeploymentView, Refusal>) => (written.ok ? ok(withEmbed(written.value)) : written)
  return new Hono<EdgeContext>()
    .post('/deployments', async (c) => {
      const input = await readInput(c.req.raw, deploymentInput)
      return input.ok ? answerWritten(embedded(await deployments.create(input.value)), 201) : problem(input.failure)
    })
    .get('/deployments', (c) => answerPage(c.req.url, (page) => deployments.list(page)))
    .get('/deployments/:id', async (c) => {
      const id = parseId<'deployment'>(c.req.param('id'))
      const found = id && (await deployments.find(id))
      return answerFound(found && withEmbed(found))
    })
    .post('/deployments/:id/revoke-sessions', async (c) => {
      const id = parseId<'deployment'>(c.req.param('id'))
      return id ? answerWritten(embedded(await deployments.revokeSessions(id))) : problem({ reason: 'not_found' })
    })
    .patch('/deployments/:id', async (c) => {
      const id = parseId<'deployment'>(c.req.param('id'))
      if (!id) return problem({ reason: 'not_found' })
      const patch = await readPatch(c.req.raw, deploymentPatch)
      return patch.ok ? answerWritten(embedded(await deployments.update(id, patch.value))) : problem(patch.failure)
    })
}
