/** Which passages speak of a question: BM25 over stemmed words. Small, lexical, without a vendor. Pure. */
import type { Passage } from './ports.ts'

export interface RankedPassage {
  readonly passage: Passage
  /** Above 0; higher speaks more of the question. */
  readonly score: number
  /** Share of the question's meaning that the passage speaks of, 0 to 1: rare words weigh more. */
  readonly coverage: number
  /** How many different words of the question it holds. */
  readonly matched: number
}

const K1 = 1.4
const B = 0.6
const TITLE_WEIGHT = 2
const STOP_WORDS = new Set(
  (
    'a about above after again all also am an and any are as at be because been before being below between both but by ' +
    'can could did do does doing down during each ever few for from further get gets give go got had has have having he ' +
    'her here hers him his how i if in into is it its just know let like ll m make many may me might more most much must ' +
    'my no nor not now of off on once one only or other our out over own please re s say said same she should so some ' +
    'such t tell than thank thanks that the their them then there these they thing think this those through to too under until up us ' +
    've very want was we were what when where which while who whom why will with would yes you your yours d'
  ).split(' '),
)

/** Verbs people ask in one form and texts tell in another. */
const IRREGULAR = new Map(
  (
    'began begin begun begin ran run went go gone go ate eat eaten eat drank drink drunk drink won win wrote write written ' +
    'write spoke speak spoken speak saw see seen see came come knew know known know taught teach thought think chose choose ' +
    'chosen choose felt feel fell fall lost lose met meet sang sing sung sing slept sleep stood stand wore wear worn wear'
  )
    .match(/\S+ \S+/g)
    ?.map((pair): [string, string] => [pair.split(' ')[0] ?? '', pair.split(' ')[1] ?? '']),
)

/** Passages with at least one word of the question, best first; ties keep their order. */
export function rankPassages(passages: readonly Passage[], question: string): RankedPassage[] {
  const asked = new Set(contentWords(question))
  if (asked.size === 0) return []
  const texts = passages.map((passage) => ({ passage, counts: countWords(passage) }))
  const averageLength = texts.reduce((sum, { counts }) => sum + counts.length, 0) / Math.max(1, texts.length)
  const rarity = new Map(
    Array.from(asked, (word) => {
      const holders = texts.filter(({ counts }) => counts.words.has(word)).length
      return [word, Math.log(1 + (texts.length - holders + 0.5) / (holders + 0.5))]
    }),
  )
  const wholeWeight = Array.from(rarity.values()).reduce((sum, weight) => sum + weight, 0)
  return texts
    .map(({ passage, counts }) => {
      let score = 0
      let covered = 0
      let matched = 0
      for (const [word, weight] of rarity) {
        const often = counts.words.get(word) ?? 0
        if (often > 0) covered += weight
        if (often > 0) matched += 1
        score += (weight * often * (K1 + 1)) / (often + K1 * (1 - B + (B * counts.length) / averageLength))
      }
      return { passage, score, coverage: covered / wholeWeight, matched }
    })
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
}

/** The words of a text that mean something, stemmed, in order. */
export function contentWords(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
    .filter((word) => !STOP_WORDS.has(word))
    .map(stem)
}

interface WordCounts {
  readonly words: ReadonlyMap<string, number>
  readonly length: number
}

/** Rooms of one twin ask of the same texts at every turn, and counting them is most of what a prompt costs. */
const counted = new Map<string, WordCounts>()
const MAX_COUNTED = 400

function countWords(passage: Passage): WordCounts {
  const key = `${passage.title}\n${passage.text}`
  const known = counted.get(key)
  if (known) return known
  const counts = countWordsOf(passage)
  if (counted.size >= MAX_COUNTED) counted.clear()
  counted.set(key, counts)
  return counts
}

function countWordsOf({ title, text }: Passage): WordCounts {
  const words = new Map<string, number>()
  const inText = contentWords(text)
  for (const word of inText) words.set(word, (words.get(word) ?? 0) + 1)
  for (const word of contentWords(title)) words.set(word, (words.get(word) ?? 0) + TITLE_WEIGHT)
  return { words, length: inText.length + 1 }
}

/** Light on purpose: endings that hide the same word, nothing that joins different ones. */
function stem(word: string): string {
  const regular = IRREGULAR.get(word) ?? word
  if (regular.length <= 3) return regular
  const bare = regular
    .replace(/ies$/, 'y')
    .replace(/(ss|sh|ch|x|z)es$/, '$1')
    .replace(/([^s])s$/, '$1')
  if (bare.length > 5)
    return bare
      .replace(/(ing|ed|er|ers|ly|able)$/, '')
      .replace(/(.)\1$/, '$1')
      .replace(/e$/, '')
  return bare.length > 4 ? bare.replace(/e$/, '') : bare
}
