/** The scripted model must be taken for the real wire by the client library that production uses. */
import { createOpenAI } from '@ai-sdk/openai'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startOpenAiServer } from './openai-server.ts'
import type { OpenAiServer } from './openai-server.ts'

let server: OpenAiServer

beforeEach(async () => {
  server = await startOpenAiServer()
})
afterEach(() => server.close())

describe('the scripted model', () => {
  it('streams words, a reason to finish and the usage to the real client', async () => {
    server.next({ text: 'one two three', tokensPerSecond: 500 })
    expect(await read()).toEqual(['one ', 'two ', 'three', 'finish:stop:3'])
    expect(server.seen).toMatchObject([{ authorization: 'Bearer local', tokensSent: 3, end: 'finished' }])
  })

  it('echoes the question when it has no text', async () => {
    expect((await read()).join('')).toContain('say this')
  })

  it.each([
    ['a 429', { kind: 'status', status: 429 }],
    ['a 500', { kind: 'status', status: 500 }],
  ] as const)('answers with %s', async (_case, fault) => {
    server.next({ fault })
    await expect(read()).rejects.toMatchObject({ statusCode: fault.status })
  })

  it.each([
    ['garbage', { kind: 'garbage' }],
    ['a stream cut in the middle', { kind: 'cut', afterTokens: 2 }],
  ] as const)('answers with %s', async (_case, fault) => {
    server.next({ text: 'one two three', fault })
    const parts = await read().catch((failure: unknown) => [`threw:${String(failure)}`])
    expect(parts.join(' ')).toMatch(/error|threw/)
    expect(parts.join(' ')).not.toContain('finish:stop')
  })

  it('notices that the client hung up while it said nothing', async () => {
    server.next({ text: 'one two', fault: { kind: 'hang', afterTokens: 1 } })
    await read(AbortSignal.timeout(300)).catch(() => undefined)
    await expect.poll(() => server.seen[0]?.end).toBe('aborted')
  })
})

async function read(signal?: AbortSignal): Promise<string[]> {
  const model = createOpenAI({ apiKey: 'local', baseURL: server.baseUrl }).chat('local-model')
  const { stream } = await model.doStream({
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'say this' }] }],
    ...(signal ? { abortSignal: signal } : {}),
  })
  const parts: string[] = []
  for await (const part of stream) {
    if (part.type === 'text-delta' && part.delta !== '') parts.push(part.delta)
    if (part.type === 'error') parts.push('error')
    if (part.type === 'finish') parts.push(`finish:${part.finishReason.unified}:${part.usage.outputTokens.total}`)
  }
  return parts
}
