/** All that sets replies, as one chunk: what reads Markdown, and how the twin's words look. */
import { replyStyles } from './reply-styles.ts'

export { MarkdownStream } from '../markdown/markdown-stream.ts'

let sheet: CSSStyleSheet | undefined

/** Gives a root the look of replies, once. */
export function adoptReplySheet(root: Node): void {
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(replyStyles)
  }
  if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet)
}
