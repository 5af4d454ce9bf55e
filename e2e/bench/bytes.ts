/**
 * What a page pays in bytes: the launcher, which every page view loads; everything until the panel is open and usable; what
 * is brought only when it is needed; and each language, of which a visitor loads one. Opening with a reply in it is
 * weighed by what a browser really fetched for one. Scripts and styles as they travel,
 * brotli at its best; pictures belong to the customer. Then what a real browser fetches, headers and answers included.
 */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { ASSETS_FOLDER } from '../../edge/local/build-platform.ts'
import { downloadsOfAVisit, type Downloads } from './browser/downloads-of-a-visit.ts'
import type { World } from './browser/world.ts'
import { printTable } from './print-table.ts'

const LAUNCHER = '/v1/twin.js'
const OF_DEPLOYMENT = /^\/v1\/embed\/[^/]+\/twin\.js$/
/** Kilobytes (1,000 bytes) of brotli; `widget/build.ts` refuses a build above. */
const LAUNCHER_BUDGET = 3
const PANEL_BUDGET = 30

interface Loaded {
  readonly path: string
  readonly plain: number
  readonly brotli: number
}

/** Needs the built widget; prints tables and answers with the sums. */
export async function bytes(world: World): Promise<object> {
  const { panel, words } = await readManifest()
  const usable = await graphFrom([LAUNCHER, panel], 'at once')
  const later = (await graphFrom(usable, 'later')).filter((path) => !usable.includes(path))
  const tags = (await readdir(join(ASSETS_FOLDER, words))).filter((name) => name.endsWith('.js')).toSorted()
  const [first, lazy, languages] = await Promise.all(
    [usable, later, tags.map((name) => join(words, name))].map((paths) => Promise.all(paths.map(weigh))),
  )
  if (!first || !lazy || !languages) throw new Error('Nothing was weighed.')
  const launcherBytes = first[0]?.brotli ?? 0
  const panelBytes = sum(first)
  const total = panelBytes + sum(lazy)
  const fetched = await downloadsOfAVisit(world)
  const answered = sum(await Promise.all([...new Set(builtPaths(fetched, words))].map(weigh)))

  printLoaded('loaded until one can write', first)
  printLoaded('brought when needed', lazy)
  printLoaded('a language, one a visitor', languages)
  printFetched(fetched)
  printTable(
    ['a page pays', 'brotli kB', 'budget kB'],
    [
      ['launcher', kilo(launcherBytes), `<= ${LAUNCHER_BUDGET}`],
      ['open and usable', kilo(panelBytes), `<= ${PANEL_BUDGET}`],
      ['open, and a reply in it', kilo(answered), `<= ${PANEL_BUDGET}`],
      ['everything but languages', kilo(total), ''],
    ],
  )
  return {
    launcher_brotli_bytes: launcherBytes,
    panel_brotli_bytes: panelBytes,
    answered_brotli_bytes: answered,
    total_brotli_bytes: total,
    lazy_brotli_bytes: byName(lazy),
    language_brotli_bytes: byName(languages),
    fetched_until_launcher_bytes: sumOf(fetched.launcher),
    fetched_until_usable_bytes: sumOf(fetched.launcher) + sumOf(fetched.usable),
    budgets_met: {
      launcher: launcherBytes <= LAUNCHER_BUDGET * 1000,
      panel: panelBytes <= PANEL_BUDGET * 1000,
      answered: answered <= PANEL_BUDGET * 1000,
    },
  }
}

async function readManifest(): Promise<{ panel: string; words: string }> {
  const manifest: unknown = JSON.parse(await readFile(join(ASSETS_FOLDER, 'manifest.json'), 'utf8'))
  const { panel, words }: Record<string, unknown> = { ...Object(manifest) }
  if (typeof panel !== 'string' || typeof words !== 'string') throw new Error('The build names no panel or no words.')
  return { panel, words }
}

/**
 * Modules and every script or style their texts name that was built, each once, the first ones first. `at once`: only what
 * a module cannot run without; `later`: also what it imports when it needs it.
 */
async function graphFrom(paths: readonly string[], when: 'at once' | 'later'): Promise<string[]> {
  const found = [...paths]
  for (const path of found) {
    const text = await readFile(join(ASSETS_FOLDER, path), 'utf8')
    const names = when === 'at once' ? /(?:from|import)\s*["']([^"']+\.(?:js|css))["']/g : /([\w./-]+\.(?:m?js|css))\b/g
    for (const [, name = ''] of text.matchAll(names)) {
      const named = name.startsWith('/') ? name : join(dirname(path), name)
      if (!found.includes(named) && existsSync(join(ASSETS_FOLDER, named))) found.push(named)
    }
  }
  return found
}

async function weigh(path: string): Promise<Loaded> {
  const text = await readFile(join(ASSETS_FOLDER, path))
  const brotli = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  return { path, plain: text.length, brotli: brotli.length }
}

function printLoaded(title: string, loaded: readonly Loaded[]): void {
  printTable(
    [title, 'plain B', 'brotli B'],
    loaded.map(({ path, plain, brotli }) => [path, String(plain), String(brotli)]),
  )
  console.log()
}

function printFetched({ launcher, usable, answered }: Downloads): void {
  const rows = (when: string, all: Downloads['usable']): string[][] =>
    all.map(({ path, bytes: size }) => [path, String(Math.round(size)), when])
  printTable(
    ['a browser fetched', 'B', ''],
    [
      ...rows('before the launcher', launcher),
      ...rows('before one can write', usable),
      ...rows('before a reply stood', answered),
    ],
  )
  console.log()
}

/** Files of the build, but for the one language. */
function builtPaths({ launcher, usable, answered }: Downloads, words: string): string[] {
  // the look that came with a deployment's script is the customer's: what is ours in it is the loader
  const paths = [...launcher, ...usable, ...answered].map(({ path }) => path.replace(OF_DEPLOYMENT, LAUNCHER))
  return paths.filter((path) => /\.(?:js|css)$/.test(path) && !path.startsWith(words))
}

/** By the name without its folder and hash. */
function byName(loaded: readonly Loaded[]): Record<string, number> {
  return Object.fromEntries(
    loaded.map(({ path, brotli }) => [/([^/]+?)(?:-[\w-]{8})?\.(?:js|css)$/.exec(path)?.[1] ?? path, brotli]),
  )
}

function sum(loaded: readonly Loaded[]): number {
  return loaded.reduce((total, { brotli }) => total + brotli, 0)
}

function sumOf(downloads: Downloads['usable']): number {
  return Math.round(downloads.reduce((total, { bytes: size }) => total + size, 0))
}

function kilo(size: number): string {
  return (size / 1000).toFixed(2)
}
