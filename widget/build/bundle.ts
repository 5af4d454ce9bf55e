/**
 * One run of the bundler, its chunks in memory. What is imported dynamically becomes a chunk of its own and may import
 * from the entry; the entry itself stays one file. Writes nothing.
 */
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'
import { oneCopy } from './one-copy.ts'
import { tightPackages } from '../tight-packages.ts'
import { tightScript } from '../tight-script.ts'
import { tightTemplates } from '../tight-templates.ts'

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What is put into the sources by name, such as `PANEL_PATH`; values are JavaScript expressions. */
export type Constants = Readonly<Record<string, string>>

interface Bundling {
  /** By name, from the repository's root. */
  readonly entries: Readonly<Record<string, string>>
  readonly output: Rolldown.OutputOptions & { readonly format: 'es' | 'iife' }
  readonly constants?: Constants
}

// Whoever calls, tests for instance: Lit's development build is another program, and three kilobytes more.
process.env['NODE_ENV'] = 'production'

/** Bundles the entries for browsers. */
export async function bundle({ entries, output, constants = {} }: Bundling): Promise<readonly Rolldown.OutputChunk[]> {
  const input = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(ROOT, path)]))
  const built = await build({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: 'warn',
    define: { ...constants },
    plugins: [tightPackages(), tightTemplates(), tightScript(), oneCopy()],
    build: {
      // (As a library, since a page's build would wrap each dynamic import in a loader of style sheets.)
      lib: { entry: input, formats: [output.format], name: 'twin' },
      write: false,
      copyPublicDir: false,
      sourcemap: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input,
        preserveEntrySignatures: 'allow-extension',
        optimization: { inlineConst: true },
        // tightScript does, and what it has made is written as it is.
        output: { ...output, minify: false },
      },
    },
  })
  const [result, ...more] = [built].flat()
  if (!result || !('output' in result) || more.length > 0) throw new Error('The bundler answered with no single output')
  return result.output.map((file) => {
    if (file.type !== 'chunk') throw new Error(`${file.fileName} is no script: nothing here may become another file`)
    return file
  })
}
