/** Puts a conversation together: the visitor's store, the wire and the reducer. Nothing happens before a person acts. */
import type { ClientFrame, ServerFrame } from '../../schema/wire/frames.ts'
import { MAX_MESSAGE_CHARS, MAX_PAGE_MESSAGES } from '../../schema/wire/limits.ts'
import type { ProblemCode } from '../../schema/wire/problem.ts'
import { bootstrap } from './bootstrap.ts'
import { emptyModel } from './conversation-model.ts'
import type { ConversationState, Refusal } from './conversation-state.ts'
import { isPassing } from './is-passing.ts'
import { newMessageId } from './new-message-id.ts'
import { parseServerFrame } from './parse-server-frame.ts'
import { fold, reduce, type SessionEvent } from './reduce.ts'
import { refusalOfClose } from './refusal-of-close.ts'
import type { TwinSession, TwinSessionOptions } from './twin-session.ts'
import { openVisitorStore, type VisitorStore } from './visitor-store.ts'
import { openWire, type Wire } from './wire.ts'

/** How often a message is sent again on one page when the room says "not now". */
const MAX_RESENDS = 5
const RESEND_SECONDS = 3

/** A conversation with the twin of a deployment. */
export function openTwinSession(options: TwinSessionOptions): TwinSession {
  const { deploymentId } = options
  const serverUrl = new URL(options.serverUrl).origin
  const listeners = new Set<(state: ConversationState) => void>()
  let model = emptyModel
  let store: VisitorStore | undefined
  let wire: Wire | undefined
  let forget: AbortController | undefined
  let isWelcome = false
  let isTelling = false
  let lastAt = 0
  let lastProblem: Refusal | undefined
  let room: string | undefined
  /** Sent on this connection, so that one act is not sent twice over it. */
  const sent = new Set<string>()
  const resends = new Map<string, number>()
  /** The room said "not now": until then nothing goes, and from then on one message at a time, so that none overtakes. */
  let pause: ReturnType<typeof setTimeout> | undefined
  let isSlow = false
  /** What the visitor asked for while nobody could hear it; only the latest of a kind. */
  const asked = new Map<string, ClientFrame>()
  let stopWhenKnown: string | undefined

  function tell(event: SessionEvent): void {
    const before = model
    model = reduce(model, event)
    if (model === before || isTelling) return
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

  /** Sent now, or as soon as the room listens. */
  function ask(frame: ClientFrame): void {
    tell({ type: 'acted' })
    if (!isWelcome || !send(frame)) asked.set(frame.type, frame)
  }

  function flush(): void {
    if (!isWelcome || pause !== undefined) return
    const waiting = store?.outbox() ?? []
    isSlow &&= waiting.length > 0
    for (const { messageId, text } of isSlow ? waiting.slice(0, 1) : waiting) {
      if (!sent.has(messageId) && send({ type: 'message-send', messageId, text })) sent.add(messageId)
    }
  }

  function settle(messageId: string): void {
    sent.delete(messageId)
    resends.delete(messageId)
    store?.settle(messageId)
    if (isSlow) flush()
  }

  function onText(text: string): void {
    const frame = parseServerFrame(text)
    if (!frame) return
    tell({ type: 'frame', frame })
    if (model.gap) {
      isWelcome = false
      return wire?.cycle()
    }
    if ('type' in frame) follow(frame)
  }

  /** What a frame means beyond what it shows. */
  function follow(frame: Extract<ServerFrame, { type: string }>): void {
    switch (frame.type) {
      case 'welcome':
        isWelcome = true
        for (const { messageId } of frame.messages) settle(messageId)
        flush()
        for (const waiting of asked.values()) send(waiting)
        return asked.clear()
      case 'message-added':
        return settle(frame.messageId)
      case 'ack':
        settle(frame.messageId)
        if (stopWhenKnown === frame.messageId) ask({ type: 'reply-stop', turnId: frame.turnId })
        return
      case 'error':
        lastProblem = { code: frame.code, detail: frame.detail }
        if (frame.messageId !== undefined) later(frame.messageId, frame.code, frame.retryAfterSeconds)
        // The room could not tell which frame it was: whatever is unacknowledged goes again, and is one message still.
        else if (isPassing(frame.code))
          for (const messageId of sent) later(messageId, frame.code, frame.retryAfterSeconds)
        return
      case 'reply-start':
      case 'reply-end':
      case 'notice':
      case 'history-page': // shown, and nothing more
    }
  }

  /** The room refused a message: for good, or until a little later. */
  function later(messageId: string, code: ProblemCode, seconds = RESEND_SECONDS): void {
    const count = (resends.get(messageId) ?? 0) + 1
    resends.set(messageId, count)
    if (!isPassing(code) || count > MAX_RESENDS) {
      settle(messageId)
      return tell({ type: 'given-up', messageId, problem: code })
    }
    sent.delete(messageId)
    isSlow = true
    clearTimeout(pause)
    pause = setTimeout(() => {
      pause = undefined
      flush()
    }, seconds * 1_000)
  }

  function connect(kept: VisitorStore): Wire {
    forget = new AbortController()
    const { signal } = forget
    const conversation = kept.conversation()
    // Another tab of this site began anew: one visitor, one conversation.
    addEventListener('storage', () => kept.conversation() !== conversation && anew(), { signal })
    for (const entry of kept.outbox()) tell({ type: 'said', ...entry })
    return openWire({
      serverUrl,
      WebSocket: options.WebSocket,
      renew: (closed) => bootstrap(serverUrl, { deploymentId, visitorSecret: kept.secret, conversation }, closed),
      onOpen(conversationId) {
        // Another room's numbers say nothing about this one.
        if (room !== undefined && room !== conversationId) {
          model = emptyModel
          for (const entry of kept.outbox()) tell({ type: 'said', ...entry })
        }
        room = conversationId
        isWelcome = false
        lastProblem = undefined
        sent.clear()
        send({ type: 'hello', after: model.seq })
      },
      onText,
      onLine: (line) => tell({ type: 'line', line }),
      onRefused: (refusal) => tell({ type: 'refused', refusal }),
      explain: (closeCode) => lastProblem ?? refusalOfClose(closeCode),
    })
  }

  function open(): void {
    if (wire) return
    store ??= openVisitorStore(deploymentId)
    wire = connect(store)
  }

  function close(): void {
    forget?.abort()
    clearTimeout(pause)
    pause = undefined
    isSlow = false
    wire?.close()
    wire = undefined
    isWelcome = false
    asked.clear()
  }

  /** The same page in the visitor's conversation of another number. */
  function anew(): void {
    close()
    model = emptyModel
    room = stopWhenKnown = undefined
    open()
    tell({ type: 'acted' })
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
      // Half an emoji, as a cut paste leaves it, has no place in any database; it costs its character, not the message.
      const text = words.replace(/[\p{Cs}\0]/gu, '\ufffd')
      // Two messages of one millisecond keep their order.
      lastAt = Math.max(Date.now(), lastAt + 1)
      const entry = { messageId, text, at: new Date(lastAt).toISOString() }
      let problem: ProblemCode | undefined = model.shown.refusal?.code
      if (text.trim() === '') problem = 'message_empty'
      else if (text.length > MAX_MESSAGE_CHARS) problem = 'message_too_long'
      if (!problem && !store?.keep(entry)) problem = 'rate_limited'
      tell({ type: 'said', ...entry, ...(problem && { problem }) })
      flush()
      return messageId
    },
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
      store ??= openVisitorStore(deploymentId)
      store.nextConversation()
      anew()
    },
    close() {
      close()
      tell({ type: 'line', line: 'idle' })
    },
  }
  return session
}
