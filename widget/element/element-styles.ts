/** All sheets of the panel as one; adopted, so that a page needs no style-src for it. */
import { unsafeCSS, type CSSResult } from 'lit'
import { composerStyles } from './composer-styles.ts'
import { logStyles } from './log-styles.ts'
import { panelStyles } from './panel-styles.ts'
import { replyStyles } from './reply-styles.ts'

export const elementStyles: CSSResult = unsafeCSS(panelStyles + logStyles + replyStyles + composerStyles)
