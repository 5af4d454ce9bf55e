/** Asks the room to erase a conversation for good. Brought when a visitor does it, which is seldom. */
import { FAILED, refusalOf, type BootstrapAnswer } from './bootstrap.ts'

const TIMEOUT_MS = 15_000

/** Resolves when it is gone; else rejects with the problem's code. `admission`: the right to talk in that conversation. */
export async function deleteConversation(serverUrl: string, admission: Promise<BootstrapAnswer>): Promise<void> {
  const late = new Promise<BootstrapAnswer>((give) => void setTimeout(give, TIMEOUT_MS, FAILED))
  const answer = await Promise.race([admission, late])
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
