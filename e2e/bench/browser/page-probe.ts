/**
 * Looks at a page from inside, the same way whatever widget stands in it: what is painted and when, what moved,
 * which frames came. Put in before the page's own scripts; believes geometry, never a widget's events.
 */

/** CSS selectors, each looked for inside the shadow root of what the one before it found. */
export type Path = readonly string[]

export interface PageProbe {
  /** Milliseconds from navigation until the element had been painted: it has a size, is in the window and not hidden. */
  painted(path: Path): Promise<number>
  /** The same, and it is an enabled field that takes the focus. */
  usable(path: Path): Promise<number>
  /**
   * From now on until the newest element was painted in view with `words` in it and the field is usable; and until
   * `count` of them were there beside that.
   */
  listed(items: Path, count: number, words: string, field: Path): Promise<{ newest: number; all: number }>
  /** Once the page's own script has defined a function of this name. */
  called(name: string): Promise<number>
  /** Where a person would press it. */
  middle(path: Path): readonly [x: number, y: number]
  /** What is written in a field. */
  written(field: Path): string
  /** When a person last pressed, from navigation. */
  pressedAt(): number
  /** Text of an element and of the shadow roots below it. */
  text(path: Path): string
  /** Layout shift so far that no act of a person explains. */
  shift(): number
  /** Counts frames until the function returned is called: their times, in milliseconds. */
  frames(): () => readonly number[]
}

declare global {
  interface Window {
    twinBench: PageProbe
    /** A page's own, where a conversation is recalled. */
    ready: () => unknown
    show: () => void
  }
}

/** Runs in the page: it may use nothing from outside itself. */
export function installPageProbe(): void {
  let pressed = 0
  let shifted = 0
  addEventListener('pointerdown', ({ timeStamp }) => (pressed = timeStamp), { capture: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (Reflect.get(entry, 'hadRecentInput') !== true) shifted += Number(Reflect.get(entry, 'value'))
    }
  }).observe({ type: 'layout-shift', buffered: true })

  const all = (path: Path): Element[] => {
    let roots: ParentNode[] = [document]
    let found: Element[] = []
    for (const selector of path) {
      found = roots.flatMap((root) => [...root.querySelectorAll(selector)])
      roots = found.flatMap(({ shadowRoot }) => shadowRoot ?? [])
    }
    return found
  }
  const isShown = (element: Element | undefined): element is HTMLElement => {
    if (!(element instanceof HTMLElement || element instanceof SVGElement)) return false
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false
    const { width, height, top, left, bottom, right } = element.getBoundingClientRect()
    return width > 0 && height > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
  }
  const isUsable = (element: Element | undefined): boolean => {
    if (!isShown(element) || element.matches(':disabled, [inert] *') || element.closest('[inert]')) return false
    const focused = (): boolean => {
      const root = element.getRootNode()
      return (root instanceof ShadowRoot || root instanceof Document) && root.activeElement === element
    }
    if (!focused()) element.focus({ preventScroll: true })
    return focused()
  }
  /** After the first frame that was painted with it: looked at behind each paint, when all that a frame brings is in it. */
  const once = (what: string, holds: () => boolean): Promise<number> =>
    new Promise((resolve, reject) => {
      const patience = performance.now() + 30_000
      const { port1, port2 } = new MessageChannel()
      const wait = (): void => void requestAnimationFrame(() => port2.postMessage(null))
      port1.onmessage = () => {
        if (holds()) return resolve(performance.now())
        if (performance.now() > patience) return reject(new Error(`Never seen: ${what}.`))
        wait()
      }
      wait()
    })
  const textOf = (node: Node): string => {
    if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? ''
    if (node instanceof HTMLStyleElement) return ''
    const inner = node instanceof Element && node.shadowRoot ? textOf(node.shadowRoot) : ''
    return inner + [...node.childNodes].map(textOf).join('')
  }

  window.twinBench = {
    painted: (path) => once(`${path.join(' ')} painted`, () => isShown(all(path)[0])),
    usable: (path) => once(`${path.join(' ')} usable`, () => all(path).some(isUsable)),
    listed: async (items, count, words, field) => {
      const isThere = (least: number): boolean => {
        const found = all(items)
        const last = found.at(-1)
        return found.length >= least && isShown(last) && textOf(last).includes(words) && all(field).some(isUsable)
      }
      const [newest, whole] = await Promise.all([
        once(`the newest of ${items.join(' ')}`, () => isThere(1)),
        once(`${count} of ${items.join(' ')}`, () => isThere(count)),
      ])
      return { newest, all: whole }
    },
    called: (name) => once(`${name}()`, () => typeof Reflect.get(window, name) === 'function'),
    middle: (path) => {
      const { x = 0, y = 0, width = 0, height = 0 } = all(path).find(isShown)?.getBoundingClientRect() ?? {}
      return [x + width / 2, y + height / 2]
    },
    written: (field) =>
      all(field)
        .map((one) => ('value' in one ? String(one.value) : one.textContent))
        .join(''),
    pressedAt: () => pressed,
    text: (path) => all(path).map(textOf).join('\n'),
    shift: () => shifted,
    frames: () => {
      const times: number[] = []
      let going = true
      const note = (time: number): void => {
        if (!going) return
        times.push(time)
        requestAnimationFrame(note)
      }
      requestAnimationFrame(note)
      return () => {
        going = false
        return times
      }
    },
  }
}
