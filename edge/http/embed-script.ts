/**
 * Step 1 in one answer instead of two: the loader, called with the look that it would ask for first. A page that may not
 * have the look, or does not say who it is (a script tag without `crossorigin` sends no Origin), gets the loader alone, asks
 * at the other door and is told there. It always answers with a script that runs.
 */
import { Hono } from 'hono'
import { acceptedLocale } from '../core/accepted-locale.ts'
import { admit } from '../core/admit.ts'
import { callLoader } from '../core/call-loader.ts'
import { embedConfig } from '../core/embed-config.ts'
import { freshSeconds } from '../core/fresh-seconds.ts'
import { StoreUnavailable } from '../core/ports.ts'
import type { BuiltScripts, Clock, ScriptPaths, StaticFiles, TwinDirectory } from '../core/ports.ts'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { parseId } from '../../schema/domain/id.ts'
import type { Locale } from '../../schema/wire/locales.ts'
import type { EdgeContext } from './edge-context.ts'
import { inlinePortrait } from './inline-portrait.ts'
import { problem } from './problem.ts'

const LOADER = '/v1/twin.js'
/** `?mode=`, as the element's attribute of that name. */
const PLACED = /^(?:inline|page)$/
/** At most, and never past the end of a campaign or a contract. */
const KNOWN_SECONDS = 60
/** Short: the owner adds the page to the list and looks again. */
const ALONE_CACHE = 'public, max-age=5'

interface ScriptPorts {
  readonly directory: TwinDirectory
  readonly clock: Clock
  readonly publicUrl: URL
  readonly files: StaticFiles
  readonly scripts: BuiltScripts
}

export function embedScriptRoutes({ directory, clock, publicUrl, files, scripts }: ScriptPorts): Hono<EdgeContext> {
  return new Hono<EdgeContext>().get('/v1/embed/:deploymentId/twin.js', async (c) => {
    const file = await files.read(LOADER, new Request(c.req.url))
    if (!file) return problem({ reason: 'not_found' })
    const loader = await file.text()
    const record = await findRecord(directory, c.req.param('deploymentId'), c.req.header('cf-connecting-ip'))
    const origin = c.req.header('origin')
    const now = clock()
    const admission = admit({ record, site: c.env.site, origin, now, publicUrl })
    if (!admission.ok) return script(loader, '*', ALONE_CACHE)
    const language = acceptedLocale(c.req.header('accept-language'))
    const look = await inlinePortrait(embedConfig(admission.value.record, language, c.env.site), files)
    const called = callLoader(loader, { to: `/v1/embed/${look.deploymentId}?lang=${language}`, look, language })
    if (called === undefined) return script(loader, '*', ALONE_CACHE)
    const fresh = freshSeconds(admission.value.record, now, KNOWN_SECONDS)
    const answer = script(called, admission.value.origin, `public, max-age=${fresh}`)
    if (PLACED.test(c.req.query('mode') ?? '')) answer.headers.set('link', panelAhead(await scripts.paths(), language))
    return answer
  })
}

/**
 * Who stands open in the page needs the panel at once: the browser fetches it as soon as it has these lines, and not when
 * it has run the script (HTML, "modulepreload"; RFC 8288).
 */
function panelAhead({ panel, words }: ScriptPaths, language: Locale): string {
  return `<${panel}>; rel=modulepreload, <${words}${language}.js>; rel=modulepreload`
}

/** Without the store there is still a script: its own question finds an answer, or tells why there is none. */
async function findRecord(
  directory: TwinDirectory,
  text: string,
  from: string | undefined,
): Promise<DeploymentRecord | undefined> {
  const id = parseId<'deployment'>(text)
  try {
    return id && (await directory.findById(id, from))
  } catch (error) {
    if (error instanceof StoreUnavailable) return undefined
    throw error
  }
}

function script(code: string, allowedOrigin: string, cacheControl: string): Response {
  return new Response(code, {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': cacheControl,
      vary: 'Origin, Accept-Language',
      'access-control-allow-origin': allowedOrigin,
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    },
  })
}
