/** Collects the stamps of one reply as its text arrives, in pieces that respect no word. */
import { now, readStamp } from './stamp.ts'

export class HeardReply {
  readonly askedAt = now()
  /** Milliseconds from leaving the upstream to arriving here, token by token. */
  readonly relayMs: number[] = []
  /** Time to the first token, less what the upstream itself took. */
  firstTokenOverheadMs: number | undefined
  #rest = ''

  hear(text: string): void {
    const arrived = now()
    const words = (this.#rest + text).split(' ')
    this.#rest = words.pop() ?? ''
    for (const word of words) this.#take(word, arrived)
  }

  /** What was still waiting for a space when the reply ended. */
  end(): void {
    if (this.#rest !== '') this.#take(this.#rest, now())
    this.#rest = ''
  }

  #take(word: string, arrived: number): void {
    const [first = '', second] = word.split('~')
    const left = readStamp(second ?? first)
    if (Number.isNaN(left)) return
    this.relayMs.push(arrived - left)
    if (second !== undefined) this.firstTokenOverheadMs = arrived - this.askedAt - (left - readStamp(first))
  }
}
