/**
 * The times beside messages. Each is seen only beside what somebody points at, and what writes them takes a phone a tenth of
 * a second to make: so one is written when it is looked for, and all of them once nothing has happened for a moment, for
 * whoever has the page read out. Knows no conversation; what stands in the log is enough.
 */

/** No reply has grown for so long, and nobody has written. */
const QUIET_MS = 500
/** A frame has room for it. */
const SLICE_MS = 8

/** Watches a root; the function returned says that something has changed there. */
export function seenTimes(root: ShadowRoot): () => void {
  const written = new WeakMap<HTMLTimeElement, string>()
  let clock: Intl.DateTimeFormat | undefined
  let spoken: string | undefined
  let quiet: ReturnType<typeof setTimeout> | undefined

  /** True when there was something to write. */
  function write(time: HTMLTimeElement): boolean {
    const locale = time.closest<HTMLElement>('[lang]')?.lang
    const facts = `${locale} ${time.dateTime}`
    if (written.get(time) === facts) return false
    written.set(time, facts)
    if (!clock || locale !== spoken) clock = new Intl.DateTimeFormat((spoken = locale), { timeStyle: 'short' })
    const at = new Date(time.dateTime)
    time.textContent = Number.isNaN(at.getTime()) ? '' : clock.format(at)
    return true
  }

  const timesIn = (place: ParentNode): HTMLTimeElement[] => [...place.querySelectorAll<HTMLTimeElement>('.meta time')]

  /** The newest first. */
  function writeSome(): void {
    const until = performance.now() + SLICE_MS
    for (const time of timesIn(root).reverse()) {
      if (write(time) && performance.now() > until) return void (quiet = setTimeout(writeSome))
    }
  }

  const look = ({ target }: Event): void => {
    const message = target instanceof Element && target.closest('.message')
    if (message) timesIn(message).forEach(write)
  }
  for (const sign of ['pointerover', 'pointerdown', 'focusin']) root.addEventListener(sign, look)
  root.addEventListener('beforeprint', () => timesIn(root).forEach(write))

  return () => {
    clearTimeout(quiet)
    quiet = setTimeout(writeSome, QUIET_MS)
  }
}
