/** People, their roles and keys. A key is told once, in the answer to its making; nobody reads it again. */
import { Hono } from 'hono'
import { keyInput, membershipInput, rotationInput, userInput, userPatch } from '../../core/admin/people-inputs.ts'
import type { AdminStores } from '../../core/admin/ports.ts'
import { parseId } from '../../../schema/domain/id.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { answerFound, answerPage, answerWritten } from './answer.ts'
import { readInput, readPatch } from './read-input.ts'

type PeopleStores = Pick<AdminStores, 'users' | 'memberships' | 'keys'>

export function peopleRoutes({ users, memberships, keys }: PeopleStores): Hono<EdgeContext> {
  return new Hono<EdgeContext>()
    .post('/users', async (c) => {
      const input = await readInput(c.req.raw, userInput)
      return input.ok ? answerWritten(await users.create(input.value), 201) : problem(input.failure)
    })
    .get('/users', (c) => answerPage(c.req.url, (page) => users.list(page)))
    .get('/users/:id', async (c) => {
      const id = parseId<'user'>(c.req.param('id'))
      return answerFound(id && (await users.find(id)))
    })
    .patch('/users/:id', async (c) => {
      const id = parseId<'user'>(c.req.param('id'))
      if (!id) return problem({ reason: 'not_found' })
      const patch = await readPatch(c.req.raw, userPatch)
      return patch.ok ? answerWritten(await users.update(id, patch.value)) : problem(patch.failure)
    })
    .post('/memberships', async (c) => {
      const input = await readInput(c.req.raw, membershipInput)
      return input.ok ? answerWritten(await memberships.create(input.value), 201) : problem(input.failure)
    })
    .get('/memberships', (c) => answerPage(c.req.url, (page) => memberships.list(page)))
    .get('/memberships/:id', async (c) => {
      const id = parseId<'membership'>(c.req.param('id'))
      return answerFound(id && (await memberships.find(id)))
    })
    .delete('/memberships/:id', async (c) => {
      const id = parseId<'membership'>(c.req.param('id'))
      return id ? answerWritten(await memberships.remove(id)) : problem({ reason: 'not_found' })
    })
    .post('/keys', async (c) => {
      const input = await readInput(c.req.raw, keyInput)
      return input.ok ? answerWritten(await keys.create(input.value), 201) : problem(input.failure)
    })
    .get('/keys', (c) => answerPage(c.req.url, (page) => keys.list(page)))
    .get('/keys/:id', async (c) => {
      const id = parseId<'key'>(c.req.param('id'))
      return answerFound(id && (await keys.find(id)))
    })
    .post('/keys/:id/rotation', async (c) => {
      const id = parseId<'key'>(c.req.param('id'))
      if (!id) return problem({ reason: 'not_found' })
      const input = await readInput(c.req.raw, rotationInput)
      return input.ok ? answerWritten(await keys.rotate(id, input.value), 201) : problem(input.failure)
    })
    .delete('/keys/:id', async (c) => {
      const id = parseId<'key'>(c.req.param('id'))
      return id ? answerWritten(await keys.revoke(id)) : problem({ reason: 'not_found' })
    })
}
