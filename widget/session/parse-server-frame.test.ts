import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ServerFrame } from '../../schema/wire/frames.ts'
import { parseServerFrame } from './parse-server-frame.ts'

const head = { seq: 4, position: 1, messageId: 'm', turnId: 't', at: '2026-06-14T18:00:00.000Z' }
const record = {
  position: 1,
  messageId: 'm',
  turnId: 't',
  at: head.at,
  role: 'twin',
  text: 'Hi',
  outcome: 'answered',
} as const
const frames: [string, ServerFrame][] = [
  ['a delta', [4, 'text']],
  ['a message', { type: 'message-added', text: 'hi', ...head }],
  ['a reply that starts', { type: 'reply-start', ...head }],
  ['a reply that ends', { type: 'reply-end', seq: 4, turnId: 't', outcome: 'failed', reason: 'model_timeout' }],
  [
    'a reply with sources',
    {
      type: 'reply-end',
      seq: 4,
      turnId: 't',
      outcome: 'answered',
      sources: [{ title: 'A', url: 'https://a.example/' }, { title: 'B' }],
    },
  ],
  ['a notice', { type: 'notice', seq: 4, notice: 'conversation_nearly_full', placesLeft: 100 }],
  ['an acknowledgement', { type: 'ack', seq: 4, messageId: 'm', turnId: 't' }],
  [
    'an error',
    { type: 'error', seq: 4, code: 'rate_limited', detail: 'Slowly.', messageId: 'm', retryAfterSeconds: 3 },
  ],
  ['a history page', { type: 'history-page', seq: 4, messages: [record], before: 1 }],
  [
    'a welcome',
    {
      type: 'welcome',
      seq: 4,
      conversationId: 'c',
      resumed: false,
      messages: [record],
      before: null,
      activeTurnId: null,
      placesLeft: 9,
    },
  ],
]

describe('a frame from the room', () => {
  it.each(frames)('is read: %s', (_case, frame) => {
    expect(parseServerFrame(JSON.stringify(frame))).toEqual(frame)
  })

  it.each<[string, unknown]>([
    ['no text', new ArrayBuffer(2)],
    ['no JSON', '{'],
    ['a number', '7'],
    ['null', 'null'],
    ['an unknown type', { type: 'reply-sing', seq: 1 }],
    ['a prototype as type', { type: '__proto__', seq: 1 }],
    ['a delta of three', [1, 'a', 'b']],
    ['a delta without text', [1, 2]],
    ['a delta with a negative number', [-1, 'a']],
    ['a number that is none', { type: 'ack', seq: '4', messageId: 'm', turnId: 't' }],
    ['a fraction', { type: 'ack', seq: 1.5, messageId: 'm', turnId: 't' }],
    ['an acknowledgement of nothing', { type: 'ack', seq: 1 }],
    ['an error with an unknown code', { type: 'error', seq: 1, code: 'constructor', detail: '' }],
    ['an ending without outcome', { type: 'reply-end', seq: 1, turnId: 't' }],
    [
      'a message that claims no author we know',
      { type: 'history-page', seq: 1, messages: [{ ...record, role: 'system' }], before: null },
    ],
    [
      'a page with one bad message',
      { type: 'history-page', seq: 1, messages: [record, { ...record, text: 7 }], before: null },
    ],
    ['a page of endless length', { type: 'history-page', seq: 1, messages: Array(1_001).fill(record), before: null }],
    ['more than any frame of ours', JSON.stringify([1, 'x'.repeat(4 * 1024 * 1024)])],
  ])('is dropped: %s', (_case, raw) => {
    const text = typeof raw === 'string' || raw instanceof ArrayBuffer ? raw : JSON.stringify(raw)
    expect(parseServerFrame(text)).toBeUndefined()
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'https://a@b.example/', ' https://a.example'])(
    'keeps a source but not its address %s',
    (url) => {
      const frame = { type: 'reply-end', seq: 1, turnId: 't', outcome: 'answered', sources: [{ title: 'A', url }] }
      expect(parseServerFrame(JSON.stringify(frame))).toMatchObject({ sources: [{ title: 'A' }] })
      expect(JSON.stringify(parseServerFrame(JSON.stringify(frame)))).not.toContain('url')
    },
  )

  it('is not completed by what a page has put on Object.prototype', () => {
    Object.defineProperty(Object.prototype, 'turnId', { value: 'polluted', configurable: true })
    try {
      expect(parseServerFrame('{"type":"ack","seq":1,"messageId":"m"}')).toBeUndefined()
    } finally {
      Reflect.deleteProperty(Object.prototype, 'turnId')
    }
  })

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string(), fc.anything()), (raw) => void parseServerFrame(raw)))
  })
})
