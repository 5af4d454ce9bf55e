/** Brands: made with a tenant of their own. */
import { Hono } from 'hono'
import { brandInput, brandPatch } from '../../core/admin/inputs.ts'
import type { BrandStore } from '../../core/admin/ports.ts'
import { parseId } from '../../../schema/domain/id.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { answerFound, answerPage, answerWritten } from './answer.ts'
import { readInput, readPatch } from './read-input.ts'

export function brandRoutes(brands: BrandStore): Hono<EdgeContext> {
  return new Hono<EdgeContext>()
    .post('/brands', async (c) => {
      const input = await readInput(c.req.raw, brandInput)
      return input.ok ? answerWritten(await brands.create(input.value), 201) : problem(input.failure)
    })
    .get('/brands', (c) => answerPage(c.req.url, (page) => brands.list(page)))
    .get('/brands/:id', async (c) => {
      const id = parseId<'brand'>(c.req.param('id'))
      return answerFound(id && (await brands.find(id)))
    })
    .patch('/brands/:id', async (c) => {
      const id = parseId<'brand'>(c.req.param('id'))
      if (!id) return problem({ reason: 'not_found' })
      const patch = await readPatch(c.req.raw, brandPatch)
      return patch.ok ? answerWritten(await brands.update(id, patch.value)) : problem(patch.failure)
    })
}
