/** Campaigns: requested by a brand, resolved only once the present guidelines are approved. */
import { Hono } from 'hono'
import type { Actor } from '../../core/admin/actor.ts'
import { campaignInput, campaignPatch } from '../../core/admin/inputs.ts'
import type { CampaignStore } from '../../core/admin/ports.ts'
import { parseId } from '../../../schema/domain/id.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { answerFound, answerPage, answerWritten } from './answer.ts'
import { readInput, readPatch } from './read-input.ts'

export function campaignRoutes(campaigns: CampaignStore, { tenantKind }: Actor): Hono<EdgeContext> {
  return new Hono<EdgeContext>()
    .post('/campaigns', async (c) => {
      const input = await readInput(c.req.raw, campaignInput)
      return input.ok ? answerWritten(await campaigns.create(input.value), 201) : problem(input.failure)
    })
    .get('/campaigns', (c) => answerPage(c.req.url, (page) => campaigns.list(page)))
    .get('/campaigns/:id', async (c) => {
      const id = parseId<'campaign'>(c.req.param('id'))
      return answerFound(id && (await campaigns.find(id)))
    })
    .patch('/campaigns/:id', async (c) => {
      const id = parseId<'campaign'>(c.req.param('id'))
      if (!id) return problem({ reason: 'not_found' })
      const patch = await readPatch(c.req.raw, campaignPatch)
      if (!patch.ok) return problem(patch.failure)
      const { status, guidelinesVersion, ...changes } = patch.value
      if (guidelinesVersion !== undefined && status !== 'APPROVED') {
        const message = 'says what was read, and stands beside status APPROVED alone'
        return problem({ reason: 'request_invalid', errors: [{ field: 'guidelinesVersion', message }] })
      }
      if (status === 'APPROVED' && guidelinesVersion === undefined && tenantKind !== 'PLATFORM') {
        // a party says which words it has read; the other one may have changed them since
        return problem({ reason: 'request_invalid', errors: [{ field: 'guidelinesVersion', message: 'is required' }] })
      }
      if (status === 'APPROVED' && Object.values(changes).some((change) => change !== undefined)) {
        // Nobody may approve what they have not seen stand there.
        const message = 'cannot be APPROVED in the request that changes the campaign'
        return problem({ reason: 'request_invalid', errors: [{ field: 'status', message }] })
      }
      return answerWritten(await campaigns.update(id, patch.value))
    })
}
