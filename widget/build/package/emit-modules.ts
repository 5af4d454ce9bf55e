/**
 * The package's modules: each source as one ES module with its types, and nothing bundled, so that a page's own bundler
 * sees every import. The compiler does it; what it cannot know is put in afterwards.
 */
import { execFile } from 'node:child_process'
import { copyFile, glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../bundle.ts'
import { wordsSwitch } from './words-switch.ts'

/** The name of another package, where a module or its types import it. */
const PACKAGE = /(?:\bfrom |\bimport |\bimport\()'((?:@[\w-]+\/)?[a-z][\w-]*)(?:\/[\w./-]+)?'/g

/** Only their types are asked for, by those who have them: `react.ts` and `vue.d.ts`. */
const OPTIONAL = ['react', 'vue']

/** Writes the modules into `lib`, in folders like those of the sources; answers with the packages they import. */
export async function emitModules(lib: string): Promise<string[]> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
  const project = join(ROOT, 'widget/package/emit.tsconfig.json')
  await promisify(execFile)(process.execPath, [compiler, '--project', project, '--outDir', lib]).catch(
    ({ stdout }: { readonly stdout?: string }) => {
      throw new Error(`The package's modules do not compile:\n${stdout}`)
    },
  )
  await copyFile(join(ROOT, 'widget/package/vue.d.ts'), join(lib, 'widget/package/vue.d.ts'))
  await writeFile(join(lib, 'widget/package/vue.js'), 'export {}\n')
  await writeFile(join(lib, 'widget/locales/load-words.js'), wordsSwitch())
  const packages = new Set<string>()
  for await (const name of glob('**/*.{js,d.ts}', { cwd: lib })) {
    const text = await readFile(join(lib, name), 'utf8')
    const code = text.replace(/\/\*[^]*?\*\//g, '')
    for (const [, other = ''] of code.matchAll(PACKAGE)) packages.add(other)
    // The compiler leaves these as they are in declarations.
    if (name.endsWith('.d.ts')) {
      await writeFile(join(lib, name), text.replace(/(from|import\()(\s*['"]\.[^'"]*)\.ts(['"])/g, '$1$2.js$3'))
    }
  }
  return [...packages].filter((name) => !OPTIONAL.includes(name)).toSorted()
}
