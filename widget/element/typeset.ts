/**
 * Sets a reply as it comes: gives the Markdown stream of this message what is new in its text, and never builds again
 * what stands. The element renders at most once a frame, so this does too.
 */
import { noChange } from 'lit'
import { Directive, directive, type ElementPart } from 'lit/directive.js'
import { MarkdownStream } from '../markdown/markdown-stream.ts'

class Typeset extends Directive {
  #stream: MarkdownStream | undefined
  #written = ''
  #ended = false

  override render(_text: string, _streaming: boolean, _imageHosts: readonly string[]): unknown {
    return noChange
  }

  override update(
    { element }: ElementPart,
    [text, streaming, imageHosts]: [string, boolean, readonly string[]],
  ): unknown {
    if (!this.#stream || !text.startsWith(this.#written) || (this.#ended && text !== this.#written)) {
      element.replaceChildren() // first seen, or begun anew by a retry
      if (!(element instanceof HTMLElement)) return noChange
      this.#stream = new MarkdownStream(element, imageHosts)
      this.#written = ''
      this.#ended = false
    }
    if (text.length > this.#written.length) this.#stream.write(text.slice(this.#written.length))
    this.#written = text
    if (!streaming && !this.#ended) {
      this.#stream.end()
      this.#ended = true
    }
    return noChange
  }
}

/** `<div ${typeset(text, streaming, imageHosts)}></div>` */
export const typeset = directive(Typeset)
