/** Celebrities: made with a tenant of their own, PENDING_SETUP until a contract runs. */
import { Hono } from 'hono'
import { celebrityInput, celebrityPatch } from '../../core/admin/inputs.ts'
import type { CelebrityStore } from '../../core/admin/ports.ts'
import { parseId } from '../../../schema/domain/id.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { answerFound, answerPage, answerWritten } from './answer.ts'
import { readInput, readPatch } from './read-input.ts'

export function celebrityRoutes(celebrities: CelebrityStore): Hono<EdgeContext> {
  return new Hono<EdgeContext>()
    .post('/celebrities', async (c) => {
      const input = await readInput(c.req.raw, celebrityInput)
      return input.ok ? answerWritten(await celebrities.create(input.value), 201) : problem(input.failure)
    })
    .get('/celebrities', (c) => answerPage(c.req.url, (page) => celebrities.list(page)))
    .get('/celebrities/:id', async (c) => {
      const id = parseId<'celebrity'>(c.req.param('id'))
      return answerFound(id && (await celebrities.find(id)))
    })
    .patch('/celebrities/:id', async (c) => {
      const id = parseId<'celebrity'>(c.req.param('id'))
      if (!id) return problem({ reason: 'not_found' })
      const patch = await readPatch(c.req.raw, celebrityPatch)
      return patch.ok ? answerWritten(await celebrities.update(id, patch.value)) : problem(patch.failure)
    })
}
