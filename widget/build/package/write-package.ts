/** Writes `@vibethink/twin`, ready to publish, into a folder. */
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { analyzeElement } from '../analyze-element.ts'
import { ROOT } from '../bundle.ts'
import { bundleCdn, CDN_ENTRY } from './bundle-cdn.ts'
import { elementsManifest, packagedElement } from './elements-manifest.ts'
import { emitModules } from './emit-modules.ts'
import { packageManifest } from './package-manifest.ts'
import { packageReadme } from './package-readme.ts'

export interface WrittenPackage {
  readonly version: string
  /** Of the CDN's entry: what a page pins. */
  readonly integrity: string
  /** Of the CDN's entry, in bytes of brotli. */
  readonly entryBytes: number
}

export async function writePackage(folder: string): Promise<WrittenPackage> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const [packages, cdn, analyzed] = await Promise.all([emitModules(join(folder, 'lib')), bundleCdn(), analyzeElement()])
  const manifest = await packageManifest(packages)
  const version = String(manifest['version'])
  const integrity = cdn.integrity[CDN_ENTRY] ?? ''
  const element = packagedElement(analyzed)
  await write(folder, 'package.json', json(manifest))
  await write(folder, 'custom-elements.json', json(elementsManifest(element)))
  await write(folder, 'README.md', await packageReadme(element, { version, integrity }))
  await copyFile(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'))
  for (const [path, code] of cdn.files) await write(folder, `cdn/${path}`, code)
  await write(folder, 'cdn/manifest.json', json({ version, entry: CDN_ENTRY, integrity: cdn.integrity }))
  return { version, integrity, entryBytes: brotliCompressSync(cdn.files.get(CDN_ENTRY) ?? '').length }
}

async function write(folder: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
