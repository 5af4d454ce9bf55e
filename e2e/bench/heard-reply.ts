/** One reply as it arrives here, token by token (a token is a word and the space after it), against when each left. */
import { randomUUID } from 'node:crypto'
import { machineNow } from './machine-now.ts'

export interface ReplyDelays {
  /** From asking to the first token here, less what the upstream took from being asked to sending it. */
  readonly firstTokenOverheadMs: number
  /** From leaving the upstream to arriving here. */
  readonly relayMs: readonly number[]
}

export class HeardReply {
  /** Stands in the question, so that the upstream's record can be found. */
  readonly name = `bench-${randomUUID()}`
  readonly #arrived: number[] = []
  #askedAt = 0
  #open = false

  get begun(): boolean {
    return this.#arrived.length > 0
  }

  asked(): void {
    this.#askedAt = machineNow()
  }

  /** Pieces respect no word: a token has come with the space that ends it. */
  hear(text: string): void {
    const now = machineNow()
    for (const character of text) {
      if (character === ' ') this.#arrived.push(now)
      this.#open = character !== ' '
    }
  }

  /** A last word may come without its space. */
  end(): void {
    if (this.#open) this.#arrived.push(machineNow())
  }

  /** Asks the upstream when each token left. */
  async delays(upstreamUrl: string): Promise<ReplyDelays> {
    const response = await fetch(new URL(`/times/${this.name}`, upstreamUrl))
    const times: unknown = await response.json()
    if (typeof times !== 'object' || times === null) throw new Error('The upstream was never asked.')
    const came: unknown = Reflect.get(times, 'came')
    const left: unknown = Reflect.get(times, 'left')
    if (typeof came !== 'number' || !Array.isArray(left)) throw new Error('The upstream kept no times.')
    const relayMs = this.#arrived.map((arrived, token) => arrived - Number(left[token]))
    const first = this.#arrived[0] ?? Number.NaN
    return { firstTokenOverheadMs: first - this.#askedAt - (Number(left[0]) - came), relayMs }
  }
}
