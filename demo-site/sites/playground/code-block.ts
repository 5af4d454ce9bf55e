/** Code to copy: set with a little colour, and a button that says whether it worked. */
import { make } from './make.ts'

/** Tags and selectors, names, values, and all that is between them. */
const PIECES = /(<\/?[\w-]+|[\w-]+(?:::part\([\w-]+\))? \{)|("[^"]*")|([\w-]+(?==)|--[\w-]+(?=:))/g

export class CodeBlock {
  readonly element: HTMLElement
  readonly #code = make('code')
  /** What is copied, where it is not what is read: a header is one line. */
  copied: string | undefined
  #text = ''

  /** `name` is what is copied, in words. */
  constructor(name: string) {
    const button = make('button', {
      class: 'copy',
      text: 'Copy',
      attributes: { type: 'button', 'aria-label': `Copy ${name}` },
    })
    const said = make('span', { class: 'unseen', attributes: { role: 'status' } })
    let resting: ReturnType<typeof setTimeout> | undefined
    const say = (words: string): void => {
      button.textContent = words
      said.textContent = words
      clearTimeout(resting)
      resting = setTimeout(() => (button.textContent = 'Copy'), 2_000)
    }
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(this.copied ?? this.#text).then(
        () => say('Copied'),
        () => {
          getSelection()?.selectAllChildren(this.#code)
          say('Press Ctrl+C')
        },
      )
    })
    const code = make('pre', { attributes: { tabindex: '0', role: 'region', 'aria-label': name } }, this.#code)
    this.element = make('div', { class: 'block' }, code, button, said)
  }

  get text(): string {
    return this.#text
  }

  set text(text: string) {
    if (text === this.#text) return
    this.#text = text
    this.#code.replaceChildren()
    let from = 0
    for (const found of text.matchAll(PIECES)) {
      const [whole, tag, value] = found
      this.#code.append(
        text.slice(from, found.index),
        make('span', { class: tag ? 'tag' : value ? 'value' : 'key', text: whole }),
      )
      from = found.index + whole.length
    }
    this.#code.append(text.slice(from))
  }
}
