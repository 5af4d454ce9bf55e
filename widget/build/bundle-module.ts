/** A module that pages import, and the chunks it brings later: one file eagerly, all names made from their content. */
import type { Rolldown } from 'vite'
import { bundle, type Constants } from './bundle.ts'

export interface BuiltModule {
  /** Path of the entry, such as `/assets/panel-1a2b3c4d.js`. */
  readonly path: string
  /** The entry first, then what it brings on demand. */
  readonly chunks: readonly Rolldown.OutputChunk[]
}

/** Builds `entry` and what it imports dynamically. */
export async function bundleModule(name: string, entry: string, constants: Constants = {}): Promise<BuiltModule> {
  const output = {
    format: 'es',
    entryFileNames: 'assets/[name]-[hash].js',
    chunkFileNames: 'assets/[name]-[hash].js',
  } as const
  const chunks = await bundle({ entries: { [name]: entry }, output, constants })
  const main = chunks.find(({ isEntry }) => isEntry)
  if (!main) throw new Error(`Nothing was built from ${entry}`)
  if (main.imports.length > 0) throw new Error(`${entry} loads ${main.imports.join(', ')} too; it must be one file`)
  return { path: `/${main.fileName}`, chunks: [main, ...chunks.filter((chunk) => chunk !== main)] }
}
