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
import { build, type InlineConfig, type Plugin } from 'vite'
import { tightTemplates } from './tight-templates.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'dist/public')

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
console.log(`launcher ${launcherBytes} B, panel ${panelBytes} B, page ${await brotliBytes(page)} B (brotli)`)
console.log(`everything with the panel open: ${launcherBytes + panelBytes} B`)

/** Builds one ES module under a name that changes with its content, and answers with its path. */
async function buildModule(name: string, entry: string): Promise<string> {
  const [file] = await run({
    rolldownOptions: {
      input: { [name]: join(root, entry) },
      preserveEntrySignatures: 'strict',
      output: { format: 'es', entryFileNames: 'assets/[name]-[hash].js', codeSplitting: false },
    },
  })
  if (!file) throw new Error(`Nothing was built from ${entry}`)
  return `/${file}`
}

async function buildLoader(panelPath: string): Promise<void> {
  const [file] = await run(
    {
      rolldownOptions: {
        input: { twin: join(root, 'widget/loader.ts') },
        output: { format: 'iife', entryFileNames: 'v1/[name].js' },
      },
    },
    { PANEL_PATH: JSON.stringify(panelPath) },
  )
  if (!file) throw new Error('The loader was not built')
  await mkdir(out, { recursive: true })
  await cp(join(out, file), join(out, 'twin-widget.js'))
}

async function run(options: InlineConfig['build'], define: Record<string, string> = {}): Promise<string[]> {
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
    plugins: [tightTemplates(), note],
    build: {
      outDir: out,
      emptyOutDir: false,
      copyPublicDir: false,
      sourcemap: false,
      target: 'es2022',
      modulePreload: false,
      minify: 'oxc',
      ...options,
    },
  })
  return written
}

async function brotliBytes(path: string): Promise<number> {
  return brotliCompressSync(await readFile(join(out, path))).length
}
