/** Knowledge texts of a celebrity, for every conversation or for one campaign's alone. */
import { Hono } from 'hono'
import { knowledgeInput, knowledgePatch } from '../../core/admin/inputs.ts'
import type { KnowledgeStore } from '../../core/admin/ports.ts'
import { parseId } from '../../../schema/domain/id.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { answerFound, answerPage, answerWritten } from './answer.ts'
import { readInput, readPatch } from './read-input.ts'

export function knowledgeRoutes(knowledge: KnowledgeStore): Hono<EdgeContext> {
  return new Hono<EdgeContext>()
    .post('/celebrities/:celebrityId/knowledge', async (c) => {
      const celebrityId = parseId<'celebrity'>(c.req.param('celebrityId'))
      if (!celebrityId) return problem({ reason: 'not_found' })
      const input = await readInput(c.req.raw, knowledgeInput)
      return input.ok ? answerWritten(await knowledge.create(celebrityId, input.value), 201) : problem(input.failure)
    })
    .get('/celebrities/:celebrityId/knowledge', (c) => {
      const celebrityId = parseId<'celebrity'>(c.req.param('celebrityId'))
      return celebrityId
        ? answerPage(c.req.url, (page) => knowledge.list(celebrityId, page))
        : problem({ reason: 'not_found' })
    })
    .get('/knowledge/:id', async (c) => {
      const id = parseId<'source'>(c.req.param('id'))
      return answerFound(id && (await knowledge.find(id)))
    })
    .patch('/knowledge/:id', async (c) => {
      const id = parseId<'source'>(c.req.param('id'))
      if (!id) return problem({ reason: 'not_found' })
      const patch = await readPatch(c.req.raw, knowledgePatch)
      return patch.ok ? answerWritten(await knowledge.update(id, patch.value)) : problem(patch.failure)
    })
}
