/**
 * Files for browsers: the loader under its stable name and its alias, hashed modules for ever, pictures. Any page may
 * load them; what they may then do is decided at the other doors. Nothing else of the build is served.
 */
import { Hono } from 'hono'
import type { BuiltScripts, StaticFiles } from '../core/ports.ts'
import type { EdgeContext } from './edge-context.ts'
import { problem } from './problem.ts'

const LOADER = '/v1/twin.js'
const OLDER_LOADER = '/twin-widget.js'
const LOADER_CACHE = 'public, max-age=300'
const IMMUTABLE = 'public, max-age=31536000, immutable'
const MEDIA_CACHE = 'public, max-age=86400'
/** `<name>-<hash>.js`: a name that changes with its bytes. */
const HASHED = /^[A-Za-z0-9_.-]+-[A-Za-z0-9_-]{6,}\.(?:js|css)$/
/** `words-<hash>/<tag>`: a folder that changes its name when any language changes. */
const WORDS = /^(\/assets\/words-[A-Za-z0-9_-]{6,}\/)[a-z]{0,3}\.js$/
/** One version for ever, for pages that pin it by `integrity`. */
const PINNED = /^\/v1\/\d+\.\d+\.\d+\/twin\.js$/
const MEDIA = /^\/media\/(?:[a-z0-9_-]+\/)*[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.(?:avif|webp|png|jpe?g|svg)$/i

interface AssetPorts {
  readonly files: StaticFiles
  readonly scripts: BuiltScripts
}

/** What both kinds of host serve. */
export function assetRoutes({ files, scripts }: AssetPorts): Hono<EdgeContext> {
  return new Hono<EdgeContext>()
    .get('/assets/:file', async (c) => {
      const { path } = c.req
      // The panel of the script tag is ours by name, too: a customer's host has its page's.
      const shown = c.env.site.kind === 'platform' || path !== (await scripts.paths()).panel
      return shown && HASHED.test(c.req.param('file'))
        ? serve(files, path, c.req.raw, IMMUTABLE)
        : problem({ reason: 'not_found' })
    })
    .get('/assets/:folder/:file', async (c) => {
      const [asked, folder] = WORDS.exec(c.req.path) ?? []
      if (asked === undefined) return problem({ reason: 'not_found' })
      const words = await serve(files, asked, c.req.raw, IMMUTABLE)
      // a page's language is asked for beforehand, and may be none, or one we do not speak: then it will be English
      return words.status === 404 ? serve(files, `${folder}en.js`, c.req.raw, IMMUTABLE) : words
    })
    .get('/media/*', (c) => {
      const { site } = c.env
      // A customer's host shows its own twin's picture: others' would tell who else is here.
      const shown = site.kind === 'platform' || site.record.celebrity.portrait === c.req.path
      return shown && MEDIA.test(c.req.path)
        ? serve(files, c.req.path, c.req.raw, MEDIA_CACHE)
        : problem({ reason: 'not_found' })
    })
}

/** The script tag: on our host only, for it is ours by name. */
export function loaderRoutes(files: StaticFiles): Hono<EdgeContext> {
  return new Hono<EdgeContext>()
    .get(LOADER, (c) => serve(files, LOADER, c.req.raw, LOADER_CACHE))
    .get(OLDER_LOADER, (c) => serve(files, OLDER_LOADER, c.req.raw, LOADER_CACHE))
    .get('/v1/:version/twin.js', (c) =>
      PINNED.test(c.req.path) ? serve(files, c.req.path, c.req.raw, IMMUTABLE) : problem({ reason: 'not_found' }),
    )
}

async function serve(files: StaticFiles, path: string, request: Request, cacheControl: string): Promise<Response> {
  const file = await files.read(path, request)
  if (!file) return problem({ reason: 'not_found' })
  const headers = new Headers({
    'cache-control': cacheControl,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  })
  for (const name of ['content-type', 'etag', 'content-length']) {
    const value = file.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  // A picture opened by itself is a document on our origin: an SVG in it must not run anything.
  if (path.startsWith('/media/'))
    headers.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
  return new Response(file.body, { status: file.status, headers })
}
