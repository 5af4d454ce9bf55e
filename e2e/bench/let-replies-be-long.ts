/** Lifts the length guard of the bench's twin, which holds text back near its limit. */
import { CAST } from '../../schema/local/cast.ts'
import type { Stack } from '../stack.ts'

const MAX_RESPONSE_LENGTH = 20_000

export async function letRepliesBeLong({ platformUrl, adminKey }: Stack): Promise<void> {
  const url = `${platformUrl}/admin/v1/celebrities/${CAST.remy.celebrityId}`
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
  const celebrity: unknown = await (await fetch(url, { headers })).json()
  const twinConfig = record(record(celebrity)['twinConfig'])
  const guardrails = { ...record(twinConfig['guardrails']), maxResponseLength: MAX_RESPONSE_LENGTH }
  const body = JSON.stringify({ twinConfig: { ...twinConfig, guardrails } })
  const answer = await fetch(url, { method: 'PATCH', headers, body })
  if (!answer.ok) throw new Error(`The twin's length could not be set: ${await answer.text()}`)
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
