/**
 * What a visitor asks for is also what the scripted upstream says: the reply follows from the question alone, so whoever
 * knows the question knows every byte that must arrive.
 */
import { hash } from './chance.ts'

export type UpstreamFault = 'none' | 'status' | 'busy' | 'garbage' | 'cut' | 'hang'

export interface Order {
  /** No two questions of a run share one. */
  readonly key: string
  readonly words: number
  /** 0: all at once. */
  readonly wordsPerSecond: number
  /** What the upstream waits before its first word. */
  readonly delayMs: number
  /** Emoji of several code points, code fences and scripts of several bytes a letter stand among the words. */
  readonly rich: boolean
  /** Only the first call for a question fails; one that is asked again is answered. */
  readonly fault: UpstreamFault
}

const PATTERN =
  /Order (?<key>[a-z0-9.-]+): (?<words>\d+) words, (?<rate>\d+) a second, after (?<delay>\d+) ms, (?<look>plain|rich), (?<fault>\w+)\./
const RICH = [
  '👩‍👩‍👧‍👦 ',
  '\n```ts\nconst 名 = "🙂"\n```\n',
  'é̂ ',
  '漢字かな ',
  '🏳️‍🌈',
  '\n\n> *ruhig* und **leise**\n\n',
  'مرحبا ',
  '𝒳 ',
] as const

export function writeOrder({ key, words, wordsPerSecond, delayMs, rich, fault }: Order): string {
  return `Order ${key}: ${words} words, ${wordsPerSecond} a second, after ${delayMs} ms, ${rich ? 'rich' : 'plain'}, ${fault}.`
}

/** Undefined for a text that orders nothing. */
export function readOrder(text: string): Order | undefined {
  const found = PATTERN.exec(text)?.groups
  const fault = FAULTS.find((name) => name === found?.['fault'])
  if (!found || !fault) return undefined
  return {
    key: found['key'] ?? '',
    words: Number(found['words']),
    wordsPerSecond: Number(found['rate']),
    delayMs: Number(found['delay']),
    rich: found['look'] === 'rich',
    fault,
  }
}

const FAULTS: readonly UpstreamFault[] = ['none', 'status', 'busy', 'garbage', 'cut', 'hang']

/** The upstream's words as it cuts them; no two of a reply are alike, so that none can be missing or doubled unseen. */
export function wordsOf({ key, words, rich }: Order): string[] {
  const mark = String(hash(key)).padStart(10, '0')
  return Array.from({ length: words }, (_, at) => {
    const word = `w${at}x${mark}`
    if (at === words - 1) return word
    return rich && at % 3 === 2 ? `${word} ${RICH[(hash(key) + at) % RICH.length]}` : `${word} `
  })
}

/** The whole reply, as it must arrive. */
export function replyTo(order: Order): string {
  return wordsOf(order).join('')
}
