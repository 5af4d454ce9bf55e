/** A complete reply at once, by the same way as a streamed one. */
import { MarkdownStream } from './markdown-stream.ts'

/** Replaces what stands below `root` with the rendered text. */
export function renderMarkdown(
  root: Element | DocumentFragment,
  text: string,
  imageHosts: readonly string[] = [],
): void {
  root.replaceChildren()
  const stream = new MarkdownStream(root, imageHosts)
  stream.write(text)
  stream.end()
}
