/** Says words at a steady rate: by the clock and not by the last word, so that a late timer does not slow the stream. */
import { setTimeout as pause } from 'node:timers/promises'

export async function paced(
  words: readonly string[],
  wordsPerSecond: number,
  say: (word: string) => void,
): Promise<void> {
  const began = performance.now()
  for (const [said, word] of words.entries()) {
    const dueInMs = began + ((said + 1) * 1000) / wordsPerSecond - performance.now()
    if (dueInMs > 0) await pause(dueInMs)
    say(word)
  }
}
