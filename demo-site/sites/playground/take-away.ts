/** What one takes home: the snippet in both its forms, pinned or not, and the policy lines it needs. */
import { CodeBlock } from './code-block.ts'
import type { Facts } from './facts.ts'
import type { Setting } from './setting.ts'
import { snippet, type SnippetForm } from './snippet.ts'

export class TakeAway {
  readonly #facts: Facts
  readonly #code = new CodeBlock('the snippet')
  readonly #form: HTMLFormElement
  readonly #hint: HTMLElement
  #setting: Setting

  constructor(
    facts: Facts,
    setting: Setting,
    form: HTMLFormElement,
    places: { readonly code: HTMLElement; readonly policy: HTMLElement; readonly hint: HTMLElement },
  ) {
    this.#facts = facts
    this.#setting = setting
    this.#form = form
    this.#hint = places.hint
    places.code.append(this.#code.element)
    const policy = new CodeBlock('the policy')
    policy.text = `Content-Security-Policy:\n  ${facts.csp.join(';\n  ')}`
    policy.copied = `Content-Security-Policy: ${facts.csp.join('; ')}`
    places.policy.append(policy.element)
    const pinned = form.elements.namedItem('pinned')
    if (pinned instanceof HTMLInputElement) pinned.disabled = facts.pinned === null
    form.addEventListener('change', () => this.show(this.#setting))
    this.show(setting)
  }

  show(setting: Setting): void {
    this.#setting = setting
    const wished = new FormData(this.#form)
    const form: SnippetForm = wished.get('form') === 'element' ? 'element' : 'script'
    const pinned = wished.get('pinned') === 'on' && this.#facts.pinned
    this.#code.text = snippet({
      setting,
      attributes: this.#facts.element.attributes,
      cdn: this.#facts.cdn,
      form,
      pinned: pinned || undefined,
    })
    const mode = setting.attributes.get('mode')
    this.#hint.textContent =
      form === 'script' && setting.slots.size > 0
        ? 'What stands in a slot needs the element: choose “Element”.'
        : form === 'script' && (mode === 'inline' || mode === 'page')
          ? 'A twin inside the page wants its place in it: choose “Element”.'
          : setting.tokens.size + setting.parts.size > 0
            ? 'Under a strict policy the style rules belong in a sheet of yours.'
            : ''
  }
}
