/** All that sets messages, as one chunk: what reads Markdown, how the twin's words look, and the times beside them. */
import { replyStyles } from './reply-styles.ts'
import { seenTimes } from './seen-times.ts'

export { MarkdownStream } from '../markdown/markdown-stream.ts'

let sheet: CSSStyleSheet | undefined
const watched = new WeakMap<Node, () => void>()

/** Gives a root the look of replies, once, and its messages their times, whenever there may be others. */
export function adoptReplySheet(root: Node): void {
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(replyStyles)
  }
  if (!(root instanceof ShadowRoot)) return
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet)
  const changed = watched.get(root) ?? seenTimes(root)
  watched.set(root, changed)
  changed()
}
