/** Puts a conversation together: the visitor, the wire and the reducer. Nothing happens before a person acts. */
import type { ClientFrame, ServerFrame, WelcomeFrame } from '../../schema/wire/frames.ts'
import { MAX_COMMENT_CHARS, MAX_MESSAGE_CHARS, MAX_PAGE_MESSAGES } from '../../schema/wire/limits.ts'
import type { ProblemCode } from '../../schema/wire/problem.ts'
import type { ConversationList } from './conversation-list.ts'
import { emptyModel } from './conversation-model.ts'
import type { ConversationState, Refusal } from './conversation-state.ts'
import { newMessageId } from './new-message-id.ts'
import { openOutbound, type Ask } from './outbound.ts'
import { pageContext } from './page-context.ts'
import { parseServerFrame } from './parse-server-frame.ts'
import { fold, reduce, type SessionEvent } from './reduce.ts'
import { refusalOfClose } from './refusal-of-close.ts'
import type { TwinSession, TwinSessionOptions } from './twin-session.ts'
import type { OutboxEntry } from './visitor-store.ts'
import { openVisitor } from './visitor.ts'
import { wellFormed } from './well-formed.ts'
import { openWire, type Wire } from './wire.ts'

/** Conversations found deleted or taken, one after the other, before a person is told instead. */
const MAX_HOPS = 20

/** A conversation with the twin of a deployment. */
export function openTwinSession(options: TwinSessionOptions): TwinSession {
  const serverUrl = new URL(options.serverUrl).origin
  const listeners = new Set<(state: ConversationState) => void>()
  let model = emptyModel
  /** Which of the visitor's conversations is shown. */
  let number = 0
  /** A signed-in person's new conversation may have been begun on another device. */
  let isFresh = false
  let hops = 0
  let wire: Wire | undefined
  let closing: AbortController | undefined
  let isTelling = false
  let lastAt = 0
  let lastProblem: Refusal | undefined
  let room: string | undefined
  let isWelcome = false
  /** Up to which number the room is repeating what we missed. */
  let missing: number | undefined
  let stopWhenKnown: string | undefined

  const visitor = openVisitor(serverUrl, options, (before, isAnother) => {
    const early = isAnother ? [] : (before?.outbox(number) ?? [])
    if (isAnother) reset()
    number = visitor.store().conversation()
    for (const entry of early) visitor.store().keep(number, entry)
    showOutbox()
  })

  const outbound = openOutbound({
    outbox: () => visitor.store().outbox(number),
    send,
    turn(turnId) {
      const { messages } = model.shown
      return {
        isRunning: model.waiting.includes(turnId),
        edits: messages.find((one) => one.turnId === turnId)?.edits ?? 0,
        rating: messages.findLast((one) => one.turnId === turnId)?.rating ?? null,
      }
    },
    settled: (messageId) => visitor.store().settle(number, messageId),
    givenUp: (messageId, problem) => tell({ type: 'given-up', messageId, problem }),
  })

  function tell(event: SessionEvent): void {
    const before = model
    model = reduce(model, event)
    if (model !== before) show()
  }

  function show(): void {
    if (isTelling) return
    isTelling = true
    queueMicrotask(() => {
      isTelling = false
      const { state } = session
      for (const listener of listeners) {
        try {
          listener(state)
        } catch (error) {
          console.error(error)
        }
      }
    })
  }

  function send(frame: ClientFrame): boolean {
    return wire?.send(JSON.stringify(frame)) ?? false
  }

  function ask(wish: Ask): void {
    tell({ type: 'acted' })
    outbound.ask(wish)
  }

  /** Does something with the list: at once when it is there, else as soon as it is. */
  function withList(act: (list: ConversationList) => void): void {
    const kept = visitor.store()
    if (kept.list) act(kept.list)
    // (What it cannot learn now it learns on the visitor's next page.)
    else kept.bringList().then(act, () => {})
  }

  /** The list learns what was said here. */
  function note(): void {
    const { messages, hasOlder } = model.shown
    const [first] = messages.filter(({ role, delivery }) => role === 'visitor' && delivery !== 'refused')
    const last = messages.at(-1)
    const where = number
    if (first && last) withList((list) => list.note(where, first.text, last.at, hasOlder))
  }

  function onText(text: string): void {
    const frame = parseServerFrame(text)
    if (!frame) return
    tell({ type: 'frame', frame })
    if (model.gap) {
      isWelcome = false
      outbound.begin()
      return wire?.cycle()
    }
    if ('type' in frame) follow(frame)
    if (missing !== undefined && model.seq !== null && model.seq >= missing) {
      missing = undefined
      outbound.hear('everything')
    }
  }

  /** What a frame means beyond what it shows. */
  function follow(frame: Extract<ServerFrame, { type: string }>): void {
    switch (frame.type) {
      case 'welcome':
        return welcomed(frame)
      case 'message-added':
        outbound.settle(frame.messageId)
        return note()
      case 'ack':
        outbound.settle(frame.messageId)
        if (stopWhenKnown === frame.messageId) ask({ type: 'reply-stop', turnId: frame.turnId })
        return
      case 'error':
        lastProblem = { code: frame.code, detail: frame.detail }
        return outbound.refuse(frame)
      case 'message-edited':
        note()
        return outbound.confirm(frame)
      case 'reply-start':
      case 'reply-end':
      case 'reply-rated':
        return outbound.confirm(frame)
      case 'mark':
        return void send(frame)
      case 'controller-changed':
      case 'reply-held':
      case 'reply-revised':
      case 'presence':
      case 'typing':
      case 'reply-draft':
      case 'notice':
      case 'history-page': // shown, and nothing more
    }
  }

  function welcomed({ seq, messages }: WelcomeFrame): void {
    for (const message of messages) {
      outbound.settle(message.messageId)
      outbound.confirm(message)
    }
    note()
    // Begun on another of this person's devices: it is in the list now, and the next one may be new.
    if (isFresh && messages.length > 0 && ++hops < MAX_HOPS) return moveOn()
    isFresh = false
    hops = 0
    isWelcome = true
    missing = seq
    outbound.hear('messages')
  }

  /** What was written for a new conversation goes along to the next. */
  function moveOn(): void {
    const words = takeOutbox(number)
    const kept = visitor.store()
    kept.turnToFresh()
    for (const entry of words) kept.keep(kept.conversation(), entry)
    anew()
    isFresh = true
  }

  function takeOutbox(which: number): readonly OutboxEntry[] {
    const words = visitor.store().outbox(which)
    for (const { messageId } of words) visitor.store().settle(which, messageId)
    return words
  }

  /** Nothing of what is shown belongs to whoever comes now. */
  function reset(): void {
    model = { ...emptyModel, shown: { ...emptyModel.shown, line: model.shown.line } }
    room = stopWhenKnown = undefined
    isFresh = false
    outbound.close()
    show()
  }

  function showOutbox(): void {
    for (const entry of visitor.store().outbox(number)) tell({ type: 'said', ...entry })
  }

  function open(): void {
    if (wire) return
    if (Reflect.get(document, 'prerendering')) {
      return document.addEventListener('prerenderingchange', open, { once: true })
    }
    closing = new AbortController()
    number = visitor.store().conversation()
    addEventListener('storage', onStorage, closing)
    showOutbox()
    wire = openWire({
      serverUrl,
      WebSocket: options.WebSocket,
      renew: (closed) => visitor.admit(closed, () => number),
      onOpen(conversationId) {
        // Another room's numbers say nothing about this one.
        if (room !== undefined && room !== conversationId) {
          reset()
          showOutbox()
        }
        room = conversationId
        isWelcome = false
        missing = lastProblem = undefined
        outbound.begin()
        send({ type: 'hello', after: model.seq })
      },
      onText,
      onLine: (line) => tell({ type: 'line', line }),
      onRefused(refusal) {
        const tellIt = (): void => tell({ type: 'refused', refusal })
        if (refusal.code === 'conversation_deleted' && ++hops < MAX_HOPS) gone(number).catch(tellIt)
        else tellIt()
      },
      explain: (closeCode) => lastProblem ?? refusalOfClose(closeCode),
    })
  }

  /** Another tab of this site did something: one visitor, one conversation, one list. */
  function onStorage({ key, newValue }: StorageEvent): void {
    if (!visitor.isTheirs(key)) return
    if (key === null || (key.endsWith(':secret') && newValue === null)) leave()
    else if (visitor.store().conversation() !== number) anew()
    else tell({ type: 'listed' })
  }

  function close(): void {
    document.removeEventListener('prerenderingchange', open)
    closing?.abort()
    wire?.close()
    wire = undefined
    isWelcome = false
    outbound.close()
  }

  /** The same page in another of the visitor's conversations. */
  function anew(): void {
    close()
    reset()
    open()
  }

  /** A conversation is no more; when it was shown, the newest other is, or a fresh one. */
  async function gone(which: number): Promise<void> {
    const kept = visitor.store()
    const list = await kept.bringList()
    if (visitor.store() !== kept) return
    list.remove(which)
    takeOutbox(which)
    if (kept.conversation() === which) {
      const [newest] = list.all()
      if (newest) kept.turnTo(newest.number)
      else kept.turnToFresh()
    }
    if (which === number) anew()
    else tell({ type: 'listed' })
  }

  /** The visitor is forgotten here; nothing is shown, and nothing asked for. */
  function leave(): void {
    close()
    visitor.leave()
    model = emptyModel
    reset()
  }

  /** Why words cannot be sent at all. */
  function problemOf(text: string): ProblemCode | undefined {
    if (text.trim() === '') return 'message_empty'
    return text.length > MAX_MESSAGE_CHARS ? 'message_too_long' : undefined
  }

  /** What the page says of itself now; a page that fails at it says nothing. */
  function context(): ReturnType<typeof pageContext> {
    try {
      return pageContext(options.context?.())
    } catch {
      return undefined
    }
  }

  /** Before anything was opened, the one that would be. */
  function shownNumber(): number {
    return wire ? number : (number = visitor.store().conversation())
  }

  const session: TwinSession = {
    get state() {
      model = fold(model)
      return model.shown
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    open,
    send(words, messageId = newMessageId()) {
      open()
      const text = wellFormed(words)
      // Two messages of one millisecond keep their order.
      lastAt = Math.max(Date.now(), lastAt + 1)
      const page = context()
      const entry = { messageId, text, at: new Date(lastAt).toISOString(), ...(page && { context: page }) }
      let problem = problemOf(text) ?? model.shown.refusal?.code
      if (!problem && !visitor.store().keep(number, entry)) problem = 'rate_limited'
      tell({ type: 'said', ...entry, ...(problem && { problem }) })
      note()
      outbound.flush()
      return messageId
    },
    edit(turnId, words) {
      const text = wellFormed(words)
      const code = problemOf(text)
      if (code) tell({ type: 'frame', frame: { type: 'error', seq: 0, code, detail: '' } })
      else ask({ type: 'message-edit', turnId, text, edits: 0 })
    },
    rate(turnId, rating, reason, comment = '') {
      const words = wellFormed(comment.slice(0, MAX_COMMENT_CHARS))
      ask({ type: 'reply-rate', turnId, rating, ...(reason && { reason }), ...(words && { comment: words }) })
    },
    typing: () => void send({ type: 'typing' }),
    stop() {
      const { activeTurnId, messages } = model.shown
      const unplaced = messages.findLast((one) => one.position === undefined && one.delivery !== 'refused')
      const turnId = activeTurnId ?? unplaced?.turnId
      if (turnId !== undefined) ask({ type: 'reply-stop', turnId })
      // Nobody has told us yet which turn it will be.
      else stopWhenKnown = unplaced?.messageId
    },
    retry: (turnId) => ask({ type: 'reply-retry', turnId }),
    loadOlder() {
      const { hasOlder, loadingOlder } = model.shown
      if (!isWelcome || !hasOlder || loadingOlder || model.before === null) return
      if (send({ type: 'history-get', before: model.before, limit: MAX_PAGE_MESSAGES })) tell({ type: 'older-asked' })
    },
    startAnew() {
      visitor.store().turnToFresh()
      anew()
      isFresh = options.identity !== undefined
    },
    conversations() {
      if (!visitor.store().list) withList(() => tell({ type: 'listed' }))
      const shown = shownNumber()
      const listed = (visitor.store().list?.all() ?? []).map((one) => ({ ...one, current: one.number === shown }))
      if (listed.some(({ current }) => current)) return listed
      return [{ number: shown, title: '', at: new Date().toISOString(), current: true }, ...listed]
    },
    switchTo(which) {
      if (which !== shownNumber() && visitor.store().turnTo(which)) anew()
    },
    rename(which, title) {
      withList((list) => {
        list.rename(which, title)
        tell({ type: 'listed' })
      })
    },
    async delete(which) {
      const kept = visitor.store()
      const [{ deleteConversation }] = await Promise.all([import('./delete-conversation.ts'), kept.bringList()])
      await deleteConversation(serverUrl, visitor.admitTo(which))
      if (visitor.store() === kept) await gone(which)
    },
    async everything() {
      const { fetchEverything } = await import('./fetch-everything.ts')
      return fetchEverything(
        session,
        () => isWelcome && missing === undefined,
        () => number,
      )
    },
    forget() {
      visitor.forget()
      leave()
    },
    close() {
      close()
      tell({ type: 'line', line: 'idle' })
    },
  }
  return session
}
