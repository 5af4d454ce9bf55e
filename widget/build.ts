/**
 * Builds what a page loads into `dist/public`: the panel, the page module, and the loader as a classic script under its
 * two names. Three builds, because a classic script must not meet the module helpers of the others, and because each
 * page shall pay for one file. Run it: `node widget/build.ts`.
 */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { build, type Plugin, type Rolldown } from 'vite'
import { tightPackages } from './tight-packages.ts'
import { tightScript } from './tight-script.ts'
import { tightTemplates } from './tight-templates.ts'

/** In bytes of brotli: what every page view loads, and everything until the panel is open and usable. */
const BUDGET = { launcher: 3_000, total: 30_000 }

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'dist/public')

// Whoever calls, tests for instance: Lit's development build is another program, and three kilobytes more.
process.env['NODE_ENV'] = 'production'

await rm(out, { recursive: true, force: true })
const panel = await buildModule('panel', 'widget/element/vibethink-twin.ts')
const page = await buildModule('page', 'widget/element/ai-twin.ts')
await buildLoader(panel)
await writeFile(join(out, 'manifest.json'), JSON.stringify({ panel, page }))
const media = join(root, 'demo-site/media')
if (existsSync(media)) await cp(media, join(out, 'media'), { recursive: true })

const pageScript = await readFile(join(out, page), 'utf8')
if (/vibethink/i.test(pageScript)) throw new Error('The page module names us; a white-label page must not')

const [launcherBytes, panelBytes] = await Promise.all([brotliBytes('/v1/twin.js'), brotliBytes(panel)])
const total = launcherBytes + panelBytes
console.log(`launcher ${launcherBytes} B, panel ${panelBytes} B, page ${await brotliBytes(page)} B (brotli)`)
console.log(`everything with the panel open: ${total} B`)
if (launcherBytes > BUDGET.launcher || total > BUDGET.total) {
  throw new Error(`Over budget: launcher ${launcherBytes} of ${BUDGET.launcher} B, all ${total} of ${BUDGET.total} B`)
}

/** Builds one ES module under a name that changes with its content, and answers with its path. */
async function buildModule(name: string, entry: string): Promise<string> {
  const output = { format: 'es', entryFileNames: 'assets/[name]-[hash].js', codeSplitting: false } as const
  const [file] = await run({ [name]: join(root, entry) }, output)
  if (!file) throw new Error(`Nothing was built from ${entry}`)
  return `/${file}`
}

async function buildLoader(panelPath: string): Promise<void> {
  const output = { format: 'iife', entryFileNames: 'v1/[name].js' } as const
  const define = { PANEL_PATH: JSON.stringify(panelPath) }
  const [file] = await run({ twin: join(root, 'widget/loader.ts') }, output, define)
  if (!file) throw new Error('The loader was not built')
  await mkdir(out, { recursive: true })
  await cp(join(out, file), join(out, 'twin-widget.js'))
}

async function run(
  input: Record<string, string>,
  output: Rolldown.OutputOptions,
  define: Record<string, string> = {},
): Promise<string[]> {
  const written: string[] = []
  const note: Plugin = {
    name: 'note-written',
    writeBundle: (_options, bundle) => void written.push(...Object.keys(bundle)),
  }
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    define,
    plugins: [tightPackages(), tightTemplates(), tightScript(), note],
    build: {
      outDir: out,
      emptyOutDir: false,
      copyPublicDir: false,
      sourcemap: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input,
        preserveEntrySignatures: 'strict',
        optimization: { inlineConst: true },
        // tightScript does, and what it has made is written as it is.
        output: { ...output, minify: false },
      },
    },
  })
  return written
}

async function brotliBytes(path: string): Promise<number> {
  return brotliCompressSync(await readFile(join(out, path))).length
}
