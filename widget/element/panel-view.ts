/** The panel from its header to its disclosure. Knows the state, not how it came about. */
import { html, nothing, type TemplateResult } from 'lit'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import type { ConversationState } from '../session/conversation-state.ts'
import type { Announcement } from './announcement.ts'
import { composerView } from './composer-view.ts'
import { headerView } from './header-view.ts'
import { icons } from './icons.ts'
import { logView } from './log-view.ts'
import type { PeopleLook } from './people-port.ts'
import type { PanelActs } from './panel-acts.ts'
import type { Speech } from './speech.ts'
import { endView, statusView } from './status-view.ts'
import type { Tools } from './tools-port.ts'

export interface Panel extends PanelActs {
  readonly speech: Speech
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
  /** Messages that have come since the reader left the newest line. */
  readonly unseen: number
  readonly draft: string
  readonly round: number
  readonly tools: Tools | undefined
  readonly people: PeopleLook | undefined
  /** What is asked before anything is stored or sent, while it is. */
  readonly question: TemplateResult | undefined
  /** What a screen reader is told. */
  readonly told: Announcement
}

export function panelView(panel: Panel): TemplateResult {
  const { config, speech, bubble, opened, running, thinking, atEnd, unseen, tools, question } = panel
  const { say } = speech
  const { name } = config.twin
  const sheet = tools?.sheet() ?? nothing
  const listed = sheet !== nothing
  const views = { ...panel, say, name }
  return html`<section
    class="panel"
    part="panel"
    role=${bubble ? 'dialog' : 'region'}
    aria-label=${say('ai_twin_of', { name })}
    lang=${speech.locale}
    dir=${speech.dir}
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
      say,
      config,
      face: panel.face,
      busy: thinking,
      listed,
      onMore: panel.disabled ? undefined : panel.onMore,
      onClose: bubble ? panel.onClose : undefined,
    })}
    <div class="middle">
      <div
        class="log"
        part="log"
        role="log"
        aria-live="off"
        aria-label=${say('conversation')}
        aria-busy=${running ? 'true' : 'false'}
        tabindex="0"
        ?inert=${listed}
      >
        ${logView(panel)}
      </div>
      ${
        atEnd || listed
          ? nothing
          : html`<button class="latest" type="button" part="jump-button" @click=${panel.onLatest}>
              ${icons.down} ${unseen ? say('latest_new', { n: unseen }) : say('latest')}
            </button>`
      }
      ${sheet}
    </div>
    <div class="footer" part="footer">
      ${endView(views) ?? question ?? html`${panel.people?.status(panel.conversation)}${statusView(views)}${composerView(views)}`}
    </div>
    <p class="disclosure" part="disclosure" dir="auto">${config.disclosure}</p>
    <p class="unseen" role="status" aria-live="polite">${panel.told.spoken}</p>
    <p class="unseen" role="alert">${panel.told.alarm}</p>
  </section>`
}

/** What is typed here is nobody else's shortcut. */
function keepInside(event: Event): void {
  event.stopPropagation()
}
