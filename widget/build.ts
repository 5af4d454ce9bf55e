/**
 * Builds what a page loads into `dist/public`: the panel and the page module with the chunks they bring later, the
 * languages, and the loader as a classic script under its names. Several builds, because a classic script must not meet
 * the module helpers of the others, and because each page shall pay for one file. Run it: `node widget/build.ts`.
 */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { bundle, ROOT } from './build/bundle.ts'
import { bundleModule } from './build/bundle-module.ts'
import { bundleWords } from './build/bundle-words.ts'

/** In bytes of brotli: what every page view loads, and everything until the panel is open and usable. */
const BUDGET = { launcher: 3_000, total: 30_000 }

const out = join(ROOT, 'dist/public')

const words = await bundleWords()
const constants = { WORDS_PATH: JSON.stringify(words.path) }
const panel = await bundleModule('panel', 'widget/element/vibethink-twin.ts', constants)
const page = await bundleModule('page', 'widget/element/ai-twin.ts', constants)
const [loader] = await bundle({
  entries: { twin: 'widget/loader.ts' },
  output: { format: 'iife' },
  constants: { ...constants, PANEL_PATH: JSON.stringify(panel.path) },
})
if (!loader) throw new Error('The loader was not built')

/** Code by path, as it will be served. */
const files = new Map([
  ...[...panel.chunks, ...page.chunks].map(({ fileName, code }) => [`/${fileName}`, code] as const),
  ...words.files,
  ['/v1/twin.js', loader.code] as const,
  ['/twin-widget.js', loader.code] as const,
])

for (const path of [...page.chunks.map(({ fileName }) => `/${fileName}`), ...words.files.keys()]) {
  if (/vibethink/i.test(files.get(path) ?? '')) throw new Error(`${path} names us; a white-label page must not`)
}

await rm(out, { recursive: true, force: true })
for (const [path, code] of files) {
  await mkdir(dirname(join(out, path)), { recursive: true })
  await writeFile(join(out, path), code)
}
await writeFile(
  join(out, 'manifest.json'),
  JSON.stringify({ panel: panel.path, page: page.path, words: words.path, files: [...files.keys()] }),
)
const media = join(ROOT, 'demo-site/media')
if (existsSync(media)) await cp(media, join(out, 'media'), { recursive: true })

const launcher = bytes('/v1/twin.js')
const total = launcher + bytes(panel.path)
console.log(`launcher ${launcher} B, panel ${bytes(panel.path)} B, page ${bytes(page.path)} B (brotli)`)
console.log(`everything with the panel open: ${total} B`)
for (const { fileName } of panel.chunks.slice(1)) console.log(`brought later: ${fileName} ${bytes(`/${fileName}`)} B`)
const languages = [...words.files.keys()].map(bytes)
console.log(`one language of ${languages.length}: ${Math.min(...languages)} to ${Math.max(...languages)} B`)
if (launcher > BUDGET.launcher || total > BUDGET.total) {
  throw new Error(`Over budget: launcher ${launcher} of ${BUDGET.launcher} B, all ${total} of ${BUDGET.total} B`)
}

function bytes(path: string): number {
  return brotliCompressSync(files.get(path) ?? '').length
}
