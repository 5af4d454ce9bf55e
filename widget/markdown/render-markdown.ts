/** A complete reply at once, by the same way as a streamed one. */
import { MarkdownStream } from './markdown-stream.ts'

/** Replaces what stands below `root` with the rendered text. */
export function renderMarkdown(root: Element | DocumentFragment, text: string): void {
  root.replaceChildren()
  const stream = new MarkdownStream(root)
  stream.write(text)
  stream.end()
}
