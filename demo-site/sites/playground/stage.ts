/**
 * The stage: a page of its own in a frame, under the policy that is handed out below it, with the element as the setting
 * has it. What an upgraded element follows by itself is changed on it; for everything else it is placed anew.
 */
import type { ElementFacts } from './facts.ts'
import type { Setting } from './setting.ts'
import { styleOf } from './snippet.ts'

export interface StagedEvent {
  readonly name: string
  readonly detail: unknown
  readonly isPrevented: boolean
}

const TAG = 'vibethink-twin'
/** Read by the loader before the element is there, beside those that have no property at all. */
const READ_BY_LOADER: ReadonlySet<string> = new Set(['server-url', 'locale', 'theme', 'mode', 'position'])
/** While somebody types, the element is not placed anew for every letter. */
const PATIENCE_MS = 250
/** Read when the element dresses, not by the style sheet alone. */
const READ_WHEN_DRESSED: ReadonlySet<string> = new Set(['--twin-accent'])

export class Stage {
  onEvent: (event: StagedEvent) => void = () => {}
  /** Cancelable events that the page says no to. */
  readonly refused = new Set<string>()
  readonly #frame: HTMLIFrameElement
  readonly #facts: ElementFacts
  #setting: Setting
  #language = { tag: 'en', rightToLeft: false }
  #scheme = ''
  #placing: ReturnType<typeof setTimeout> | undefined
  /** A conversation has begun with the element that stood there. */
  #hasTalked = false
  #outlined: string | undefined
  #host: HTMLElement | undefined
  #sheet: CSSStyleSheet | undefined

  constructor(frame: HTMLIFrameElement, facts: ElementFacts, setting: Setting) {
    this.#frame = frame
    this.#facts = facts
    this.#setting = setting
    frame.addEventListener('load', () => this.#begin())
    if (frame.contentDocument?.readyState === 'complete') this.#begin()
  }

  /** The element that stands there now. */
  get element(): HTMLElement | undefined {
    return this.#host?.isConnected ? this.#host : undefined
  }

  show(setting: Setting): void {
    const before = this.#setting
    this.#setting = setting
    if (!this.#page) return
    this.#dress()
    if (!this.element || this.#placing || this.#needsAnother(before, setting)) {
      clearTimeout(this.#placing)
      this.#placing = setTimeout(() => this.place(), PATIENCE_MS)
      return
    }
    for (const { name } of this.#facts.attributes) {
      const value = setting.attributes.get(name)
      if (value === before.attributes.get(name)) continue
      if (value === undefined) this.element.removeAttribute(name)
      else this.element.setAttribute(name, value)
    }
  }

  /** The language of the page, and which way it is read. */
  speak(tag: string, rightToLeft: boolean): void {
    this.#language = { tag, rightToLeft }
    this.place()
  }

  /** The page's own colours; empty, they follow the reader's system. */
  light(scheme: string): void {
    this.#scheme = scheme
    if (this.#page) this.#page.documentElement.dataset['scheme'] = scheme
  }

  /** The page from the beginning: nothing of it is loaded any more. */
  reload(): void {
    this.#host = undefined
    this.#hasTalked = false
    this.#frame.contentWindow?.location.reload()
  }

  /** Draws a line around a part, or around none. */
  outline(part: string | undefined): void {
    this.#outlined = part
    this.#dress()
  }

  /** How often a part is on the stage at the moment. */
  count(part: string): number {
    return this.element?.shadowRoot?.querySelectorAll(`[part~="${CSS.escape(part)}"]`).length ?? 0
  }

  isIn(state: string): boolean {
    try {
      return this.element?.matches(`:state(${CSS.escape(state)})`) ?? false
    } catch {
      return false // a browser without custom states
    }
  }

  /** Takes the element off and puts another where it stood; what was open is opened again. */
  place(): void {
    clearTimeout(this.#placing)
    this.#placing = undefined
    const page = this.#page
    const place = page?.getElementById('place')
    if (!page || !place) return
    const wasOpen = this.element?.hasAttribute('open') ?? false
    page.documentElement.lang = this.#language.tag
    page.documentElement.dir = this.#language.rightToLeft ? 'rtl' : 'ltr'
    page.documentElement.dataset['scheme'] = this.#scheme
    page.documentElement.dataset['mode'] = this.#setting.attributes.get('mode') ?? ''
    this.#host?.remove()
    const host = page.createElement(TAG)
    for (const [name, value] of this.#setting.attributes) host.setAttribute(name, value)
    for (const [name, words] of this.#setting.slots) {
      const child = page.createElement('span')
      child.slot = name
      child.textContent = words
      host.append(child)
    }
    if (wasOpen) {
      const again = (): unknown =>
        this.#hasTalked ? this.call('resume', []) : this.call('open', [{ byPerson: false }])
      host.addEventListener('twin:ready', again, { once: true })
    }
    this.#host = host
    place.append(host)
  }

  /** Calls a method of the element; before its script is there, it waits in the page's queue, as a page's call would. */
  call(name: string, values: readonly unknown[]): unknown {
    const host = this.element
    if (!host) throw new Error('The element is not on the page: place it again')
    const method: unknown = Reflect.get(host, name)
    if (typeof method === 'function') return Reflect.apply(method, host, values)
    const queue: unknown = this.#frame.contentWindow && Reflect.get(this.#frame.contentWindow, 'VibeThinkTwin')
    const push: unknown = Object(queue).push
    if (typeof push !== 'function') throw new Error('The script has not come yet')
    Reflect.apply(push, queue, [[name, ...values]])
    return QUEUED
  }

  get #page(): Document | undefined {
    const page = this.#frame.contentDocument
    return page?.getElementById('place') ? page : undefined
  }

  #begin(): void {
    const page = this.#page
    if (!page) return
    for (const { name } of this.#facts.events) page.addEventListener(name, (event) => this.#hear(event))
    this.#sheet = undefined
    this.#dress()
    this.place()
  }

  #hear(event: Event): void {
    if (this.refused.has(event.type)) event.preventDefault()
    if (event.type === 'twin:connection-change') this.#hasTalked = true
    const detail: unknown = Reflect.get(event, 'detail')
    this.onEvent({ name: event.type, detail, isPrevented: event.defaultPrevented })
  }

  #needsAnother(before: Setting, after: Setting): boolean {
    if (text(before.slots) !== text(after.slots)) return true
    const isLive = typeof Reflect.get(this.element ?? {}, 'send') === 'function'
    const differs = (chapter: 'attributes' | 'tokens', name: string): boolean =>
      before[chapter].get(name) !== after[chapter].get(name)
    return (
      [...READ_WHEN_DRESSED].some((name) => differs('tokens', name)) ||
      this.#facts.attributes.some(
        ({ name, property }) => differs('attributes', name) && (!isLive || !property || READ_BY_LOADER.has(name)),
      )
    )
  }

  /** A sheet of the page's own: made by script, so that its policy has nothing to allow. */
  #dress(): void {
    const page = this.#page
    const Sheet = page?.defaultView?.CSSStyleSheet
    if (!page || !Sheet) return
    if (!this.#sheet) {
      this.#sheet = new Sheet()
      page.adoptedStyleSheets.push(this.#sheet)
    }
    const outline = this.#outlined
      ? `${TAG}::part(${this.#outlined}) { outline: 2px solid #e5007d !important; outline-offset: -1px !important; box-shadow: inset 0 0 0 99px #e5007d24 !important }`
      : ''
    this.#sheet.replaceSync(`${styleOf(this.#setting)}\n${outline}`)
  }
}

/** What a call answers that waits for the script. */
export const QUEUED = Symbol('queued')

const text = (values: ReadonlyMap<string, string>): string => JSON.stringify([...values])
