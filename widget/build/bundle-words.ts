/**
 * The languages, each a module of its own in one folder that is named for all of them: one path, put into the panel,
 * the page and the loader, finds every one.
 */
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { bundle, ROOT } from './bundle.ts'

const FOLDER = 'widget/locales'

export interface BuiltWords {
  /** Such as `/assets/words-1a2b3c4d/`; a tag and `.js` follow. */
  readonly path: string
  /** Code of each file by its path. */
  readonly files: ReadonlyMap<string, string>
}

/** Builds every file of widget/locales but the shape they share. */
export async function bundleWords(): Promise<BuiltWords> {
  const tags = (await readdir(join(ROOT, FOLDER)))
    .flatMap((name) => /^([a-z]{2,3})\.ts$/.exec(name)?.[1] ?? [])
    .toSorted()
  const entries = Object.fromEntries(tags.map((tag) => [tag, `${FOLDER}/${tag}.ts`]))
  const chunks = await bundle({ entries, output: { format: 'es', entryFileNames: '[name].js' } })
  const shared = chunks.find(({ isEntry, imports }) => !isEntry || imports.length > 0)
  if (shared) throw new Error(`${shared.fileName}: a language is one file, and brings no other`)
  const missing = chunks.find(({ exports }) => !exports.includes('default'))
  if (missing) throw new Error(`${missing.fileName} has no default export: the panel would find no words in it`)
  const hash = createHash('sha256')
  for (const { fileName, code } of chunks.toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1))) {
    hash.update(`${fileName}\n${code}\n`)
  }
  const path = `/assets/words-${hash.digest('base64url').slice(0, 8)}/`
  return { path, files: new Map(chunks.map(({ fileName, code }) => [path + fileName, code])) }
}
