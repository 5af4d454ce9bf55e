/** What every adapter of a model owes the room, over both wires: whole words, honest failures, and no call that outlives it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleTwin } from '../testing/example-twin.ts'
import { chatWire, responsesWire, startUpstream, type Upstream, type UpstreamCall } from '../testing/node/model-wire.ts'
import type { ModelPart, ReplyModel, ReplyRequest } from '../core/ports.ts'
import { aiSdkReplyModel } from './ai-sdk-reply-model.ts'
import { openaiReplyModel, type OpenAiReplyModelOptions } from './openai-reply-model.ts'

const request: ReplyRequest = {
  instructions: 'You are the AI twin of Nova Reed.',
  messages: [
    { role: 'user', text: 'Hello?' },
    { role: 'assistant', text: 'Hello.' },
    { role: 'user', text: 'And now?' },
  ],
  maxOutputTokens: 300,
  context: exampleTwin,
  history: [],
  question: 'And now?',
}

let upstream: Upstream

beforeEach(async () => {
  upstream = await startUpstream()
})
afterEach(() => upstream.close())

type Make = (options: OpenAiReplyModelOptions) => ReplyModel

function ask(make: Make, change: Partial<OpenAiReplyModelOptions> = {}, signal = new AbortController().signal) {
  const options = { apiKey: 'key', baseUrl: upstream.baseUrl, model: 'scripted', firstTokenTimeoutMs: 5_000 }
  const model = make({ ...options, idleTimeoutMs: 5_000, ...change })
  const parts: ModelPart[] = []
  const heard = new Set<() => void>()
  const read = async (): Promise<ModelPart[]> => {
    for await (const part of model.stream(request, signal)) {
      parts.push(part)
      heard.forEach((look) => look())
    }
    return parts
  }
  return {
    all: read(),
    /** Resolves once that much was said. */
    said: (text: string) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (textOf(parts).includes(text)) resolve()
        }
        heard.add(look)
        look()
      }),
  }
}

function textOf(parts: readonly ModelPart[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
}

function failureOf(parts: readonly ModelPart[]): string | undefined {
  const last = parts.at(-1)
  return last?.type === 'failed' ? last.reason : undefined
}

/** By the adapter itself, and not by its patience. */
async function soonClosed({ closed }: UpstreamCall): Promise<void> {
  const began = performance.now()
  await closed
  expect(performance.now() - began).toBeLessThan(250)
}

describe.each([
  ['chat completions', openaiReplyModel, chatWire, '/v1/chat/completions'],
  ['the Responses wire, by the AI SDK', aiSdkReplyModel, responsesWire, '/v1/responses'],
] as const)('over %s', (_name, make, wire, path) => {
  it('says the words and then what they cost', async () => {
    const asked = ask(make)
    const call = await upstream.nextCall()
    expect(call).toMatchObject({ path, headers: { authorization: 'Bearer key' } })
    expect(call.body).toMatchObject({ model: 'scripted', stream: true })
    await call.write(wire.word('Héllo ') + wire.word('👩‍🚀.'))
    call.response.end(wire.finish(31, 7))
    const parts = await asked.all
    expect(textOf(parts)).toBe('Héllo 👩‍🚀.')
    expect(parts.at(-1)).toEqual({ type: 'usage', inputTokens: 31, outputTokens: 7 })
  })

  it.each([
    [429, 'model_rate_limited'],
    [401, 'model_unavailable'],
    [500, 'model_unavailable'],
    [504, 'model_timeout'],
    [408, 'model_timeout'],
  ])('answers a status of %i with %s, and nothing was used', async (status, reason) => {
    const asked = ask(make)
    const { response } = await upstream.nextCall()
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}')
    expect(await asked.all).toEqual([
      { type: 'usage', inputTokens: 0, outputTokens: 0 },
      { type: 'failed', reason },
    ])
  })

  it('knows a stream that was cut from one that has ended', async () => {
    const asked = ask(make)
    const call = await upstream.nextCall()
    await call.write(wire.word('Half '))
    await asked.said('Half ')
    call.response.destroy()
    const parts = await asked.all
    expect([textOf(parts), failureOf(parts)]).toEqual(['Half ', 'model_cut_off'])
  })

  it('knows a stream that ends without having finished', async () => {
    const asked = ask(make)
    const call = await upstream.nextCall()
    await call.write(wire.word('Half '))
    call.response.end()
    expect(failureOf(await asked.all)).toBe('model_cut_off')
  })

  it.each([
    ['nonsense', 'data: {"this is": not json\n\n'],
    ['nothing', ''],
    ['another thing than a stream', '<html>It works</html>'],
  ])('calls %s garbled', async (_case, bytes) => {
    const asked = ask(make)
    const call = await upstream.nextCall()
    await call.write(bytes)
    call.response.end()
    expect(failureOf(await asked.all)).toBe('model_garbled')
  })

  it('is unavailable where nobody listens', async () => {
    await upstream.close()
    expect(failureOf(await ask(make).all)).toBe('model_unavailable')
  })

  it('waits for a first word no longer than it was told, whatever else is sent', async () => {
    const asked = ask(make, { firstTokenTimeoutMs: 80 })
    const call = await upstream.nextCall()
    await call.write(': still here\n\n')
    expect(failureOf(await asked.all)).toBe('model_timeout')
    await call.closed
  })

  it('waits for the next word no longer than it was told', async () => {
    const asked = ask(make, { idleTimeoutMs: 80 })
    const call = await upstream.nextCall()
    await call.write(wire.word('Well, '))
    const parts = await asked.all
    expect([textOf(parts), failureOf(parts)]).toEqual(['Well, ', 'model_timeout'])
    await call.closed
  })

  it('hangs up within 250 ms of being aborted, and says nothing more', async () => {
    const stop = new AbortController()
    const asked = ask(make, {}, stop.signal)
    const call: UpstreamCall = await upstream.nextCall()
    await call.write(wire.word('Once '))
    await asked.said('Once ')
    stop.abort()
    await soonClosed(call)
    const parts = await asked.all
    expect(parts).toEqual([{ type: 'text', text: 'Once ' }])
  })

  it('hangs up when nobody reads on', async () => {
    const options = { apiKey: 'key', baseUrl: upstream.baseUrl, model: 'scripted' }
    const model = make({ ...options, firstTokenTimeoutMs: 5_000, idleTimeoutMs: 5_000 })
    const reading = (async () => {
      for await (const part of model.stream(request, new AbortController().signal)) return part
      return undefined
    })()
    const call = await upstream.nextCall()
    await call.write(wire.word('Enough. '))
    expect(await reading).toEqual({ type: 'text', text: 'Enough. ' })
    await soonClosed(call)
  })

  it('asks nobody once it was aborted', async () => {
    const parts = await ask(make, { baseUrl: 'http://127.0.0.1:1/v1' }, AbortSignal.abort()).all
    expect(parts).toEqual([])
  })
})

describe('the chat wire, read directly', () => {
  it('asks for the stream, the count, and no more than it may say', async () => {
    const asked = ask(openaiReplyModel)
    const call = await upstream.nextCall()
    expect(call.body).toEqual({
      model: 'scripted',
      messages: [
        { role: 'system', content: 'You are the AI twin of Nova Reed.' },
        { role: 'user', content: 'Hello?' },
        { role: 'assistant', content: 'Hello.' },
        { role: 'user', content: 'And now?' },
      ],
      max_tokens: 300,
      stream: true,
      stream_options: { include_usage: true },
    })
    call.response.writeHead(200).end(chatWire.finish(1, 0))
    await asked.all
  })

  it.each(['o3-mini', 'gpt-5', 'gpt-5.1-mini'])('asks %s in the words of a model that reasons', async (model) => {
    const asked = ask(openaiReplyModel, { model })
    const { body, response } = await upstream.nextCall()
    expect(body).toMatchObject({ max_completion_tokens: 300, messages: [{ role: 'developer' }, {}, {}, {}] })
    expect(body).not.toHaveProperty('max_tokens')
    response.writeHead(200).end(chatWire.finish(1, 0))
    await asked.all
  })

  it.each(['gpt-4.1-mini', 'gpt-4o', 'gpt-5-chat-latest', 'llama-o1', 'mistral'])(
    'asks %s in the usual words',
    async (model) => {
      const asked = ask(openaiReplyModel, { model })
      const { body, response } = await upstream.nextCall()
      expect(body).toMatchObject({ max_tokens: 300, messages: [{ role: 'system' }, {}, {}, {}] })
      response.writeHead(200).end(chatWire.finish(1, 0))
      await asked.all
    },
  )

  it('takes a reply that has finished as whole, though the count never comes and the line stays open', async () => {
    const asked = ask(openaiReplyModel)
    const call = await upstream.nextCall()
    await call.write(`${chatWire.word('All.')}data: {"choices":[{"delta":{},"finish_reason":"length"}]}\n\n`)
    expect(await asked.all).toEqual([{ type: 'text', text: 'All.' }])
    await call.closed
  })

  it('ends at the end, whatever is sent behind it', async () => {
    const asked = ask(openaiReplyModel)
    const call = await upstream.nextCall()
    await call.write(chatWire.word('All.') + chatWire.finish(3, 1) + chatWire.word('More.'))
    expect(textOf(await asked.all)).toBe('All.')
    await soonClosed(call)
  })

  it('does not follow a redirect with the prompt in hand', async () => {
    const asked = ask(openaiReplyModel)
    const call = await upstream.nextCall()
    call.response.writeHead(307, { location: `${upstream.baseUrl}/elsewhere` }).end()
    expect(failureOf(await asked.all)).toBe('model_unavailable')
  })

  it('tells an error in the middle from the end, and keeps what was said', async () => {
    const asked = ask(openaiReplyModel)
    const call = await upstream.nextCall()
    await call.write(
      `${chatWire.word('Half ')}data: {"error":{"message":"the prompt","code":"rate_limit_exceeded"}}\n\n`,
    )
    expect(await asked.all).toEqual([
      { type: 'text', text: 'Half ' },
      { type: 'failed', reason: 'model_rate_limited' },
    ])
    await call.closed
  })

  it('gives up on a line that never ends', async () => {
    const asked = ask(openaiReplyModel)
    const call = await upstream.nextCall()
    call.response.on('error', () => undefined)
    void call.write('x'.repeat(1024 * 1024)).catch(() => undefined)
    expect(failureOf(await asked.all)).toBe('model_garbled')
    await call.closed
  })
})

describe('the Responses wire', () => {
  it('asks that nothing be stored', async () => {
    const asked = ask(aiSdkReplyModel)
    const { body, response } = await upstream.nextCall()
    expect(body).toMatchObject({ store: false, max_output_tokens: 300 })
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(responsesWire.finish(1, 0))
    await asked.all
  })
})
