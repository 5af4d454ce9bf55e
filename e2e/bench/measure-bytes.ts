/** What a page pays: the launcher before a person acts, and everything once the panel is open. Pictures not counted. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { ASSETS_FOLDER, buildPlatform } from '../../edge/local/build-platform.ts'

export interface Bytes {
  readonly launcher_brotli_bytes: number
  /** Launcher and panel together: all that an open, usable panel took. */
  readonly panel_brotli_bytes: number
}

export async function measureBytes(): Promise<Bytes> {
  await buildPlatform()
  const manifest: unknown = JSON.parse(await readFile(join(ASSETS_FOLDER, 'manifest.json'), 'utf8'))
  const panelPath = typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'panel') : undefined
  if (typeof panelPath !== 'string') throw new Error('The build names no panel in its manifest.')
  const launcher = await brotliBytes('v1/twin.js')
  const panel = await brotliBytes(panelPath)
  console.log(`launcher  ${launcher} B brotli (budget 3,072)`)
  console.log(`panel     ${panel} B brotli, with the launcher ${launcher + panel} B (budget 30,720)`)
  return { launcher_brotli_bytes: launcher, panel_brotli_bytes: launcher + panel }
}

async function brotliBytes(path: string): Promise<number> {
  return brotliCompressSync(await readFile(join(ASSETS_FOLDER, path))).length
}
