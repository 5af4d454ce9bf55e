/** The widget build's own list of which file is which, read once an isolate from the static assets. */
import type { PageScript } from '../core/ports.ts'

const MANIFEST_PATH = '/manifest.json'
const PAGE_SCRIPT = /^\/assets\/page-[A-Za-z0-9_-]+\.js$/

export function assetManifest(assets: { fetch(request: Request): Promise<Response> }): PageScript {
  let known: string | undefined
  return {
    async path() {
      known ??= await readPageScript(assets)
      return known
    },
  }
}

async function readPageScript(assets: { fetch(request: Request): Promise<Response> }): Promise<string> {
  const answer = await assets.fetch(new Request(`http://assets.invalid${MANIFEST_PATH}`))
  const manifest: unknown = answer.ok ? await answer.json() : undefined
  if (typeof manifest === 'object' && manifest !== null && 'page' in manifest) {
    const { page } = manifest
    if (typeof page === 'string' && PAGE_SCRIPT.test(page)) return page
  }
  throw new Error('manifest.json of the widget build names no page script: build the widget first')
}
