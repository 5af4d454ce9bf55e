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

/** Writes the modules into `lib`, in folders like those of the sources. */
export async function emitModules(lib: string): Promise<void> {
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
  // The compiler leaves these as they are in declarations.
  for await (const name of glob('**/*.d.ts', { cwd: lib })) {
    const types = await readFile(join(lib, name), 'utf8')
    await writeFile(join(lib, name), types.replace(/(from|import\()(\s*['"]\.[^'"]*)\.ts(['"])/g, '$1$2.js$3'))
  }
}
