/** README.md of the package: how to use it, written by hand, then all that one may use, made from the manifest. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LOCALES } from '../../../schema/wire/locales.ts'
import type { Entry } from '../analyze-element.ts'
import { ROOT } from '../bundle.ts'
import { docsOf } from '../element-docs.ts'
import { CDN_ENTRY } from './bundle-cdn.ts'

export interface Facts {
  readonly version: string
  /** Digest of the CDN's entry. */
  readonly integrity: string
}

export async function packageReadme(element: Entry, { version, integrity }: Facts): Promise<string> {
  const head = await readFile(join(ROOT, 'widget/package/README.md'), 'utf8')
  const filled = head
    .replaceAll('{version}', version)
    .replaceAll('{integrity}', integrity)
    .replaceAll('{entry}', CDN_ENTRY)
    .replaceAll('{languages}', LOCALES.map((locale) => `\`${locale}\``).join(' '))
  const left = /{[a-z]+}/.exec(filled)
  if (left) throw new Error(`widget/package/README.md asks for ${left[0]}, which nobody fills in`)
  // (The queue is the script tag's: here the element is there as soon as it is imported.)
  const sections = docsOf(element).filter((section) => !section.includes('window.VibeThinkTwin'))
  return `${[filled.trim(), ...sections].join('\n\n')}\n`
}
