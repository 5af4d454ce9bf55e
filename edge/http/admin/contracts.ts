/** Contracts of a celebrity: without a running one, no door opens to the twin. */
import { Hono } from 'hono'
import { contractInput, contractPatch } from '../../core/admin/inputs.ts'
import type { ContractStore } from '../../core/admin/ports.ts'
import { parseId } from '../../../schema/domain/id.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { answerFound, answerPage, answerWritten } from './answer.ts'
import { readInput, readPatch } from './read-input.ts'

export function contractRoutes(contracts: ContractStore): Hono<EdgeContext> {
  return new Hono<EdgeContext>()
    .post('/celebrities/:celebrityId/contracts', async (c) => {
      const celebrityId = parseId<'celebrity'>(c.req.param('celebrityId'))
      if (!celebrityId) return problem({ reason: 'not_found' })
      const input = await readInput(c.req.raw, contractInput)
      return input.ok ? answerWritten(await contracts.create(celebrityId, input.value), 201) : problem(input.failure)
    })
    .get('/celebrities/:celebrityId/contracts', (c) => {
      const celebrityId = parseId<'celebrity'>(c.req.param('celebrityId'))
      return celebrityId
        ? answerPage(c.req.url, (page) => contracts.list(celebrityId, page))
        : problem({ reason: 'not_found' })
    })
    .get('/contracts/:id', async (c) => {
      const id = parseId<'contract'>(c.req.param('id'))
      return answerFound(id && (await contracts.find(id)))
    })
    .patch('/contracts/:id', async (c) => {
      const id = parseId<'contract'>(c.req.param('id'))
      if (!id) return problem({ reason: 'not_found' })
      const patch = await readPatch(c.req.raw, contractPatch)
      return patch.ok ? answerWritten(await contracts.update(id, patch.value)) : problem(patch.failure)
    })
}
