/** How long a model may be silent, and the one signal that ends a call of it. Knows no model. */

export interface Watchdog {
  /** Aborted when the caller aborts, when the model is late, and at the end: the upstream never outlives the turn. */
  readonly signal: AbortSignal
  /** A word came; the next may take so long, or a quarter longer. */
  alive(patienceMs: number): void
  isLate(): boolean
  end(): void
}

/** Looks at the silence four times before it calls it one: to read a clock a token would cost more than its parsing. */
const LOOKS = 4

/** A watchdog for one call. */
export function watchdog(outer: AbortSignal, firstPatienceMs: number): Watchdog {
  const inner = new AbortController()
  let patienceMs = firstPatienceMs
  let silentLooks = 0
  let late = false
  let timer = setTimeout(look, patienceMs / LOOKS)
  const onAbort = (): void => inner.abort()
  outer.addEventListener('abort', onAbort, { once: true })

  function look(): void {
    silentLooks += 1
    if (silentLooks < LOOKS) timer = setTimeout(look, patienceMs / LOOKS)
    else {
      late = true
      inner.abort()
    }
  }

  return {
    signal: inner.signal,
    alive(nextPatienceMs) {
      silentLooks = -1 // a quarter that has begun already does not count
      if (nextPatienceMs === patienceMs) return
      patienceMs = nextPatienceMs
      silentLooks = 0
      clearTimeout(timer)
      timer = setTimeout(look, patienceMs / LOOKS)
    },
    isLate: () => late,
    end() {
      clearTimeout(timer)
      outer.removeEventListener('abort', onAbort)
      inner.abort()
    },
  }
}
