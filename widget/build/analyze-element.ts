/** The element's declaration in the custom-elements manifest, which the analyzer reads off its doc tags and its code. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const SOURCE = fileURLToPath(new URL('../element/twin-element.ts', import.meta.url))

/** A row of the manifest: an attribute, a member, an event, a part or a custom property. */
export type Entry = Readonly<Record<string, unknown>>

/** The analyzer runs in a folder of its own, since it writes beside what it reads. */
export async function analyzeElement(): Promise<Entry> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-manifest-'))
  try {
    // (It cannot read a spread among property options: what is spread there is a Boolean.)
    const source = (await readFile(SOURCE, 'utf8')).replaceAll('{ ...flag', '{ type: Boolean')
    await writeFile(join(folder, 'twin-element.ts'), source)
    const analyzer = fileURLToPath(import.meta.resolve('@custom-elements-manifest/analyzer/cem.js'))
    const asked = ['analyze', '--litelement', '--quiet', '--globs', 'twin-element.ts', '--outdir', '.']
    await promisify(execFile)(process.execPath, [analyzer, ...asked], { cwd: folder })
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'custom-elements.json'), 'utf8'))
    const [module] = rows(fieldsOf(manifest)['modules'])
    const [element] = rows(module?.['declarations'])
    if (!element) throw new Error(`The manifest of ${SOURCE} declares nothing`)
    return element
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A list of the manifest, empty where there is none. */
export const rows = (value: unknown): Entry[] => (Array.isArray(value) ? value.map(fieldsOf) : [])

export const fieldsOf = (value: unknown): Entry => (typeof value === 'object' && value !== null ? { ...value } : {})
