/**
 * Sets a reply as it comes: gives the Markdown stream of this message what is new in its text, and never builds again
 * what stands. The element renders at most once a frame, so this does too.
 *
 * What reads Markdown is a chunk of its own: it is asked for with the first letter that somebody writes, and so is there
 * before the first word of a reply. Where it cannot be had, words are shown as they were written.
 */
import { noChange } from 'lit'
import { Directive, directive, type ElementPart } from 'lit/directive.js'

type Typesetter = typeof import('./typesetter.ts')
type Setting = [text: string, streaming: boolean, imageHosts: readonly string[]]

let typesetter: Typesetter | undefined
let coming: Promise<boolean> | undefined

/** Brings what sets replies below `root`. True once it is there; false when it cannot be had, and may then be asked again. */
export async function bringTypesetter(root: Node | null): Promise<boolean> {
  const isThere = await (coming ??= import('./typesetter.ts').then(
    ({ MarkdownStream, adoptReplySheet }) => {
      typesetter = { MarkdownStream, adoptReplySheet }
      return true
    },
    () => {
      coming = undefined
      return false
    },
  ))
  if (root) typesetter?.adoptReplySheet(root)
  return isThere
}

class Typeset extends Directive {
  #stream: InstanceType<Typesetter['MarkdownStream']> | undefined
  #written = ''
  #ended = false
  #latest: Setting | undefined

  override render(..._setting: Setting): unknown {
    return noChange
  }

  override update({ element }: ElementPart, setting: Setting): unknown {
    const isAwaited = this.#latest !== undefined && !typesetter
    this.#latest = setting
    if (typesetter) this.#set(element, setting)
    else if (!isAwaited) {
      void bringTypesetter(null).then((isThere) => {
        if (!this.#latest) return
        if (isThere) return this.#set(element, this.#latest)
        element.toggleAttribute('data-plain', true)
        element.textContent = this.#latest[0]
        this.#latest = undefined // the next word asks again
      })
    }
    return noChange
  }

  #set(element: Element, [text, streaming, imageHosts]: Setting): void {
    if (!this.#stream || !text.startsWith(this.#written) || (this.#ended && text !== this.#written)) {
      element.replaceChildren() // first seen, or begun anew by a retry
      element.removeAttribute('data-plain')
      this.#stream = typesetter && new typesetter.MarkdownStream(element, imageHosts)
      this.#written = ''
      this.#ended = false
    }
    if (text.length > this.#written.length) this.#stream?.write(text.slice(this.#written.length))
    this.#written = text
    if (!streaming && !this.#ended) {
      this.#stream?.end()
      this.#ended = true
    }
  }
}

/** `<div ${typeset(text, streaming, imageHosts)}></div>` */
export const typeset = directive(Typeset)
