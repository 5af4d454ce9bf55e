import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../schema/domain/id.ts'
import {
  MAX_COMMENT_CHARS,
  MAX_CONTEXT_KEY_CHARS,
  MAX_CONTEXT_KEYS,
  MAX_CONTEXT_VALUE_CHARS,
  MAX_FRAME_BYTES,
  MAX_MESSAGE_CHARS,
} from '../../schema/wire/limits.ts'
import { parseClientFrame } from './parse-client-frame.ts'

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../e2e/fixtures/${name}`, import.meta.url), 'utf8'))
const jsonTexts = fixture('jsontestsuite-parsing.json') as { name: string; input: string }[]
const naughty = fixture('blns.json') as string[]
const send = (text: unknown, messageId: unknown = 'm1') => JSON.stringify({ type: 'message-send', messageId, text })
const turnId = newId<'turn'>()
const within = (context: unknown) => JSON.stringify({ type: 'message-send', messageId: 'm1', text: 'a', context })
const edit = (text: unknown, edits: unknown = 1) => JSON.stringify({ type: 'message-edit', turnId, text, edits })
const rate = (rating: unknown, more: object = {}) => JSON.stringify({ type: 'reply-rate', turnId, rating, ...more })
const facts = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']))

describe('parseClientFrame', () => {
  it.each([
    [{ type: 'hello', after: null }],
    [{ type: 'hello', after: 0 }],
    [{ type: 'message-send', messageId: 'm', text: 'Hello 👋🏽 \n there' }],
    [{ type: 'reply-stop', turnId: newId() }],
    [{ type: 'reply-retry', turnId: newId() }],
    [{ type: 'history-get', before: 1, limit: 50 }],
    [{ type: 'message-send', messageId: 'm', text: 'a', context: {} }],
    [{ type: 'message-send', messageId: 'm', text: 'a', context: { product: 'Gloves \n “Rain”', constructor: 'x' } }],
    [{ type: 'message-send', messageId: 'm', text: 'a', context: facts(MAX_CONTEXT_KEYS) }],
    [{ type: 'message-edit', turnId: newId(), text: 'Better', edits: 1 }],
    [{ type: 'reply-rate', turnId: newId(), rating: 'up' }],
    [{ type: 'reply-rate', turnId: newId(), rating: null }],
    [{ type: 'reply-rate', turnId: newId(), rating: 'down', reason: 'off_topic', comment: 'Not that.' }],
  ])('takes %j as it is', (frame) => {
    expect(parseClientFrame(JSON.stringify(frame))).toEqual({ ok: true, value: frame })
  })

  it.each([
    ['nothing', '', 'frame_invalid'],
    ['a string', '"hello"', 'frame_invalid'],
    ['null', 'null', 'frame_invalid'],
    ['an array that looks like a delta', '[1,"text"]', 'frame_invalid'],
    ['an object without a type', '{}', 'frame_invalid'],
    ['a type that is no string', '{"type":7}', 'frame_invalid'],
    ['a frame of the server', '{"type":"reply-end"}', 'frame_unknown'],
    ['a type of the prototype', '{"type":"constructor"}', 'frame_unknown'],
    ['hello without a number', '{"type":"hello"}', 'frame_invalid'],
    ['hello after a fraction', '{"type":"hello","after":1.5}', 'frame_invalid'],
    ['hello after less than nothing', '{"type":"hello","after":-1}', 'frame_invalid'],
    ['hello after too much', '{"type":"hello","after":1e300}', 'frame_invalid'],
    ['a message without text', '{"type":"message-send","messageId":"a"}', 'frame_invalid'],
    ['a message without id', '{"type":"message-send","text":"a"}', 'message_id_invalid'],
    ['an id with a space', send('a', 'a b'), 'message_id_invalid'],
    ['an id with a line end', send('a', 'ab\n'), 'message_id_invalid'],
    ['an id of 65 characters', send('a', 'x'.repeat(65)), 'message_id_invalid'],
    ['an id that is no string', send('a', 5), 'message_id_invalid'],
    ['an empty message', send(''), 'message_empty'],
    ['white space', send(' \n\t\u00a0'), 'message_empty'],
    ['what nobody sees', send('\u200b\u2060\u00ad\ufe0f'), 'message_empty'],
    ['one character too many', send('x'.repeat(MAX_MESSAGE_CHARS + 1)), 'message_too_long'],
    ['a lone high surrogate', send('a\ud83d'), 'message_malformed'],
    ['a lone low surrogate', send('\udc4b b'), 'message_malformed'],
    ['a pair the wrong way round', send('\udc4b\ud83d'), 'message_malformed'],
    ['U+0000, which Postgres cannot keep', send('a\0b'), 'message_malformed'],
    ['a stop that names no turn', '{"type":"reply-stop"}', 'frame_invalid'],
    ['a stop of no possible turn', '{"type":"reply-stop","turnId":"x"}', 'turn_unknown'],
    ['context that is a list', within(['a']), 'context_invalid'],
    ['context that is null', within(null), 'context_invalid'],
    ['context that is text', within('a'), 'context_invalid'],
    ['context with a number in it', within({ a: 1 }), 'context_invalid'],
    ['context with an object in it', within({ a: { b: 'c' } }), 'context_invalid'],
    ['context without a name', within({ '': 'v' }), 'context_invalid'],
    ['a long name in context', within({ ['x'.repeat(MAX_CONTEXT_KEY_CHARS + 1)]: 'v' }), 'context_invalid'],
    ['a long value in context', within({ a: 'x'.repeat(MAX_CONTEXT_VALUE_CHARS + 1) }), 'context_invalid'],
    ['too many names in context', within(facts(MAX_CONTEXT_KEYS + 1)), 'context_invalid'],
    ['half a character in context', within({ a: '\ud83d' }), 'context_invalid'],
    ['an edit of no turn', '{"type":"message-edit","text":"a","edits":1}', 'frame_invalid'],
    ['an edit of no possible turn', '{"type":"message-edit","turnId":"x","text":"a","edits":1}', 'turn_unknown'],
    ['an edit without its count', edit('a', null), 'frame_invalid'],
    ['an edit that is the none-th', edit('a', 0), 'frame_invalid'],
    ['an edit and a half', edit('a', 1.5), 'frame_invalid'],
    ['an edit without text', edit(undefined), 'frame_invalid'],
    ['an edit to nothing', edit(' \u200b'), 'message_empty'],
    ['an edit to too much', edit('x'.repeat(MAX_MESSAGE_CHARS + 1)), 'message_too_long'],
    ['an edit to half a character', edit('a\ud83d'), 'message_malformed'],
    ['a rating of no turn', '{"type":"reply-rate","rating":"up"}', 'frame_invalid'],
    ['a rating of no possible turn', '{"type":"reply-rate","turnId":"x","rating":"up"}', 'turn_unknown'],
    ['no rating', rate(undefined), 'frame_invalid'],
    ['another rating', rate('sideways'), 'frame_invalid'],
    ['another reason', rate('down', { reason: 'because' }), 'frame_invalid'],
    ['a reason of the prototype', rate('down', { reason: 'toString' }), 'frame_invalid'],
    ['a comment that is no text', rate('down', { comment: 7 }), 'frame_invalid'],
    ['a long comment', rate('down', { comment: 'x'.repeat(MAX_COMMENT_CHARS + 1) }), 'message_too_long'],
    ['half a character in a comment', rate('down', { comment: '\ud83d' }), 'message_malformed'],
    ['a page of none', '{"type":"history-get","before":5,"limit":0}', 'history_invalid'],
    ['a page of 51', '{"type":"history-get","before":5,"limit":51}', 'history_invalid'],
    ['a page before the first', '{"type":"history-get","before":0,"limit":5}', 'history_invalid'],
    ['one byte too many', `"${'x'.repeat(MAX_FRAME_BYTES - 1)}"`, 'frame_too_large'],
    ['too many bytes in few characters', `"${'€'.repeat(MAX_FRAME_BYTES / 3)}"`, 'frame_too_large'],
    ['an abyss of brackets', '['.repeat(MAX_FRAME_BYTES), 'frame_invalid'],
  ])('refuses %s', (_case, raw, code) => {
    expect(parseClientFrame(raw)).toMatchObject({ ok: false, failure: { code } })
  })

  it('refuses binary frames, whatever they hold', () => {
    const bytes = new TextEncoder().encode('{"type":"hello","after":null}')
    expect(parseClientFrame(bytes)).toMatchObject({ ok: false, failure: { code: 'frame_invalid' } })
    expect(parseClientFrame(bytes.buffer)).toMatchObject({ ok: false, failure: { code: 'frame_invalid' } })
  })

  it('measures before it parses: exactly 64 KiB may pass', () => {
    const [head, tail] = ['{"type":"hello","after":null,"pad":"', '"}']
    const frame = head + 'x'.repeat(MAX_FRAME_BYTES - head.length - tail.length) + tail
    expect(parseClientFrame(frame)).toEqual({ ok: true, value: { type: 'hello', after: null } })
    expect(parseClientFrame(`${frame} `)).toMatchObject({ failure: { code: 'frame_too_large' } })
  })

  it('drops everything that claims who is speaking, and what reaches for the prototype', () => {
    const raw = `{"type":"message-send","messageId":"m","text":"hi","role":"twin","visitorId":"v","tenantId":"t",
      "position":9,"__proto__":{"role":"twin"},"constructor":{"prototype":{"polluted":true}}}`
    expect(parseClientFrame(raw)).toEqual({ ok: true, value: { type: 'message-send', messageId: 'm', text: 'hi' } })
    expect({}).not.toHaveProperty('polluted')
  })

  it('says which message or turn a refusal is about', () => {
    expect(parseClientFrame(within(7))).toMatchObject({ failure: { messageId: 'm1' } })
    expect(parseClientFrame(edit(''))).toMatchObject({ failure: { turnId } })
    expect(parseClientFrame(rate('sideways'))).toMatchObject({ failure: { turnId } })
  })

  it('leaves a comment of nothing out', () => {
    expect(parseClientFrame(rate('down', { comment: ' \n' }))).toEqual({
      ok: true,
      value: { type: 'reply-rate', turnId, rating: 'down' },
    })
  })

  it('takes a context that reaches for the prototype as data', () => {
    const raw = '{"type":"message-send","messageId":"m","text":"hi","context":{"__proto__":"x"}}'
    const parsed = parseClientFrame(raw)
    expect(JSON.stringify(parsed)).toContain('"context":{"__proto__":"x"}')
    expect(JSON.stringify(parseClientFrame('{"__proto__":{"type":"hello","after":null}}'))).toContain('frame_invalid')
  })

  it(`answers all ${jsonTexts.length} texts of the JSON test suite with a refusal, and none with an exception`, () => {
    for (const { input } of jsonTexts) expect(parseClientFrame(input)).toMatchObject({ ok: false })
  })

  it(`gives back all ${naughty.length} naughty strings unchanged, or says they are empty`, () => {
    for (const text of naughty) {
      const parsed = parseClientFrame(send(text))
      if (parsed.ok) expect(parsed.value).toEqual({ type: 'message-send', messageId: 'm1', text })
      else expect(['message_empty', 'message_malformed']).toContain(parsed.failure.code)
      expect(parseClientFrame(text).ok).toBe(false)
    }
  })

  it('never throws, and takes nothing it would not send itself', () => {
    const frames = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .record({ type: fc.string(), messageId: fc.anything(), text: fc.anything() })
        .map((frame) => JSON.stringify(frame)),
      fc
        .record({ type: fc.constant('message-send'), messageId: fc.string(), text: fc.string({ unit: 'binary' }) })
        .map((f) => JSON.stringify(f)),
      fc.dictionary(fc.string({ maxLength: 50 }), fc.string({ unit: 'binary', maxLength: 310 })).map(within),
      fc.tuple(fc.string({ unit: 'binary' }), fc.nat()).map(([text, edits]) => edit(text, edits)),
      fc.string({ unit: 'binary', maxLength: 510 }).map((comment) => rate('down', { comment })),
    )
    fc.assert(
      fc.property(frames, (raw) => {
        const parsed = parseClientFrame(raw)
        if (parsed.ok) expect(parseClientFrame(JSON.stringify(parsed.value))).toEqual(parsed)
      }),
      { numRuns: 2_000 },
    )
  })
})
