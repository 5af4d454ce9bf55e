/** A conversation that stands still, for looking at the element and for its tests: it holds the real session's contract. */
import { initialState, type ConversationState, type ShownMessage } from '../session/conversation-state.ts'
import type { KeptConversation, TwinSession } from '../session/twin-session.ts'

/** What was asked of the session, in order, and the way to change what it shows. */
export interface FakeSession extends TwinSession {
  readonly asked: string[]
  show(change: Partial<ConversationState>): void
}

export function fakeSession(
  start: Partial<ConversationState> = {},
  kept: readonly KeptConversation[] = [],
): FakeSession {
  const listeners = new Set<(state: ConversationState) => void>()
  const asked: string[] = []
  let state: ConversationState = { ...initialState, ...start }
  let sent = 0
  let list = kept
  return {
    asked,
    get state() {
      return state
    },
    show(change) {
      state = { ...state, ...change }
      for (const listener of listeners) listener(state)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    open: () => void asked.push('open'),
    send(text, messageId = `sent-${++sent}`) {
      asked.push(`send ${text}`)
      const message = {
        messageId,
        role: 'visitor',
        text,
        at: new Date().toISOString(),
        delivery: 'pending',
        streaming: false,
      } as const
      this.show({ messages: [...state.messages, message] })
      return messageId
    },
    typing: () => void asked.push('typing'),
    stop: () => void asked.push('stop'),
    retry: (turnId) => void asked.push(`retry ${turnId}`),
    loadOlder: () => void asked.push('loadOlder'),
    startAnew() {
      asked.push('startAnew')
      this.show(initialState)
    },
    edit: (turnId, text) => void asked.push(`edit ${turnId} ${text}`),
    rate(turnId, rating, reason, comment) {
      asked.push(['rate', turnId, rating, reason, comment].filter((word) => word !== undefined).join(' '))
      const rated = ({ rating: _before, ...message }: ShownMessage): ShownMessage => ({
        ...message,
        ...(rating && { rating }),
      })
      this.show({
        messages: state.messages.map((one) => (one.turnId === turnId && one.role === 'twin' ? rated(one) : one)),
      })
    },
    conversations: () => list,
    switchTo: (number) => void asked.push(`switchTo ${number}`),
    rename(number, title) {
      asked.push(`rename ${number} ${title}`)
      list = list.map((one) => (one.number === number ? { ...one, title } : one))
    },
    delete(number) {
      asked.push(`delete ${number}`)
      list = list.filter((one) => one.number !== number)
      return Promise.resolve()
    },
    everything: () => Promise.resolve(state.messages),
    forget: () => void asked.push('forget'),
    close: () => void asked.push('close'),
  }
}
