/** The key with which a page's owner proves who is signed in there. It is set and removed, and never shown again. */
import { Hono } from 'hono'
import type { IdentityKeyStore } from '../../core/admin/ports.ts'
import { identityKeyRule } from '../../core/identity-key.ts'
import { parseId } from '../../../schema/domain/id.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { answerFound, answerWritten } from './answer.ts'
import { readInput } from './read-input.ts'

const PATH = '/deployments/:id/identity-key'

export function identityKeyRoutes(keys: IdentityKeyStore): Hono<EdgeContext> {
  return new Hono<EdgeContext>()
    .put(PATH, async (c) => {
      const id = parseId<'deployment'>(c.req.param('id'))
      if (!id) return problem({ reason: 'not_found' })
      const key = await readInput(c.req.raw, identityKeyRule)
      return key.ok ? answerWritten(await keys.set(id, key.value)) : problem(key.failure)
    })
    .get(PATH, async (c) => {
      const id = parseId<'deployment'>(c.req.param('id'))
      return answerFound(id && (await keys.find(id)))
    })
    .delete(PATH, async (c) => {
      const id = parseId<'deployment'>(c.req.param('id'))
      return id ? answerWritten(await keys.remove(id)) : problem({ reason: 'not_found' })
    })
}
