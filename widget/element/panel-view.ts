/** The panel from its header to its disclosure. Knows the state, not how it came about. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ConversationState } from '../session/conversation-state.ts'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import type { Announcement } from './announcement.ts'
import { composerView } from './composer-view.ts'
import { headerView } from './header-view.ts'
import { icons } from './icons.ts'
import { logView } from './log-view.ts'
import type { PanelActs } from './panel-acts.ts'
import { endView, statusView } from './status-view.ts'

export interface Panel extends PanelActs {
  readonly config: TwinConfig
  readonly conversation: ConversationState
  readonly face: HTMLElement
  readonly position: string
  readonly bubble: boolean
  readonly opened: boolean
  readonly running: boolean
  readonly thinking: boolean
  readonly disabled: boolean
  readonly atEnd: boolean
  readonly draft: string
  /** What a screen reader is told. */
  readonly told: Announcement
}

export function panelView(panel: Panel): TemplateResult {
  const { config, conversation, bubble, opened, running, thinking, atEnd } = panel
  const { name } = config.twin
  const end = endView(panel)
  return html`<section
    class="panel"
    part="panel"
    role=${bubble ? 'dialog' : 'region'}
    aria-label=${`AI twin of ${name}`}
    tabindex="-1"
    data-position=${panel.position}
    data-density=${config.theme.density}
    ?inert=${!opened}
    @keydown=${panel.onKey}
    @keyup=${keepInside}
    @keypress=${keepInside}
    @focusin=${panel.onAct}
    @pointerdown=${panel.onAct}
  >
    ${headerView({
      config,
      face: panel.face,
      busy: thinking,
      onAnew: conversation.messages.length > 0 ? panel.onAnew : undefined,
      onClose: bubble ? panel.onClose : undefined,
    })}
    <div class="middle">
      <div
        class="log"
        part="log"
        role="log"
        aria-live="off"
        aria-label="Conversation"
        aria-busy=${running ? 'true' : 'false'}
        tabindex="0"
      >
        ${logView(panel)}
      </div>
      ${
        atEnd
          ? nothing
          : html`<button class="latest" type="button" part="jump-button" @click=${panel.onLatest}>
              ${icons.down} Latest
            </button>`
      }
    </div>
    <div class="footer" part="footer">
      ${end ?? html`${statusView(panel)}${composerView({ ...panel, name })}`}
      <p class="disclosure" part="disclosure" dir="auto">${config.disclosure}</p>
    </div>
    <p class="unseen" role="status" aria-live="polite">${panel.told.spoken}</p>
    <p class="unseen" role="alert">${panel.told.alarm}</p>
  </section>`
}

/** What is typed here is nobody else's shortcut. */
function keepInside(event: Event): void {
  event.stopPropagation()
}
