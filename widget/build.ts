/**
 * Builds what a page loads into `dist/public`: the panel and the page module with the chunks they bring later, the
 * languages, and the loader as a classic script under its names. Several builds, because a classic script must not meet
 * the module helpers of the others, and because each page shall pay for one file. Run it: `node widget/build.ts`.
 */
import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { bundle, ROOT, type Constants } from './build/bundle.ts'
import { bundleModule } from './build/bundle-module.ts'
import { bundleWords } from './build/bundle-words.ts'

/** In bytes of brotli: what every page view loads, and everything until the panel is open and usable. */
const BUDGET = { launcher: 3_000, total: 30_000 }

/** No name that the minifier gives. */
const KNOWN_NAME = '$_'

const out = join(ROOT, 'dist/public')
const { version }: { readonly version: string } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))

const words = await bundleWords()
const known = { WORDS_PATH: JSON.stringify(words.path) }
const panel = await bundleModule('panel', 'widget/element/vibethink-twin.ts', known)
const page = await bundleModule('page', 'widget/element/ai-twin.ts', known)
const teaser = await bundleModule('teaser', 'widget/launcher/teaser-with-words.ts')
const loader = await classicScript('widget/loader.ts', {
  ...known,
  PANEL_PATH: JSON.stringify(panel.path),
  TEASER_PATH: JSON.stringify(teaser.path),
  KNOWN: KNOWN_NAME,
})
const pinned = `/v1/${version}/twin.js`

/** Code by path, as it will be served. */
const files = new Map([
  ...[...panel.chunks, ...page.chunks, ...teaser.chunks].map(({ fileName, code }) => [`/${fileName}`, code] as const),
  ...words.files,
  ...['/v1/twin.js', pinned, '/twin-widget.js'].map((path) => [path, loader] as const),
])

for (const path of [...page.chunks.map(({ fileName }) => `/${fileName}`), ...words.files.keys()]) {
  if (/vibethink/i.test(codeOf(path))) throw new Error(`${path} names us; a white-label page must not`)
}

// What was released stays where it was: pages have pinned it. Kept there by `cp -r dist/public/{assets,v1} released/`.
const released = join(ROOT, 'released')
const before = join(released, pinned)
if (existsSync(before) && (await readFile(before, 'utf8')) !== loader) {
  throw new Error(`${version} is released, with other bytes: package.json must name another version`)
}
await rm(out, { recursive: true, force: true })
if (existsSync(released)) await cp(released, out, { recursive: true })
for (const [path, code] of files) {
  await mkdir(dirname(join(out, path)), { recursive: true })
  await writeFile(join(out, path), code)
}
const integrity = Object.fromEntries([...files.keys()].map((path) => [path, integrityOf(path)]))
await writeFile(
  join(out, 'manifest.json'),
  JSON.stringify({ version, loader: pinned, panel: panel.path, page: page.path, words: words.path, integrity }),
)
const media = join(ROOT, 'demo-site/media')
if (existsSync(media)) await cp(media, join(out, 'media'), { recursive: true })

const launcher = bytes(pinned)
const total = launcher + bytes(panel.path)
console.log(`launcher ${launcher} B, panel ${bytes(panel.path)} B, page ${bytes(page.path)} B (brotli)`)
console.log(`everything with the panel open: ${total} B`)
for (const { fileName } of [...panel.chunks.slice(1), ...teaser.chunks]) {
  console.log(`brought later: /${fileName} ${bytes(`/${fileName}`)} B`)
}
const languages = [...words.files.keys()].map(bytes)
console.log(`one language of ${languages.length}: ${Math.min(...languages)} to ${Math.max(...languages)} B`)
console.log(`to pin: ${pinned} integrity="${integrityOf(pinned)}"`)
if (launcher > BUDGET.launcher || total > BUDGET.total) {
  throw new Error(`Over budget: launcher ${launcher} of ${BUDGET.launcher} B, all ${total} of ${BUDGET.total} B`)
}

async function classicScript(entry: string, constants: Constants): Promise<string> {
  const [script, ...more] = await bundle({ entries: { twin: entry }, output: { format: 'iife' }, constants })
  if (!script || more.length > 0) throw new Error(`${entry} must become one file`)
  // A function of what is known beforehand: as a file it is called with nothing, by the door with a deployment's look.
  const [, body] = /^\(\(\)=>\{(.*\})\)\(\);\s*$/s.exec(script.code) ?? []
  if (body === undefined) throw new Error(`${entry} became no function that is called at once`)
  return `(${KNOWN_NAME}=>{${body})();`
}

function codeOf(path: string): string {
  const code = files.get(path)
  if (code === undefined) throw new Error(`${path} was not built`)
  return code
}

function bytes(path: string): number {
  return brotliCompressSync(codeOf(path)).length
}

/** As `integrity` wants it (W3C Subresource Integrity). */
function integrityOf(path: string): string {
  return `sha384-${createHash('sha384').update(codeOf(path)).digest('base64')}`
}
