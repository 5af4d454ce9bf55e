/** A person of the celebrity's side over the admin door: comes into a conversation, and does there what people may. */
import type { HistoryGetFrame, MessageRecord, PersonFrame, TypingFrame } from '../../schema/wire/frames.ts'
import { MAX_CONVERSATION_MESSAGES, MAX_PAGE_MESSAGES } from '../../schema/wire/limits.ts'
import type { Stack } from '../stack.ts'

type Answer = { readonly type?: string; readonly messages?: readonly MessageRecord[] }

export interface Operator {
  /** Answers the control frames, once all of it is done. */
  do(...frames: readonly (PersonFrame | TypingFrame | HistoryGetFrame)[]): Promise<readonly Answer[]>
  /** The turn whose reply is held. */
  held(): Promise<string>
  /** Reads along from here on, so that visitors see them there. */
  come(): Promise<void>
  /** Reads along no more. */
  go(): void
}

export function operator({ platformUrl, adminKey }: Stack, conversationId: string, name: string): Operator {
  const room = `${platformUrl}/admin/v1/conversations/${conversationId}`
  const query = `?name=${encodeURIComponent(name)}`
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
  let reading = new AbortController()
  const made: Operator = {
    async do(...frames) {
      const body = JSON.stringify({ frames })
      const response = await fetch(`${room}/frames${query}`, { method: 'POST', headers, body })
      const answer: { readonly frames?: readonly Answer[] } = Object(await response.json())
      if (!response.ok || !answer.frames) throw new Error(`${response.status} ${JSON.stringify(answer)}`)
      return answer.frames
    },
    async held() {
      const answers = await made.do({
        type: 'history-get',
        before: MAX_CONVERSATION_MESSAGES,
        limit: MAX_PAGE_MESSAGES,
      })
      const turn = answers.flatMap(({ messages }) => messages ?? []).find((one) => one.held)
      if (!turn) throw new Error(`Nothing is held: ${JSON.stringify(answers)}`)
      return turn.turnId
    },
    async come() {
      reading = new AbortController()
      const response = await fetch(`${room}/stream${query}`, { headers, signal: reading.signal })
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
      void response.text().catch(() => {}) // read to its end, which is going
    },
    go: () => reading.abort(),
  }
  return made
}
