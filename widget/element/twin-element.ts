/**
 * The element. Renders one immutable state and passes a person's acts on; it decides nothing about a conversation.
 * Registers nothing: `vibethink-twin.ts` and `ai-twin.ts` do, under the two names it has.
 */
import { LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import type { Position, Scheme } from '../../schema/wire/embed.ts'
import { MAX_MESSAGE_CHARS } from '../../schema/wire/limits.ts'
import { drawFace } from '../launcher/draw-face.ts'
import { rememberOpen } from '../launcher/open-memory.ts'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import { portraitUrl } from '../launcher/portrait-url.ts'
import type { ConversationState } from '../session/conversation-state.ts'
import { openTwinSession } from '../session/open-twin-session.ts'
import type { TwinSession, TwinSessionOptions } from '../session/twin-session.ts'
import { tokenSheet } from '../theme/token-sheet.ts'
import { announcement, type Announcement } from './announcement.ts'
import { ConversationKeeper } from './conversation-keeper.ts'
import { elementStyles } from './element-styles.ts'
import { elementTokens } from './element-tokens.ts'
import { emit } from './emit.ts'
import { happenings } from './happenings.ts'
import { isSendKey } from './is-send-key.ts'
import { KeyboardRoom } from './keyboard-room.ts'
import type { PanelActs } from './panel-acts.ts'
import { hidePanel, showPanel } from './panel-stage.ts'
import { panelView } from './panel-view.ts'
import { progressOf } from './progress-of.ts'
import { ScrollKeeper } from './scroll-keeper.ts'

/** Served by the Worker it talks to, unless `server-url` names another. */
const servedFrom = new URL(import.meta.url).origin

/**
 * The digital twin of a person, on any page: a launcher that becomes a panel, or a page of its own.
 *
 * @attr {string} deployment-id - Which deployment lives here; read by the loader.
 * @attr {string} server-url - Origin of the Worker; by default the one that served this script.
 * @attr {string} theme - `light`, `dark` or `auto`; stands above the deployment's scheme.
 * @attr {string} position - `bottom-right`, `bottom-left`, `top-right` or `top-left`; stands above the deployment's position.
 * @attr {string} mode - `bubble`: a launcher that becomes a panel; `inline` or `page`: as large as its container.
 * @attr {boolean} disabled - Keeps the composer closed, for instance until the page has consent.
 * @attr {string} refused - Set by the loader when the twin does not show itself here: the reason's code, as in `problem+json`.
 *
 * @event {CustomEvent<null>} twin:ready - The launcher or the page stands.
 * @event {CustomEvent<null>} twin:open - The panel was opened.
 * @event {CustomEvent<null>} twin:close - The panel was closed.
 * @event {CustomEvent<{messageId: string}>} twin:message-sent - The visitor sent a message.
 * @event {CustomEvent<{turnId?: string, messageId: string}>} twin:response-start - A reply began.
 * @event {CustomEvent<{turnId?: string, messageId: string, outcome?: string, reason?: string}>} twin:response-end - A reply ended.
 * @event {CustomEvent<{line: string}>} twin:connection-change - The line to the room changed.
 * @event {CustomEvent<{unread: number}>} twin:unread-change - Replies that ended while the panel was closed.
 * @event {CustomEvent<null>} twin:new-conversation - The visitor began a new conversation.
 * @event {CustomEvent<{code: string, origin: string}>} twin:error - Something was refused; codes as in `problem+json`.
 *
 * @csspart launcher - The button with the portrait.
 * @csspart pill - The line beside it.
 * @csspart panel - The whole panel.
 * @csspart header - Portrait, name and close.
 * @csspart close-button - Closes the panel.
 * @csspart campaign-label - Who pays, in a campaign.
 * @csspart log - The scrolling list of messages.
 * @csspart greeting - The twin's first words.
 * @csspart question - A suggested question.
 * @csspart message - A message of either side.
 * @csspart bubble - The visitor's words.
 * @csspart reply - The twin's words.
 * @csspart sources - What a reply drew on.
 * @csspart retry-button - Asks again for a reply.
 * @csspart thinking - Stands where the reply will begin.
 * @csspart jump-button - Back to the newest line.
 * @csspart notice - A state of the line, a refusal or the end of a conversation.
 * @csspart footer - Composer and disclosure.
 * @csspart composer - Where one writes.
 * @csspart input - The text field.
 * @csspart send-button - Sends, or stops a reply.
 * @csspart disclosure - The words that say this is an AI.
 *
 * @cssprop --twin-accent - `#rrggbb`; stands above the deployment's accent, and is corrected for contrast like it.
 * @cssprop [--twin-font-family=inherit] - The font; the page's by default.
 * @cssprop [--twin-offset=24px] - Distance from the edges of the window.
 * @cssprop [--twin-z-index=2147483000] - Where it stands above the page.
 * @cssprop [--twin-width=400px] - Width of the panel on a desktop.
 * @cssprop [--twin-height=680px] - Greatest height of the panel on a desktop.
 */
export class TwinElement extends LitElement {
  static override styles = elementStyles
  static override properties: PropertyDeclarations = {
    serverUrl: { attribute: 'server-url' },
    theme: {},
    position: {},
    mode: { reflect: true, useDefault: true },
    opened: { attribute: 'open', type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
    config: { attribute: false },
    openSession: { attribute: false },
    draft: { state: true },
    shown: { state: true },
    told: { state: true },
  }

  serverUrl = ''
  theme: Scheme | undefined
  position: Position | undefined
  mode: 'bubble' | 'inline' | 'page' = 'bubble'
  /** The panel is shown. (`open` is the attribute, and the method that opens.) */
  opened = false
  disabled = false
  /** The public look and words; comes from the loader, or from the page that holds them. */
  config: TwinConfig | undefined
  /** Makes the session; another may be given before the first act. */
  openSession: (options: TwinSessionOptions) => TwinSession = openTwinSession

  private draft = ''
  private shown = false
  private told: Announcement = {}

  readonly #talk = new ConversationKeeper(this, {
    openSession: () => this.openSession({ serverUrl: this.#server, deploymentId: this.#id }),
    onChange: (before, after) => this.#tell(before, after),
  })
  readonly #scroll = new ScrollKeeper(this, () => this.#acts.onOlder())
  readonly #dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)')
  #face: HTMLElement | undefined
  #tokens: CSSStyleSheet | undefined
  /** What the panel shows itself as; `opened` is what it shall. */
  #isOut = false
  #byPerson = false
  #unread = 0

  constructor() {
    super()
    new KeyboardRoom(this, () => this.#panel)
  }

  /** Shows the panel. `byPerson`: somebody asked for it, so the conversation begins and the focus goes there. */
  async open({ byPerson = navigator.userActivation?.hasBeenActive ?? true } = {}): Promise<void> {
    if (!this.config || this.opened || !this.#isBubble) return
    this.#byPerson = byPerson
    this.opened = true
    if (byPerson) this.#act()
    await this.updateComplete
  }

  /** Shows again what a person had open before a reload: without movement, and without taking the focus. */
  async resume(): Promise<void> {
    this.opened = this.#isBubble
    this.#act()
    await this.updateComplete
  }

  /** Hides the panel; a running reply goes on. */
  async close({ byPerson = this.shadowRoot?.activeElement?.closest('.panel') != null } = {}): Promise<void> {
    this.#byPerson = byPerson
    this.opened = false
    if (this.config) rememberOpen(this.#id, false)
    await this.updateComplete
  }

  /** Opens what is closed and closes what is open. */
  async toggle(): Promise<void> {
    await (this.opened ? this.close() : this.open())
  }

  /** Sends a message for the visitor and answers with its id. */
  async send(text: string): Promise<string> {
    const messageId = this.#say(text)
    if (!messageId) throw new Error('This twin takes no messages now')
    await this.updateComplete
    return messageId
  }

  /** Ends the running reply, also before its first word. */
  async stop(): Promise<void> {
    this.#act()?.stop()
  }

  /** Begins the visitor's next conversation; the present one is kept. */
  async newConversation(): Promise<void> {
    this.#acts.onAnew()
    await this.updateComplete
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#dark?.addEventListener('change', this.#dress)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#dark?.removeEventListener('change', this.#dress)
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    // The loader has drawn the launcher already: it and its sheets stay, and what we render stands before it.
    const drawn = [...(this.shadowRoot?.adoptedStyleSheets ?? [])]
    const root = super.createRenderRoot()
    const { shadowRoot } = this
    if (shadowRoot) shadowRoot.adoptedStyleSheets = [...drawn, ...shadowRoot.adoptedStyleSheets]
    // (Without a last node of its own, Lit takes whatever comes after it for its own, and clears it away.)
    this.renderOptions.renderBefore ??= root.firstChild ?? root.appendChild(new Comment())
    return root
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('config')
    if (before && before.deploymentId !== this.config?.deploymentId) this.#leave()
    if (this.opened || !this.#isBubble) this.shown = true
  }

  protected override render(): TemplateResult | typeof nothing {
    const { config } = this
    if (!config || !this.shown) return nothing
    const conversation = this.#talk.shown
    return panelView({
      ...this.#acts,
      ...progressOf(conversation),
      config,
      conversation,
      face: (this.#face ??= drawFace(config.twin.name, portraitUrl(config, this.#server))),
      position: this.position ?? config.theme.position,
      bubble: this.#isBubble,
      opened: this.opened || !this.#isBubble,
      disabled: this.disabled,
      atEnd: this.#scroll.atEnd,
      draft: this.draft,
      told: this.told,
    })
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('config') || changed.has('theme')) this.#dress()
    if (changed.has('position') && this.config) {
      this.#launcher?.setAttribute('data-position', this.position ?? this.config.theme.position)
    }
    if (this.#log) this.#scroll.watch(this.#log)
    if (this.#panel && this.#isBubble && this.opened !== this.#isOut) void this.#turn(this.#panel)
  }

  get #panel(): HTMLElement | null {
    return this.renderRoot.querySelector('.panel')
  }

  get #log(): HTMLElement | null {
    return this.renderRoot.querySelector('.log')
  }

  get #launcher(): HTMLElement | null {
    return this.renderRoot.querySelector('.launcher')
  }

  get #input(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea')
  }

  get #server(): string {
    return this.serverUrl || servedFrom
  }

  get #id(): string {
    return this.config?.deploymentId ?? ''
  }

  get #isBubble(): boolean {
    return this.mode !== 'page' && this.mode !== 'inline'
  }

  /** Another deployment moves in. */
  #leave(): void {
    this.#talk.drop()
    this.#face = undefined
    this.opened = this.shown = this.#isOut = false
  }

  /** A person acts: from here on there is storage, an identifier and a socket. */
  #act(): TwinSession | undefined {
    if (this.disabled || !this.config) return undefined
    rememberOpen(this.#id, true)
    return this.#talk.act()
  }

  #say(text: string): string | undefined {
    const messageId = this.#act()?.send(text)
    if (!messageId) return undefined
    emit(this, { name: 'twin:message-sent', detail: { messageId } })
    this.#scroll.toEnd()
    return messageId
  }

  /** Tells the page and the screen reader what has changed. */
  #tell(before: ConversationState, after: ConversationState): void {
    for (const happening of happenings(before, after, location.origin)) {
      emit(this, happening)
      if (happening.name === 'twin:response-end' && !this.opened && this.#isBubble) this.#setUnread(this.#unread + 1)
    }
    const told = announcement(before, after, this.config?.twin.name ?? '')
    if (told) this.told = told
  }

  #setUnread(unread: number): void {
    if (unread === this.#unread) return
    this.#unread = unread
    this.#launcher?.toggleAttribute('data-unread', unread > 0)
    this.#launcher?.setAttribute('aria-description', unread > 0 ? 'A new reply' : '')
    emit(this, { name: 'twin:unread-change', detail: { unread } })
  }

  async #turn(panel: HTMLElement): Promise<void> {
    this.#isOut = this.opened
    const cast = { panel, launcher: this.#launcher, byPerson: this.#byPerson }
    this.#byPerson = false
    emit(this, { name: this.opened ? 'twin:open' : 'twin:close', detail: null })
    if (this.opened) {
      this.#setUnread(0)
      this.#scroll.toEnd()
      return showPanel(cast)
    }
    await hidePanel(cast)
    this.shown = this.opened
  }

  readonly #dress = (): void => {
    const { config, shadowRoot } = this
    if (!config || !shadowRoot) return
    const accent = getComputedStyle(this).getPropertyValue('--twin-accent').trim()
    const tokens = elementTokens(config.theme, { accent, scheme: this.theme }, this.#dark?.matches ?? false)
    const others = shadowRoot.adoptedStyleSheets.filter((sheet) => sheet !== this.#tokens)
    this.#tokens = tokenSheet(tokens)
    shadowRoot.adoptedStyleSheets = [...others, this.#tokens]
  }

  readonly #acts: PanelActs = {
    onAct: () => void (this.#isOut || !this.#isBubble ? this.#act() : undefined),
    onAsk: (question) => void this.#say(question),
    onSend: () => {
      if (this.draft.trim() === '' || this.draft.length > MAX_MESSAGE_CHARS || !this.#say(this.draft)) return
      this.draft = ''
      if (this.#input) this.#input.value = '' // also when the words have not been rendered yet
    },
    onStop: () => this.#act()?.stop(),
    onRetry: (turnId) => this.#act()?.retry(turnId),
    onEdit: (text) => {
      this.draft = text
      this.#input?.focus()
    },
    onDraft: (draft) => {
      this.draft = draft
    },
    onOlder: () => {
      const { hasOlder, loadingOlder } = this.#talk.shown
      if (hasOlder && !loadingOlder) this.#act()?.loadOlder()
    },
    onLatest: () => this.#scroll.toEnd(true),
    onAnew: () => {
      this.#act()?.startAnew()
      emit(this, { name: 'twin:new-conversation', detail: null })
      this.#scroll.toEnd()
      this.#input?.focus()
    },
    onReconnect: () => {
      this.#talk.drop()
      this.#act()
    },
    onClose: () => void this.close({ byPerson: true }),
    onKey: (event) => {
      const inField = event.target === this.#input
      if (inField) event.stopPropagation() // what is typed here is nobody else's shortcut
      if (inField && isSendKey(event)) {
        event.preventDefault()
        this.#acts.onSend()
      } else if (event.key === 'Escape' && !event.isComposing && this.#isBubble) {
        event.preventDefault()
        event.stopPropagation()
        void this.close({ byPerson: true })
      }
    },
  }
}
