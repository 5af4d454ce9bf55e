/** All sheets of the panel as one; adopted, so that a page needs no style-src for it, and shared by all twins of a page. */
import { composerStyles } from './composer-styles.ts'
import { logStyles } from './log-styles.ts'
import { panelStyles } from './panel-styles.ts'

let sheet: CSSStyleSheet | undefined

export function elementSheet(): CSSStyleSheet {
  if (sheet) return sheet
  sheet = new CSSStyleSheet()
  sheet.replaceSync(panelStyles + logStyles + composerStyles)
  return sheet
}
