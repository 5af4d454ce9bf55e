/** Asks the room to erase a conversation for good. Brought when a visitor does it, which is seldom. */
import { refusalOf, type BootstrapAnswer } from './bootstrap.ts'

const TIMEOUT_MS = 15_000

/** Resolves when it is gone; else rejects with the problem's code. `answer`: the right to talk in that conversation. */
export async function deleteConversation(serverUrl: string, answer: BootstrapAnswer): Promise<void> {
  if (answer.kind === 'failed') throw new Error('service_unavailable')
  if (answer.kind === 'refused') return goneOrThrow(answer.refusal.code)
  const { token, conversationId } = answer.session
  const response = await fetch(`${serverUrl}/v1/conversations/${conversationId}`, {
    method: 'DELETE',
    credentials: 'omit',
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (response.status !== 204) goneOrThrow((await refusalOf(response))?.code ?? 'service_unavailable')
}

/** Gone already is gone: another tab or device was faster. */
function goneOrThrow(code: string): void {
  if (code !== 'conversation_deleted') throw new Error(code)
}
