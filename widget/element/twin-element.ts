/**
 * The element. Renders one immutable state and passes a person's acts on; it decides nothing about a conversation.
 * Registers nothing: `vibethink-twin.ts` and `ai-twin.ts` do, under the two names it has.
 */
import {
  LitElement,
  nothing,
  type PropertyDeclaration,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit'
import { MAX_MESSAGE_CHARS } from '../../schema/wire/limits.ts'
import { drawFace } from '../launcher/draw-face.ts'
import { rememberOpen } from '../launcher/open-memory.ts'
import { parseEmbedConfig, type TwinConfig } from '../launcher/parse-embed-config.ts'
import { portraitUrl } from '../launcher/portrait-url.ts'
import { initialState, type ConversationState } from '../session/conversation-state.ts'
import { newMessageId } from '../session/new-message-id.ts'
import { openTwinSession } from '../session/open-twin-session.ts'
import type { TwinSession, TwinSessionOptions } from '../session/twin-session.ts'
import { tokenSheet } from '../theme/token-sheet.ts'
import { announcement, type Announcement } from './announcement.ts'
import type { ConsentGate } from './consent-gate.ts'
import { ConversationKeeper } from './conversation-keeper.ts'
import { ElementMarks } from './element-marks.ts'
import { elementSheet } from './element-sheet.ts'
import { elementTokens } from './element-tokens.ts'
import { emit } from './emit.ts'
import { happenings, isOneWordMore, type Happening } from './happenings.ts'
import { isSendKey } from './is-send-key.ts'
import { learn } from './language.ts'
import type { PageFacts } from './page-facts.ts'
import type { PeopleLook } from './people-port.ts'
import type { PanelActs } from './panel-acts.ts'
import { hidePanel, showPanel } from './panel-stage.ts'
import { panelView } from './panel-view.ts'
import { progressOf } from './progress-of.ts'
import { ScrollKeeper } from './scroll-keeper.ts'
import type { Speech } from './speech.ts'
import type { Say, Tools } from './tools-port.ts'
import { warnOnce } from './warn-once.ts'
import { bringTypesetter } from './typeset.ts'
import { wish } from './wish.ts'

/** Served by the Worker it talks to, unless `server-url` names another. */
const servedFrom = new URL(import.meta.url).origin

/** Present is true, as in HTML; but `"false"`, which templates write, is not. */
const flag = (value: string | null): boolean => value !== null && value !== 'false'

/** Behind the next frame, so that it is not late, and behind what has waited for it, such as a key; a page that is never idle gets there too. */
const whenDrawn = (act: () => void): unknown => requestAnimationFrame(() => setTimeout(act, 4))

/** How often anything but a conversation's own frames asked for another look; see {@link TwinElement.requestUpdate}. */
let round = 0

/**
 * The digital twin of a person, on any page: a launcher that becomes a panel, or a page of its own.
 *
 * @attr {string} deployment-id - Which deployment lives here; read by the loader.
 * @attr {string} server-url - Origin of the Worker; by default the one that served this script.
 * @attr {string} locale - Language it speaks, as a BCP 47 tag; by default the page's, else the reader's.
 * @attr {string} theme - `light`, `dark` or `auto`; stands above the deployment's scheme.
 * @attr {string} mode - `bubble` (or `popup`): a launcher that becomes a panel; `inline` or `page`: as large as its container.
 * @attr {string} position - `bottom-right`, `bottom`, `bottom-left`, `top-right`, `top` or `top-left`; stands above the deployment's position.
 * @attr {boolean} open - The panel is shown.
 * @attr {boolean} disabled - Keeps the composer closed, for instance until the page has consent.
 * @attr {string} launcher - `face`, `pill` or `icon`; stands above the deployment's launcher. Read by the loader.
 * @attr {string} launcher-label - The line of the pill; stands above the deployment's. Read by the loader.
 * @attr {string} proactive - `off` silences the deployment's first word. Read by the loader.
 * @attr {string} proactive-delay - Seconds until it, in place of the deployment's. Read by the loader.
 * @attr {string} persist - `local` (default), `session` or `none`: how long the browser remembers the visitor.
 * @attr {string} consent - `required` asks before the first message, also where the deployment does not; nothing takes its question away.
 * @attr {string} privacy-url - Where the deployment names no privacy notice: the page's.
 * @attr {string} terms-url - Where the deployment names no terms: the page's.
 * @attr {string} text-contents - JSON: words of the page in the place of ours, by key, but for those that say that this is an AI, and consent's yes and no.
 * @attr {string} analytics - `datalayer`: every event also goes to `window.dataLayer`, without words.
 * @attr {boolean} event-words - Events about messages carry their text.
 * @attr {string} dynamic-variables - JSON: the first `setContext`.
 * @attr {string} refused - Set by the loader when the twin does not show itself here: the reason's code, as in `problem+json`.
 *
 * @event {CustomEvent<null>} twin:ready - The launcher or the page stands.
 * @event {CustomEvent<null>} twin:open - The panel was opened.
 * @event {CustomEvent<null>} twin:close - The panel was closed.
 * @event {CustomEvent<null>} twin:disclosure-shown - The words that say this is an AI came into view for the first time.
 * @event {CustomEvent<{granted: boolean, version: string}>} twin:consent - The visitor answered the question before the first message.
 * @event {CustomEvent<{messageId: string, text?: string}>} twin:before-send - A message is about to be sent; cancelable: then it stays in the composer.
 * @event {CustomEvent<{messageId: string, text?: string}>} twin:message-sent - The visitor sent a message.
 * @event {CustomEvent<{turnId?: string, messageId: string}>} twin:response-start - A reply began.
 * @event {CustomEvent<{turnId?: string, messageId: string, outcome?: string, reason?: string}>} twin:response-end - A reply ended.
 * @event {CustomEvent<{turnId?: string, messageId: string, role?: string, text?: string}>} twin:message-received - A reply has come, as far as it goes; or, with the role `person`, the words of somebody of the twin's side.
 * @event {CustomEvent<{turnId: string, messageId: string, rating: string | null, reason?: string}>} twin:feedback - The visitor rated a reply, or took it back.
 * @event {CustomEvent<{controller: string}>} twin:handoff - Somebody else answers: `twin`, `human` (a person does), or `held` (a person reads every reply before the visitor does).
 * @event {CustomEvent<{line: string}>} twin:connection-change - The line to the room changed.
 * @event {CustomEvent<{unread: number}>} twin:unread-change - Replies that ended while the panel was closed.
 * @event {CustomEvent<null>} twin:new-conversation - The visitor began a new conversation.
 * @event {CustomEvent<{code: string, origin: string}>} twin:error - Something was refused; codes as in `problem+json`.
 *
 * @slot launcher-icon - A sign of the page's own in the launcher.
 * @slot header - Beside the name, before the buttons.
 * @slot empty - Under the questions of a first meeting.
 *
 * @cssstate open - The panel is shown.
 * @cssstate streaming - A reply is on its way.
 * @cssstate offline - The browser says there is no network.
 * @cssstate unread - Replies have come behind the closed panel.
 *
 * @csspart launcher - The button with the portrait.
 * @csspart pill - The line beside it.
 * @csspart panel - The whole panel.
 * @csspart header - Portrait, name and buttons.
 * @csspart more-button - Shows the visitor's conversations.
 * @csspart close-button - Closes the panel.
 * @csspart campaign-label - Who pays, in a campaign; keeps its look.
 * @csspart log - The scrolling list of messages.
 * @csspart greeting - The twin's first words.
 * @csspart question - A suggested question, or one to ask on.
 * @csspart message - A message of either side.
 * @csspart bubble - The visitor's words.
 * @csspart reply - The twin's words.
 * @csspart sources - What a reply drew on.
 * @csspart retry-button - Asks again for a reply.
 * @csspart person - What a person of the twin's side wrote; the line that says so keeps its look.
 * @csspart people - Who answers or is writing, where a person is there.
 * @csspart thinking - Stands where the reply will begin.
 * @csspart jump-button - Back to the newest line.
 * @csspart notice - A state of the line, a refusal or the end of a conversation.
 * @csspart consent - The question before the first message.
 * @csspart message-acts - Copy, thumbs and edit, beside a message's time.
 * @csspart feedback - What was wrong with a reply.
 * @csspart editor - The visitor's message while it is changed.
 * @csspart sheet - The visitor's conversations.
 * @csspart footer - Composer, and what is said of the line.
 * @csspart composer - Where one writes.
 * @csspart input - The text field.
 * @csspart send-button - Sends, or stops a reply.
 * @csspart disclosure - The words that say this is an AI; they keep their look, as who pays does.
 *
 * @cssprop --twin-accent - `#rrggbb`; stands above the deployment's accent, and is corrected for contrast like it.
 * @cssprop [--twin-font-family=inherit] - The font; the page's by default.
 * @cssprop [--twin-offset=24px] - Distance from the edges of the window.
 * @cssprop [--twin-z-index=2147483000] - Where it stands above the page.
 * @cssprop [--twin-width=400px] - Width of the panel on a desktop.
 * @cssprop [--twin-height=680px] - Greatest height of the panel on a desktop.
 */
export class TwinElement extends LitElement {
  static override properties: PropertyDeclarations = {
    serverUrl: { attribute: 'server-url' },
    locale: {},
    theme: {},
    position: {},
    mode: { reflect: true, useDefault: true },
    opened: { attribute: 'open', type: Boolean, converter: flag, reflect: true },
    disabled: { type: Boolean, converter: flag, reflect: true },
    persist: {},
    consent: {},
    textContents: { attribute: 'text-contents' },
    analytics: {},
    eventWords: { attribute: 'event-words', type: Boolean, converter: flag },
    dynamicVariables: { attribute: 'dynamic-variables' },
    config: { attribute: false },
    openSession: { attribute: false },
    tokenProvider: { attribute: false },
    conversation: { state: true },
    atEnd: { state: true },
    draft: { state: true },
    shown: { state: true },
    speech: { state: true },
    told: { state: true },
  }

  serverUrl = ''
  locale = ''
  theme = ''
  position = ''
  mode = 'bubble'
  /** The panel is shown. (`open` is the attribute, and the method that opens.) */
  opened = false
  disabled = false
  persist = ''
  consent = ''
  textContents = ''
  analytics = ''
  eventWords = false
  dynamicVariables = ''
  /**
   * The public look and words; from the loader, or from our own pages that hold them. No part of the API of a page.
   * @private
   */
  config: TwinConfig | undefined
  /**
   * Makes the session; another may be given before the first act.
   * @private
   */
  openSession: (options: TwinSessionOptions) => TwinSession = openTwinSession
  /** The page's proof of who is signed in, a signed JWT; asked for at every new session. */
  tokenProvider: (() => Promise<string>) | undefined

  private conversation: ConversationState = initialState
  private atEnd = true
  private draft = ''
  private shown = false
  private speech: Speech | undefined
  private told: Announcement = {}

  readonly #talk = new ConversationKeeper(this, {
    openSession: () =>
      this.openSession({
        serverUrl: this.#server,
        deploymentId: this.#id,
        identity: this.tokenProvider,
        consent: this.config?.consent?.version,
        persist: this.#persist,
        context: () => this.#facts?.told(this.config?.contextKeys ?? []) ?? {},
      }),
    onChange: (before, after) => this.#tell(before, after),
    onBegin: () => Promise.all([bringTypesetter(this.shadowRoot), this.#bringTools()]),
    onFrame: (seen) => {
      this.conversation = seen
    },
  })
  readonly #scroll = new ScrollKeeper(
    this,
    () => this.#acts.onOlder(),
    (atEnd) => {
      this.atEnd = atEnd
    },
  )
  readonly #marks = new ElementMarks(this)
  readonly #dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)')
  #face: HTMLElement | undefined
  #left: AbortController | undefined
  #tokens: CSSStyleSheet | undefined
  #facts: PageFacts | undefined
  #layer: Promise<typeof import('./data-layer.ts')> | undefined
  #gate: ConsentGate | undefined
  #tools: Tools | undefined
  #toolsComing: Promise<void> | undefined
  #people: PeopleLook | undefined
  #peopleComing: Promise<void> | undefined
  #speaking: Promise<void> | undefined
  /** What the panel shows itself as; `opened` is what it shall. */
  #isOut = false
  #byPerson = false
  #isDisclosed = false
  #unread = 0
  /** The newest message the reader has seen. */
  #seen: string | undefined

  /** Shows the panel. `byPerson`: somebody asked for it, so the conversation begins and the focus goes there. Rejects when its words cannot be fetched. */
  async open({ byPerson = navigator.userActivation?.hasBeenActive ?? true } = {}): Promise<void> {
    if (!this.config || this.opened || !this.#isBubble) return
    if (byPerson) this.#act() // while the words are still on their way
    await this.#speak()
    this.#byPerson = byPerson
    this.opened = true
    if (byPerson) this.#act() // where consent had to be known first
    await this.updateComplete
  }

  /** Shows again what a person had open before a reload: without movement, and without taking the focus. */
  async resume(): Promise<void> {
    this.opened = this.#isBubble
    void bringTypesetter(this.shadowRoot)
    if (this.#isAsked) await this.#speak() // whether there was an answer, the gate knows
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

  /** Sends a message for the visitor and answers with its id once it stands in the log; the log and events tell what becomes of it. Rejects when it never stood there: `InvalidStateError`, `NotAllowedError` without consent, `AbortError` by the page's own no, or a RangeError for its length. */
  async send(text: string): Promise<string> {
    const messageId = await this.#say(text)
    await this.updateComplete
    return messageId
  }

  /** Adds to what the page tells of itself along with a message; null takes a name back. Only names the deployment allows go. */
  async setContext(facts: Readonly<Record<string, unknown>>): Promise<void> {
    ;(await this.#bringFacts()).merge(facts)
  }

  /** Says who is signed in on this page: a signed JWT, or the way to a fresh one. */
  async identify(proof: string | (() => Promise<string>)): Promise<void> {
    const { wayTo } = await import('./page-facts.ts')
    this.tokenProvider = wayTo(proof)
    await this.updateComplete
  }

  /** Forgets the visitor on this device: secret, conversations, unsent words, context, consent and identity. */
  async logout(): Promise<void> {
    this.#talk.forget()
    this.#facts = undefined
    this.#gate?.forget()
    rememberOpen(this.#id, false)
    this.tokenProvider = undefined
    this.#clear()
    this.told = {}
    this.#setUnread(0)
    await this.updateComplete
  }

  /** Ends the running reply, also before its first word. */
  async stop(): Promise<void> {
    this.#talk.session?.stop()
  }

  /** Begins the visitor's next conversation; the present one is kept. */
  async newConversation(): Promise<void> {
    await this.#allow()
    this.#acts.onAnew()
    await this.updateComplete
  }

  /** Ends the connection and takes the element off the page; what is stored stays. */
  async destroy(): Promise<void> {
    this.#gate?.answer(false)
    this.#talk.drop()
    this.remove()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const { signal } = (this.#left = new AbortController())
    this.#dark?.addEventListener('change', this.#dress, { signal })
    if (globalThis.matchMedia?.('(pointer: coarse)').matches) {
      void import('./keyboard-room.ts').then((room) => room.keepAboveKeyboard(() => this.#panel, signal))
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#left?.abort()
  }

  /** Named, a change is one of ours and known to the messages; unnamed, anything may look different. */
  override requestUpdate(name?: PropertyKey, before?: unknown, options?: PropertyDeclaration): void {
    if (name === undefined) round++
    super.requestUpdate(name, before, options)
  }

  /** Until the words are there, nothing is shown. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete()
    await this.#speaking?.catch(() => {})
    if (this.conversation.messages.length > 0) await bringTypesetter(this.shadowRoot)
    return super.getUpdateComplete()
  }

  protected override createRenderRoot(): ShadowRoot {
    // The loader has drawn the launcher already: it and its sheets stay, and what we render stands before it.
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets.push(elementSheet())
    // (Without a last node of its own, Lit takes whatever comes after it for its own, and clears it away; and the
    // launcher is the loader's, which takes it away.)
    this.renderOptions.renderBefore = root.insertBefore(new Comment(), root.firstChild)
    return root
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('config')
    if (changed.has('config')) this.config = parseEmbedConfig(this.config) // the loader has looked at a part of it
    if (before && before.deploymentId !== this.config?.deploymentId) this.#leave()
    if (this.opened || !this.#isBubble) this.shown = true
    if (changed.get('dynamicVariables') !== undefined) {
      void this.#bringFacts().then((facts) => facts.start(this.dynamicVariables))
    }
    if (changed.has('locale') || changed.has('textContents') || changed.has('consent')) this.#speaking = undefined
    if (this.config && !this.#speaking) this.#speak().catch(() => {}) // whoever opens is told
    if (changed.has('tokenProvider') && this.#talk.session) this.#acts.onReconnect() // somebody else
  }

  protected override render(): TemplateResult | typeof nothing {
    const { config, speech, conversation, atEnd } = this
    if (!config || !speech || !this.shown) return nothing
    const { messages } = conversation
    if (atEnd) this.#seen = messages.at(-1)?.messageId
    const last = messages.findLastIndex(({ messageId }) => messageId === this.#seen)
    return panelView({
      ...this.#acts,
      ...progressOf(conversation),
      speech,
      config,
      conversation,
      face: (this.#face ??= drawFace(config.twin.name, portraitUrl(config, this.#server))),
      position: this.#position,
      bubble: this.#isBubble,
      opened: this.opened || !this.#isBubble,
      disabled: this.disabled,
      atEnd,
      unseen: last < 0 ? 0 : messages.length - 1 - last,
      draft: this.draft,
      round,
      tools: this.#tools,
      people: this.#people,
      question: this.#gate?.view(this.draft.trim() !== ''),
      told: this.told,
    })
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('config') || changed.has('theme')) this.#dress()
    if (changed.has('position') && this.config) this.#launcher?.setAttribute('data-position', this.#position)
    const { conversation } = this
    this.#marks.set({
      open: this.opened,
      streaming: progressOf(conversation).running,
      offline: conversation.line === 'offline',
      unread: this.#unread > 0,
    })
    if (!this.#panel) return
    if (this.#log) this.#scroll.watch(this.#log)
    if (conversation.messages.length > 0) void bringTypesetter(this.shadowRoot)
    if (this.#isBubble && this.opened !== this.#isOut) void this.#turn(this.#panel)
    if (!this.#isDisclosed && (this.opened || !this.#isBubble)) {
      this.#isDisclosed = true
      this.#emit({ name: 'twin:disclosure-shown', detail: null })
    }
    if (conversation.messages.some(({ outcome }) => outcome)) this.#bringTools().catch(() => {}) // More tries again
    if (conversation.people || conversation.messages.some(({ role }) => role === 'person')) void this.#bringPeople()
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
    return this.renderRoot.querySelector('.composer textarea')
  }

  get #server(): string {
    return this.serverUrl || servedFrom
  }

  get #id(): string {
    return this.config?.deploymentId ?? this.getAttribute('deployment-id') ?? ''
  }

  get #isBubble(): boolean {
    const mode = wish(this, 'mode')
    return mode !== 'page' && mode !== 'inline'
  }

  get #position(): string {
    return wish(this, 'position') ?? this.config?.theme.position ?? ''
  }

  get #persist(): 'local' | 'session' | 'none' {
    return wish(this, 'persist') ?? 'local'
  }

  /** Somebody wants a question asked before anything is stored or sent: the deployment, or its page. */
  get #isAsked(): boolean {
    return !!(this.config?.consent || wish(this, 'consent'))
  }

  get #isAllowed(): boolean {
    return !this.#isAsked || (this.#gate?.isGiven() ?? false)
  }

  /** Another deployment moves in. */
  #leave(): void {
    this.#gate?.answer(false)
    this.#talk.drop()
    this.#face = undefined
    this.opened = this.shown = this.#isOut = this.#isDisclosed = false
  }

  /** Learns the words, once for each language, and what it takes to ask. */
  #speak(): Promise<void> {
    if (this.#speaking) return this.#speaking
    const { locale, textContents: texts } = this
    const learning = Promise.all([learn({ locale, texts }), this.#isAsked && this.#bringGate()]).then(
      ([speech]) => {
        if (this.#speaking === learning) this.speech = speech
      },
      (error: unknown) => {
        if (this.#speaking === learning) this.#speaking = undefined
        throw error
      },
    )
    return (this.#speaking = learning)
  }

  async #bringGate(): Promise<void> {
    const { ConsentGate } = await import('./consent-gate.ts')
    if (this.#gate) return
    this.#gate = new ConsentGate({
      ...this.#ports,
      persist: () => this.#persist,
      onChange: () => void this.#showGate(),
    })
    this.#adopt(this.#gate.styles)
  }

  /** The question takes the composer's place, or gives it back; the focus goes along. */
  async #showGate(): Promise<void> {
    this.requestUpdate('question', null)
    await super.getUpdateComplete()
    this.renderRoot.querySelector<HTMLElement>('.consent, .field textarea')?.focus()
  }

  async #bringFacts(): Promise<PageFacts> {
    const { PageFacts } = await import('./page-facts.ts')
    return (this.#facts ??= new PageFacts())
  }

  /** A person acts: from here on there is storage, an identifier and a socket. */
  #act(): TwinSession | undefined {
    if (this.disabled || !this.config || !this.#isAllowed) return undefined
    if (this.#persist !== 'none') rememberOpen(this.#id, true)
    return this.#talk.act()
  }

  /** Asks what has to be asked before an act; throws when the answer is no. */
  async #allow(): Promise<void> {
    if (this.#isAllowed) return
    await this.open()
    await this.#speak()
    if (!(await this.#gate?.ask())) throw new DOMException('The visitor has not agreed', 'NotAllowedError')
  }

  /** Everything up to the first question asked of somebody happens at once. */
  async #say(text: string): Promise<string> {
    if (this.disabled || !this.config || !this.isConnected || this.conversation.refusal) {
      throw new DOMException('This twin takes no messages now', 'InvalidStateError')
    }
    if (typeof text !== 'string' || text.trim() === '' || text.length > MAX_MESSAGE_CHARS) {
      throw new RangeError(`A message has between 1 and ${MAX_MESSAGE_CHARS} characters`)
    }
    void bringTypesetter(this.shadowRoot)
    if (!this.#isAllowed) await this.#allow()
    const messageId = newMessageId()
    const detail = { messageId, ...(this.eventWords && { text }) }
    if (!this.#emit({ name: 'twin:before-send', detail })) {
      throw new DOMException('Kept back by the page', 'AbortError')
    }
    this.#act()?.send(text, messageId)
    this.#emit({ name: 'twin:message-sent', detail })
    this.#scroll.toEnd()
    return messageId
  }

  /** Empties the composer, also of words that have not been rendered yet. */
  #clear(): void {
    this.draft = ''
    if (this.#input) this.#input.value = ''
  }

  #emit(happening: Happening): boolean {
    if (wish(this, 'analytics')) {
      void (this.#layer ??= import('./data-layer.ts')).then(({ toDataLayer }) => toDataLayer(happening))
    }
    return emit(this, happening)
  }

  /** Tells the page and the screen reader what has changed. */
  #tell(before: ConversationState, after: ConversationState): void {
    if (isOneWordMore(before, after)) return
    for (const happening of happenings(before, after, location.origin, this.eventWords)) {
      this.#emit(happening)
      const { name, detail } = happening
      const isNew = name === 'twin:response-end' || (name === 'twin:message-received' && detail.role)
      if (isNew && !this.opened && this.#isBubble) this.#setUnread(this.#unread + 1)
    }
    const told =
      this.#people?.announcement(before, after) ??
      (this.speech && announcement(before, after, this.config?.twin.name ?? '', this.speech.say))
    if (told) this.told = told
  }

  #setUnread(unread: number): void {
    if (unread === this.#unread) return
    this.#unread = unread
    this.#launcher?.toggleAttribute('data-unread', unread > 0)
    if (unread) this.#launcher?.setAttribute('data-unread', unread > 9 ? '9+' : `${unread}`)
    this.#launcher?.setAttribute('aria-description', unread > 0 ? (this.speech?.say('new_reply') ?? '') : '')
    this.#emit({ name: 'twin:unread-change', detail: { unread } })
    this.requestUpdate('unread', -1)
  }

  async #turn(panel: HTMLElement): Promise<void> {
    this.#isOut = this.opened
    const cast = { panel, launcher: this.#launcher, byPerson: this.#byPerson }
    this.#byPerson = false
    this.#emit({ name: this.opened ? 'twin:open' : 'twin:close', detail: null })
    if (this.opened) {
      this.#setUnread(0)
      this.#scroll.toEnd()
      return showPanel(cast)
    }
    this.#gate?.answer(false)
    await hidePanel(cast)
    this.shown = this.opened
  }

  /** What can be done with messages and conversations, once there are some. */
  #bringTools(): Promise<void> {
    return (this.#toolsComing ??= import('../tools/make-tools.ts').then(
      ({ makeTools }) => {
        this.#tools = makeTools(this.#ports)
        this.#adopt(this.#tools.styles)
        this.requestUpdate()
      },
      (error: unknown) => {
        this.#toolsComing = undefined
        throw error
      },
    ))
  }

  /** What is to be seen and heard of people, once there are some. */
  #bringPeople(): Promise<void> {
    return (this.#peopleComing ??= import('../people/make-people.ts').then(
      ({ makePeople }) => {
        this.#people = makePeople(this.#ports)
        this.#adopt(this.#people.styles)
        this.told = this.#people.announcement(initialState, this.conversation) ?? this.told
        this.requestUpdate()
      },
      () => {
        this.#peopleComing = undefined
      },
    ))
  }

  #adopt(sheet: CSSStyleSheet): void {
    const { shadowRoot } = this
    if (shadowRoot && !shadowRoot.adoptedStyleSheets.includes(sheet)) shadowRoot.adoptedStyleSheets.push(sheet)
  }

  readonly #dress = (): void => {
    const { config, shadowRoot } = this
    if (!config || !shadowRoot) return
    const accent = getComputedStyle(this).getPropertyValue('--twin-accent').trim()
    const tokens = elementTokens(config.theme, { accent, scheme: wish(this, 'theme') }, this.#dark?.matches ?? false)
    const others = shadowRoot.adoptedStyleSheets.filter((sheet) => sheet !== this.#tokens)
    this.#tokens = tokenSheet(tokens)
    shadowRoot.adoptedStyleSheets = [...others, this.#tokens]
  }

  /** For what comes later; it reads anew each time, since language and look may change. */
  readonly #ports = {
    host: this,
    say: (...said: Parameters<Say>) => this.speech?.say(...said) ?? '',
    config: (): TwinConfig => {
      if (!this.config) throw new Error('No deployment lives here')
      return this.config
    },
    emit: (happening: Happening) => void this.#emit(happening),
    locale: () => this.speech?.locale ?? 'en',
    session: () => this.#talk.act(),
    shown: () => this.conversation,
    announce: (spoken: string) => {
      this.told = { spoken }
    },
  }

  readonly #acts: PanelActs = {
    onAct: () => void (this.#isOut || !this.#isBubble ? this.#act() : undefined),
    onAsk: (question) => {
      this.#log?.focus() // the question leaves its place, and would take the focus along
      this.#say(question).catch(() => {}) // the page said no, or the visitor
    },
    onSend: () => {
      const words = this.draft
      this.#say(words).then(
        () => {
          if (this.draft === words) this.#clear()
        },
        () => {}, // the words stay where they are
      )
    },
    onStop: () => this.#talk.session?.stop(),
    onRetry: (turnId) => this.#act()?.retry(turnId),
    onEdit: (text) => {
      this.draft = text
      this.#input?.focus()
    },
    onDraft: (draft) => {
      void bringTypesetter(this.shadowRoot)
      this.#people?.typed(draft)
      this.draft = draft
    },
    onOlder: () => {
      const { hasOlder, loadingOlder } = this.conversation
      if (hasOlder && !loadingOlder) this.#act()?.loadOlder()
    },
    onRest: () =>
      whenDrawn(() => {
        this.#scroll.settle()
        this.requestUpdate('rest', null)
      }),
    onLatest: () => this.#scroll.toEnd(true),
    onAnew: () => {
      this.#act()?.startAnew()
      this.#emit({ name: 'twin:new-conversation', detail: null })
      this.#scroll.toEnd()
      this.#input?.focus()
    },
    onReconnect: () => {
      this.#talk.drop()
      this.#act()
    },
    onMore: ({ currentTarget }) => {
      const show = async (): Promise<void> => {
        await this.#bringTools()
        this.#act()
        if (currentTarget instanceof HTMLElement) this.#tools?.toggleSheet(currentTarget)
      }
      this.#allow().then(
        () => show().catch((error: unknown) => warnOnce(String(error))),
        () => {}, // the visitor said no
      )
    },
    onClose: () => void this.close({ byPerson: true }),
    onKey: (event) => {
      const inField = event.target === this.#input
      if (inField) event.stopPropagation() // what is typed here is nobody else's shortcut
      if (inField && isSendKey(event)) {
        event.preventDefault()
        this.#acts.onSend()
      } else if (event.key === 'Escape' && !event.isComposing) {
        const isDone = this.#tools?.escape()
        const isAsking = this.#gate?.view(false)
        if (!isDone && !isAsking && !this.#isBubble) return
        event.preventDefault()
        event.stopPropagation()
        if (isDone) return
        if (isAsking) this.#gate?.answer(false)
        else void this.close({ byPerson: true })
      }
    },
  }
}
