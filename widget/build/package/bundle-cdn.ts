/**
 * What a page without a bundler uses: one small module with its chunks and languages beside it, found from wherever they
 * are served. Its own server, or a CDN of npm packages; not `/v1/twin.js`, which is part of our Worker.
 */
import { createHash } from 'node:crypto'
import { bundle } from '../bundle.ts'
import { bundleWords } from '../bundle-words.ts'

export interface CdnFiles {
  /** Code by path from the folder of the entry, `twin.js`. */
  readonly files: ReadonlyMap<string, string>
  /** Digest of each by the same path, as `integrity` wants it (W3C Subresource Integrity). */
  readonly integrity: Readonly<Record<string, string>>
}

export const CDN_ENTRY = 'twin.js'

/** Builds the folder `cdn`. */
export async function bundleCdn(): Promise<CdnFiles> {
  const words = await bundleWords()
  const chunks = await bundle({
    entries: { twin: 'widget/package/define.ts' },
    output: { format: 'es', entryFileNames: CDN_ENTRY, chunkFileNames: 'chunks/[name]-[hash].js' },
    constants: { WORDS_PATH: JSON.stringify('./words/') },
  })
  const files = new Map([
    ...chunks.map(({ fileName, code }) => [fileName, code] as const),
    ...[...words.files].map(([path, code]) => [`words/${path.slice(words.path.length)}`, code] as const),
  ])
  if (!files.has(CDN_ENTRY)) throw new Error(`${CDN_ENTRY} was not built`)
  const integrity = [...files].map(([path, code]) => [path, digestOf(code)] as const)
  return { files, integrity: Object.fromEntries(integrity) }
}

function digestOf(code: string): string {
  return `sha384-${createHash('sha384').update(code).digest('base64')}`
}
