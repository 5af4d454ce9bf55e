/** Everything the playground's page is told, gathered when it asks: what is edited while the demo runs is seen at once. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ASSETS_FOLDER } from '../../edge/local/build-platform.ts'
import { demoPlaces } from '../../schema/local/demo/demo-places.ts'
import { LOCALES, RTL_LOCALES } from '../../schema/wire/locales.ts'
import { analyzeElement, fieldsOf } from '../../widget/build/analyze-element.ts'
import { MEMBERS } from '../members/members.ts'
import type { Facts, PinnedScript } from '../sites/playground/facts.ts'
import { strictCsp } from '../strict-csp.ts'
import { elementFacts } from './element-facts.ts'

export interface PlaygroundPlace {
  readonly cdnUrl: string
  /** Port of the demo sites. */
  readonly port: number
}

/** The page's origin decides which deployments it may show: those whose list names it. */
export async function playgroundFacts({ cdnUrl, port }: PlaygroundPlace): Promise<Facts> {
  const cdn = new URL(cdnUrl)
  const origin = `http://playground.localhost:${port}`
  const places = demoPlaces({ worker: Number(cdn.port), demo: port })
  return {
    element: elementFacts(await analyzeElement()),
    cdn: cdn.origin,
    deployments: places
      .filter(({ origins }) => origins.includes(origin))
      .map(({ id, name, contextKeys = [], knowsMembers = false }) => ({ id, name, contextKeys, knowsMembers })),
    members: MEMBERS.map(({ id, name }) => ({ id, name })),
    languages: LOCALES.map((tag) => ({ tag, rightToLeft: RTL_LOCALES.includes(tag) })),
    csp: strictCsp(cdnUrl),
    pinned: await pinnedScript(cdn.origin),
  }
}

/** What the build has written down of the script it made. */
async function pinnedScript(cdn: string): Promise<PinnedScript | null> {
  const manifest = await readFile(join(ASSETS_FOLDER, 'manifest.json'), 'utf8').catch(() => undefined)
  if (manifest === undefined) return null
  const { loader, integrity } = fieldsOf(JSON.parse(manifest))
  const digest = typeof loader === 'string' ? fieldsOf(integrity)[loader] : undefined
  return typeof loader === 'string' && typeof digest === 'string' ? { src: cdn + loader, integrity: digest } : null
}
