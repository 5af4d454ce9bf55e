/** What the element tells its page, as it tells it: newest first, and how often each has come. */
import { make } from './make.ts'
import type { StagedEvent } from './stage.ts'

const KEPT = 200

export class EventLog {
  readonly #list: HTMLElement
  readonly #counts = new Map<string, HTMLElement>()

  constructor(list: HTMLElement) {
    this.#list = list
  }

  /** Shows a counter for an event. */
  counter(name: string): HTMLElement {
    const output = make('output', { class: 'count', text: '0', attributes: { 'aria-label': `How often ${name} came` } })
    this.#counts.set(name, output)
    return output
  }

  add({ name, detail, isPrevented }: StagedEvent): void {
    const counter = this.#counts.get(name)
    if (counter) counter.textContent = String(Number(counter.textContent) + 1)
    counter?.classList.add('heard')
    this.note(name, detail === null ? '' : JSON.stringify(detail), isPrevented ? 'prevented' : '')
  }

  /** A line that is no event, such as a call and its answer. */
  note(name: string, words: string, mark = ''): void {
    const time = make('time', { text: new Date().toLocaleTimeString('en-GB') })
    const line = make('li', {}, time, make('b', { text: name }), make('code', { text: words }))
    if (mark) line.append(make('em', { text: mark }))
    this.#list.prepend(line)
    this.#list.parentElement?.scrollTo({ top: 0 })
    while (this.#list.children.length > KEPT) this.#list.lastElementChild?.remove()
  }

  clear(): void {
    this.#list.replaceChildren()
    for (const counter of this.#counts.values()) {
      counter.textContent = '0'
      counter.classList.remove('heard')
    }
  }
}
