/** Makes an element of the page; text goes in as text. */

interface Made {
  readonly class?: string
  readonly text?: string
  readonly attributes?: Readonly<Record<string, string>>
}

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { class: names, text, attributes = {} }: Made = {},
  ...inside: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  if (names) element.className = names
  if (text !== undefined) element.textContent = text
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...inside)
  return element
}

/** A description of the manifest: what stands in backticks there is code. */
export function prose(words: string): DocumentFragment {
  const fragment = document.createDocumentFragment()
  for (const [index, piece] of words.split('`').entries()) {
    fragment.append(index % 2 === 1 ? make('code', { text: piece }) : piece)
  }
  return fragment
}
