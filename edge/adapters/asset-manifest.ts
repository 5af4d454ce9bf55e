/** The widget build's own list of which file is which, read once an isolate from the static assets. */
import type { BuiltScripts, ScriptPaths } from '../core/ports.ts'

const MANIFEST_PATH = '/manifest.json'
const MODULE = /^\/assets\/[a-z]+-[A-Za-z0-9_-]+\.js$/
const FOLDER = /^\/assets\/words-[A-Za-z0-9_-]+\/$/

export function assetManifest(assets: { fetch(request: Request): Promise<Response> }): BuiltScripts {
  let known: ScriptPaths | undefined
  return {
    async paths() {
      known ??= await readPaths(assets)
      return known
    },
  }
}

async function readPaths(assets: { fetch(request: Request): Promise<Response> }): Promise<ScriptPaths> {
  const answer = await assets.fetch(new Request(`http://assets.invalid${MANIFEST_PATH}`))
  const manifest: unknown = answer.ok ? await answer.json() : undefined
  const { page, panel, words } = Object(manifest)
  if (MODULE.test(page) && MODULE.test(panel) && FOLDER.test(words)) return { page, panel, words }
  throw new Error('manifest.json of the widget build names no scripts: build the widget first')
}
