/** A copy of the product in which faults are planted and taken out again: what a bench would find is looked for there. */
import { cp, readFile, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Change {
  readonly file: string
  /** Stands there exactly once. */
  readonly find: string
  readonly replace: string
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const LEFT_OUT: readonly string[] = ['node_modules', '.git', '.twin']

export async function copyProduct(to: string): Promise<void> {
  await cp(ROOT, to, { recursive: true, filter: (path) => !LEFT_OUT.includes(basename(path)) })
  await symlink(join(ROOT, 'node_modules'), join(to, 'node_modules'))
}

/** Plants, does the work, and leaves the copy as it was. A fault whose place in the source has gone rejects. */
export async function withChanges<T>(
  copy: string,
  name: string,
  changes: readonly Change[],
  work: () => Promise<T>,
): Promise<T> {
  const untouched = new Map<string, string>()
  try {
    for (const { file, find, replace } of changes) {
      const path = join(copy, file)
      const source = await readFile(path, 'utf8')
      if (!untouched.has(path)) untouched.set(path, source)
      if (source.split(find).length !== 2) throw new Error(`"${name}" has no one place in ${file} any more.`)
      await writeFile(
        path,
        source.replace(find, () => replace),
      )
    }
    return await work()
  } finally {
    for (const [path, source] of untouched) await writeFile(path, source)
  }
}
