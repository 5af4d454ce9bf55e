/**
 * What a page pays in bytes: the launcher, which every page view loads, and everything that is loaded until the panel is
 * open and usable. Scripts and styles as they travel, brotli at its best; pictures belong to the customer.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompressSync, constants } from 'node:zlib'
import { ASSETS_FOLDER } from '../../edge/local/build-platform.ts'
import { printTable } from './print-table.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const LAUNCHER = '/v1/twin.js'
/** Kilobytes (1,000 bytes) of brotli; `widget/build.ts` refuses a build above. */
const LAUNCHER_BUDGET = 3
const PANEL_BUDGET = 30

interface Loaded {
  readonly path: string
  readonly plain: number
  readonly brotli: number
}

/** Builds the widget, prints a table and answers with the two sums. */
export async function bytes(): Promise<object> {
  await buildWidget()
  const loaded = await Promise.all((await modulesFrom(LAUNCHER)).map(weigh))
  const launcher = loaded[0]?.brotli ?? 0
  const panel = loaded.reduce((sum, { brotli }) => sum + brotli, 0)
  if (loaded.length < 2)
    throw new Error(`${LAUNCHER} names no module of the panel: what the panel weighs is not known.`)

  printTable(
    ['loaded', 'plain B', 'brotli B'],
    loaded.map(({ path, plain, brotli }) => [path, String(plain), String(brotli)]),
  )
  console.log()
  printTable(
    ['a page pays', 'brotli kB', 'budget kB'],
    [
      ['launcher', kilo(launcher), `<= ${LAUNCHER_BUDGET}`],
      ['open and usable', kilo(panel), `<= ${PANEL_BUDGET}`],
    ],
  )
  return { launcher_brotli_bytes: launcher, panel_brotli_bytes: panel }
}

/** Rejects with the reason alone: a budget that does not hold, a source that does not compile. */
async function buildWidget(): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, ['widget/build.ts'], { cwd: ROOT })
  } catch (failure) {
    const words = typeof failure === 'object' && failure !== null && 'stderr' in failure ? String(failure.stderr) : ''
    const reason = /^\w*Error: (?<reason>.+)$/m.exec(words)?.groups?.['reason']
    throw new Error(`The widget could not be built. ${reason ?? words.trim()}`)
  }
}

/** A module and every script or style its text names that was built, each once, the first one first. */
async function modulesFrom(first: string): Promise<string[]> {
  const found = [first]
  for (const path of found) {
    const text = await readFile(join(ASSETS_FOLDER, path), 'utf8')
    for (const [name] of text.matchAll(/[\w./-]+\.(?:m?js|css)\b/g)) {
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

function kilo(bytes: number): string {
  return (bytes / 1000).toFixed(2)
}
