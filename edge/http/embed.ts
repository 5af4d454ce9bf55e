/** Step 1: a deployment's public look and words, for pages that are allowed to show it. Cacheable, no credentials. */
import { Hono } from 'hono'
import { admit } from '../core/admit.ts'
import type { Admission } from '../core/admit.ts'
import { embedConfig } from '../core/embed-config.ts'
import { findOlderEmbed } from '../core/find-older-embed.ts'
import type { Clock, StaticFiles, TwinDirectory } from '../core/ports.ts'
import type { Refusal } from '../core/refusal.ts'
import { parseId } from '../../schema/domain/id.ts'
import type { Result } from '../../schema/domain/result.ts'
import type { EdgeContext } from './edge-context.ts'
import { inlinePortrait } from './inline-portrait.ts'
import { problem } from './problem.ts'

interface EmbedPorts {
  readonly directory: TwinDirectory
  readonly clock: Clock
  readonly publicUrl: URL
  readonly files: StaticFiles
}

export function embedRoutes({ directory, clock, publicUrl, files }: EmbedPorts): Hono<EdgeContext> {
  return new Hono<EdgeContext>()
    .get('/v1/embed/:deploymentId', async (c) => {
      const id = parseId<'deployment'>(c.req.param('deploymentId'))
      const record = id && (await directory.findById(id))
      const request = { site: c.env.site, origin: c.req.header('origin'), now: clock(), publicUrl }
      return answer(admit({ record, ...request }), c.req.query('lang'), files)
    })
    .get('/v1/embed', async (c) => {
      // The older embed knows only whose twin it wants.
      const slug = c.req.query('celebrity') ?? ''
      const records = SLUG.test(slug) ? await directory.findBySlug(slug) : []
      const request = { site: c.env.site, origin: c.req.header('origin'), now: clock(), publicUrl }
      const found = findOlderEmbed(records, request)
      return found.ok
        ? answer(admit({ record: found.value, ...request }), c.req.query('lang'), files)
        : problem(found.failure)
    })
}

const SLUG = /^[a-z0-9-]{1,63}$/

async function answer(admission: Result<Admission, Refusal>, language = 'en', files: StaticFiles): Promise<Response> {
  if (!admission.ok) return problem(admission.failure)
  const { record, origin } = admission.value
  return Response.json(await inlinePortrait(embedConfig(record, language), files), {
    headers: {
      'access-control-allow-origin': origin,
      vary: 'Origin',
      'cache-control': 'public, max-age=60',
      'x-content-type-options': 'nosniff',
    },
  })
}
