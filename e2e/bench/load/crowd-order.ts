/** What a crowd is told and what it answers, over the channel between parent and child. */

/** Whose rooms: ours, or the barest there can be. */
export type Kind = 'twin' | 'bare'

/**
 * `look`: a page of the history, read from the room's SQLite; `say`: a message, answered once it is durable. The bare room
 * says back a frame of the same form.
 */
export type EchoKind = 'look' | 'say'

export type CrowdOrder =
  /** So many lines into each of so many new rooms, each of which is spoken in once. */
  | { readonly do: 'open'; readonly rooms: number; readonly linesARoom: number }
  /**
   * So many echoes a second, for so long, each by a line of chance; none waits for another. Beside them so many rooms a
   * second are looked into, one after the other and untimed, so that they stay awake.
   */
  | {
      readonly do: 'echo'
      readonly what: EchoKind
      readonly perSecond: number
      readonly seconds: number
      readonly rousing: number
    }
  /** One look in each room, one after the other. */
  | { readonly do: 'wake' }
  | { readonly do: 'close' }

export interface CrowdSettings {
  readonly kind: Kind
  readonly port: number
}

export const CROWD_VARIABLE = 'TWIN_BENCH_CROWD'

export function parseCrowdSettings(json: string | undefined): CrowdSettings {
  const value: unknown = JSON.parse(json ?? 'null')
  const [kind, port] = [member(value, 'kind'), member(value, 'port')]
  if ((kind !== 'twin' && kind !== 'bare') || typeof port !== 'number') {
    throw new Error(`${CROWD_VARIABLE} does not hold the crowd's settings as JSON.`)
  }
  return { kind, port }
}

export function parseCrowdOrder(value: unknown): CrowdOrder {
  const [kind, rooms, linesARoom] = [member(value, 'do'), member(value, 'rooms'), member(value, 'linesARoom')]
  const [what, perSecond, seconds] = [member(value, 'what'), member(value, 'perSecond'), member(value, 'seconds')]
  const rousing = member(value, 'rousing')
  if (kind === 'wake' || kind === 'close') return { do: kind }
  if (kind === 'open' && typeof rooms === 'number' && typeof linesARoom === 'number') {
    return { do: kind, rooms, linesARoom }
  }
  const isEcho = kind === 'echo' && (what === 'look' || what === 'say')
  if (isEcho && typeof perSecond === 'number' && typeof seconds === 'number' && typeof rousing === 'number') {
    return { do: kind, what, perSecond, seconds, rousing }
  }
  throw new Error('The crowd was given an order it does not know.')
}

/** Milliseconds of each echo, or what an order that times nothing answers: nothing. */
export function parseCrowdAnswer(value: unknown): readonly number[] {
  const failure = member(value, 'failure')
  if (failure !== undefined) throw new Error(String(failure))
  const echoes = member(value, 'echoes')
  return Array.isArray(echoes) ? echoes.filter((ms) => typeof ms === 'number') : []
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
