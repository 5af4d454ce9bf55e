/** Step 1: a deployment's public look and words, for pages that are allowed to show it. Cacheable, no credentials. */
import { Hono } from 'hono'
import { acceptedLocale } from '../core/accepted-locale.ts'
import { admit } from '../core/admit.ts'
import type { Admission } from '../core/admit.ts'
import { embedConfig } from '../core/embed-config.ts'
import { findOlderEmbed } from '../core/find-older-embed.ts'
import { freshSeconds } from '../core/fresh-seconds.ts'
import { originAdvice } from '../core/origin-advice.ts'
import type { Clock, StaticFiles, TwinDirectory } from '../core/ports.ts'
import type { Refusal } from '../core/refusal.ts'
import type { Site } from '../core/site.ts'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { parseId } from '../../schema/domain/id.ts'
import type { Result } from '../../schema/domain/result.ts'
import type { Locale } from '../../schema/wire/locales.ts'
import type { ProblemCode } from '../../schema/wire/problem.ts'
import type { EdgeContext } from './edge-context.ts'
import { inlinePortrait } from './inline-portrait.ts'
import { describeRefusal, problem } from './problem.ts'

/** Answer of `GET /v1/embed/:deploymentId/check`. */
type EmbedCheck =
  | { readonly allowed: true; readonly origin: string }
  | {
      readonly allowed: false
      readonly origin: string
      readonly code: ProblemCode
      readonly title: string
      /** What to do about it. */
      readonly detail: string | undefined
      /** Entries that would let the page in, the narrowest first. */
      readonly add: readonly string[]
      readonly startsAt: string | undefined
    }

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
      const record = id && (await directory.findById(id, c.req.header('cf-connecting-ip')))
      const now = clock()
      const request = { site: c.env.site, origin: c.req.header('origin'), now, publicUrl }
      return answer(admit({ record, ...request }), {
        language: acceptedLocale(c.req.query('lang')),
        site: c.env.site,
        now,
        files,
      })
    })
    .get('/v1/embed/:deploymentId/check', async (c) => {
      const id = parseId<'deployment'>(c.req.param('deploymentId'))
      const record = id && (await directory.findById(id, c.req.header('cf-connecting-ip')))
      const origin = c.req.query('origin') ?? c.req.header('origin')
      const now = clock()
      return checkAnswer(admit({ record, site: c.env.site, origin, now, publicUrl }), origin, now)
    })
    .get('/v1/embed', async (c) => {
      // The older embed knows only whose twin it wants.
      const slug = c.req.query('celebrity') ?? ''
      const records = SLUG.test(slug) ? await directory.findBySlug(slug, c.req.header('cf-connecting-ip')) : []
      const now = clock()
      const request = { site: c.env.site, origin: c.req.header('origin'), now, publicUrl }
      const found = findOlderEmbed(records, request)
      return found.ok
        ? answer(admit({ record: found.value, ...request }), {
            language: acceptedLocale(c.req.query('lang')),
            site: c.env.site,
            now,
            files,
          })
        : problem(found.failure)
    })
}

/**
 * The owner's question "would my page be let in?", asked for any origin. It tells what the embed itself tells whoever
 * sends that origin, and no more: a twin that is not there is not there.
 */
function checkAnswer(admission: Result<Admission, Refusal>, origin: string | undefined, now: number): Response {
  if (admission.ok) {
    const { record, origin: allowed } = admission.value
    return told({ allowed: true, origin: allowed }, allowedCache(record, now))
  }
  const { status, code, title, detail, startsAt } = describeRefusal(admission.failure)
  if (status === 404 || origin === undefined) return problem(admission.failure)
  // Short: the owner reads what to add, adds it, and asks again.
  const add = admission.failure.reason === 'origin_not_allowed' ? originAdvice(admission.failure).add : []
  return told({ allowed: false, origin: origin.slice(0, 300), code, title, detail, add, startsAt }, REFUSED_CACHE)
}

const REFUSED_CACHE = 'public, max-age=5'

/** A minute, and never past the end of a campaign or a contract. */
function allowedCache(record: DeploymentRecord, now: number): string {
  return `public, max-age=${freshSeconds(record, now, 60)}`
}

function told(answer: EmbedCheck, cacheControl: string): Response {
  return Response.json(answer, {
    headers: {
      'access-control-allow-origin': '*',
      vary: 'Origin',
      'cache-control': cacheControl,
      'x-content-type-options': 'nosniff',
    },
  })
}

const SLUG = /^[a-z0-9-]{1,63}$/

interface Telling {
  readonly language: Locale
  readonly site: Site
  readonly now: number
  readonly files: StaticFiles
}

async function answer(
  admission: Result<Admission, Refusal>,
  { language, site, now, files }: Telling,
): Promise<Response> {
  if (!admission.ok) return problem(admission.failure)
  const { record, origin } = admission.value
  return Response.json(await inlinePortrait(embedConfig(record, language, site), files), {
    headers: {
      'access-control-allow-origin': origin,
      vary: 'Origin',
      'content-language': language,
      'cache-control': allowedCache(record, now),
      'x-content-type-options': 'nosniff',
    },
  })
}
