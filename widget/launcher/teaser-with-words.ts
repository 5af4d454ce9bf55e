/** The teaser as the loader brings it: it fetches its words itself, the file that the panel will speak from. */
import type { Words } from '../locales/words.ts'
import { tease, type Teasing } from './teaser.ts'

export interface WordlessTeasing extends Omit<Teasing, 'words'> {
  readonly wordsUrl: string
}

export async function teaseWithWords({ wordsUrl, ...teasing }: WordlessTeasing): Promise<void> {
  const language: { readonly default: Words } = await import(/* @vite-ignore */ wordsUrl)
  await tease({ ...teasing, words: language.default })
}
