/** The wire as it may be cut, ended and spoilt. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chatStream, type ChatRead } from './chat-stream.ts'

const WORDS = ['Héllo ', '👩‍🚀', ' — ', 'data: [DONE]\n\n', '"quoted"\r\n', '', ' 日本']

function event(delta: object, finishReason: string | null = null): string {
  return `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason: finishReason }], usage: null })}`
}

function reply(words: readonly string[], newline: string): Uint8Array {
  const events = [
    ': keep-alive',
    event({ role: 'assistant', content: '' }),
    ...words.map((content) => event({ content })),
    `: a comment${newline}event: message${newline}id: 7${newline}retry: 10${newline}${event({}, 'stop')}`,
    'data: {"choices":[],"usage":{"prompt_tokens":31,"completion_tokens":7,"total_tokens":38}}',
    'data: [DONE]',
  ]
  return new TextEncoder().encode(events.map((one) => one + newline + newline).join(''))
}

function readAll(pieces: readonly Uint8Array[]): { text: string; usage: unknown; last: ChatRead | undefined } {
  const stream = chatStream()
  const reads = pieces.map((piece) => stream.read(piece))
  return {
    text: reads.map(({ text }) => text).join(''),
    usage: reads.find(({ usage }) => usage)?.usage,
    last: reads.at(-1),
  }
}

function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const ends = [...new Set(cuts)].toSorted((left, right) => left - right).concat(bytes.length)
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end))
}

describe('a stream of the chat wire', () => {
  it.each(['\n', '\r\n'])('says the same wherever one cut falls, with %j between lines', (newline) => {
    const bytes = reply(WORDS, newline)
    for (let at = 0; at <= bytes.length; at += 1) {
      const { text, usage, last } = readAll(cutAt(bytes, [at]))
      expect(text).toBe(WORDS.join(''))
      expect(usage).toEqual({ inputTokens: 31, outputTokens: 7 })
      expect(last).toMatchObject({ finished: true, done: true, failure: undefined })
    }
  })

  it('says the same however it is cut', () => {
    const words = fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 6 })
    const cuts = fc.array(fc.nat(4_000), { maxLength: 60 })
    fc.assert(
      fc.property(words, fc.constantFrom('\n', '\r\n'), cuts, (said, newline, where) => {
        const bytes = reply(said, newline)
        const { text, last } = readAll(
          cutAt(
            bytes,
            where.map((at) => at % bytes.length),
          ),
        )
        expect(text).toBe(said.join(''))
        expect(last).toMatchObject({ finished: true, done: true, failure: undefined })
      }),
    )
  })

  it('says words that came together in one piece', () => {
    const { text } = chatStream().read(reply(['One ', 'two ', 'three'], '\n'))
    expect(text).toBe('One two three')
  })

  it('says nothing twice: each read has its own words alone', () => {
    const stream = chatStream()
    const encoder = new TextEncoder()
    expect(stream.read(encoder.encode(`${event({ content: 'One ' })}\n\n`)).text).toBe('One ')
    expect(stream.read(encoder.encode(': nothing\n\n')).text).toBe('')
    expect(stream.read(encoder.encode(`${event({ content: 'two' })}\n\n`)).text).toBe('two')
  })

  it('says nothing after the end', () => {
    const { text, last } = readAll([reply(['All.'], '\n'), reply(['More.'], '\n')])
    expect(text).toBe('All.')
    expect(last?.done).toBe(true)
  })

  it('speaks a refusal of the model', () => {
    const bytes = new TextEncoder().encode(`${event({ content: null, refusal: 'I would rather not.' })}\n\n`)
    expect(chatStream().read(bytes).text).toBe('I would rather not.')
  })
})

describe('a hostile stream of the chat wire', () => {
  it.each([
    ['no JSON', 'data: {"choices":[{\n\n', 'model_garbled'],
    ['a page', 'data: <html>502</html>\n\n', 'model_garbled'],
    ['an event of nothing', 'data:\n\n', 'model_garbled'],
    ['no choices', 'data: {"object":"thing"}\n\n', 'model_garbled'],
    ['null', 'data: null\n\n', 'model_garbled'],
    ['JSON of a million brackets', `data: ${'['.repeat(200_000)}\n\n`, 'model_garbled'],
    ['an error', 'data: {"error":{"message":"secret prompt","type":"server_error"}}\n\n', 'model_unavailable'],
    [
      'an error in a named event',
      'event: error\ndata: {"error":{"code":"rate_limit_exceeded"}}\n\n',
      'model_rate_limited',
    ],
    ['an error by number', 'data: {"error":{"code":429}}\n\n', 'model_rate_limited'],
    ['a line that never ends', 'x'.repeat(300 * 1024), 'model_garbled'],
    ['an event that never ends', 'data: x\n'.repeat(200 * 1024), 'model_garbled'],
  ])('%s is a failure, and no more is read', (_case, bytes, failure) => {
    const stream = chatStream()
    const encoder = new TextEncoder()
    const read = stream.read(encoder.encode(bytes))
    expect(read).toMatchObject({ failure, text: '', finished: false })
  })

  it.each([
    ['a choice that is text', '{"choices":["word"]}'],
    ['content that is a number', '{"choices":[{"delta":{"content":7}}]}'],
    ['no choice at all', '{"choices":[]}'],
    ['a prototype', '{"choices":[{"delta":{"__proto__":{"content":"x"}}}]}'],
  ])('%s says nothing', (_case, json) => {
    expect(chatStream().read(new TextEncoder().encode(`data: ${json}\n\n`))).toMatchObject({
      text: '',
      failure: undefined,
    })
  })

  it.each([-1, 1.5, '7', 1e300, null])('counts nothing where the provider says %j', (count) => {
    const json = JSON.stringify({ choices: [], usage: { prompt_tokens: 3, completion_tokens: count } })
    expect(chatStream().read(new TextEncoder().encode(`data: ${json}\n\n`)).usage).toBeUndefined()
  })
})
