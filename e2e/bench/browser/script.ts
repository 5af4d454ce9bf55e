/** What every backend says when it is asked. */
export interface Script {
  words: readonly string[]
  wordsPerSecond: number
}
