import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ServerFrame } from '../../schema/wire/frames.ts'
import { parseServerFrame } from './parse-server-frame.ts'

const head = { seq: 4, position: 1, messageId: 'm', turnId: 't', at: '2026-06-14T18:00:00.000Z' }
const { seq: _seq, ...place } = head
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
  [
    'a reply with follow-ups',
    { type: 'reply-end', seq: 4, turnId: 't', outcome: 'answered', followUps: ['And then?', 'Who else?'] },
  ],
  ['a changed message', { type: 'message-edited', seq: 4, turnId: 't', text: 'hello', edits: 2 }],
  ['a rating', { type: 'reply-rated', seq: 4, turnId: 't', rating: 'down' }],
  ['a rating taken back', { type: 'reply-rated', seq: 4, turnId: 't', rating: null }],
  [
    'a page with ratings, edits and follow-ups',
    {
      type: 'history-page',
      seq: 4,
      messages: [
        { ...record, rating: 'up', followUps: ['And then?'] },
        { position: 3, messageId: 'n', turnId: 'u', at: head.at, role: 'visitor', text: 'Ho', edits: 1 },
      ],
      before: 1,
    },
  ],
  ['what a person said', { type: 'message-added', text: 'hi', ...head, author: 'Maya' }],
  ['another who answers', { type: 'controller-changed', seq: 4, controller: 'held', person: 'Maya', at: head.at }],
  ['a held reply', { type: 'reply-held', seq: 4, turnId: 't' }],
  ['a revised reply', { type: 'reply-revised', seq: 4, turnId: 't', text: 'Ho', revisions: 2 }],
  [
    'a reply that a person cut off',
    { type: 'reply-end', seq: 4, turnId: 't', outcome: 'stopped', reason: 'taken_over' },
  ],
  ['who is here', { type: 'presence', seq: 4, visitor: true, people: ['Maya', 'Tom'] }],
  ['that nobody is', { type: 'presence', seq: 4, visitor: false, people: [] }],
  ['somebody who writes', { type: 'typing', seq: 4, who: 'person', name: 'Maya' }],
  ['a question how far we have read', { type: 'mark', seq: 4 }],
  [
    'a page with people in it',
    {
      type: 'history-page',
      seq: 4,
      messages: [
        { ...record, revisions: 1 },
        { ...place, position: 3, role: 'person', text: 'Ho', author: 'Maya' },
        { ...place, position: 4, role: 'twin', text: '', held: true },
      ],
      before: 1,
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
  [
    'a welcome to a conversation that a person has',
    {
      type: 'welcome',
      seq: 4,
      conversationId: 'c',
      resumed: true,
      messages: [],
      before: null,
      activeTurnId: 't',
      placesLeft: 9,
      controller: 'human',
      people: ['Maya'],
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
    ['a change of nothing', { type: 'message-edited', seq: 1, turnId: 't', edits: 1 }],
    ['a change that is none', { type: 'message-edited', seq: 1, turnId: 't', text: 'x', edits: 0 }],
    ['half a change', { type: 'message-edited', seq: 1, turnId: 't', text: 'x', edits: 1.5 }],
    ['a change of no turn', { type: 'message-edited', seq: 1, text: 'x', edits: 1 }],
    ['a rating we do not know', { type: 'reply-rated', seq: 1, turnId: 't', rating: 'meh' }],
    ['a rating that says nothing', { type: 'reply-rated', seq: 1, turnId: 't' }],
    ['somebody unknown who answers', { type: 'controller-changed', seq: 1, controller: 'god', person: 'M', at: 'x' }],
    ['a handover by nobody', { type: 'controller-changed', seq: 1, controller: 'twin', at: 'x' }],
    ['a held reply of no turn', { type: 'reply-held', seq: 1 }],
    ['a revision that is none', { type: 'reply-revised', seq: 1, turnId: 't', text: 'x', revisions: 0 }],
    ['that the visitor writes', { type: 'typing', seq: 1, who: 'visitor' }],
    ['a draft, which is for people', { type: 'reply-draft', seq: 1, turnId: 't', text: 'x' }],
    ['a role in a frame’s place', { type: 'visitor', ...head, text: 'x' }],
    ['a type that is an object', { type: { toString: 1, valueOf: 1 }, seq: 1 }],
    ['a type that is a list', { type: ['mark'], seq: 1 }],
    ['a rating of no turn', { type: 'reply-rated', seq: 1, rating: 'up' }],
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

  it.each([7, null, {}, ''])('from the author %j is a person’s all the same', (author) => {
    const raw = { type: 'message-added', text: 'hi', ...head, author }
    expect(parseServerFrame(JSON.stringify(raw))).toMatchObject({ author: '' })
  })

  it('says of a role only what is that role’s', () => {
    const every = { author: 'Maya', edits: 1, revisions: 1, held: true, rating: 'up', outcome: 'answered' }
    const messages = ['visitor', 'person', 'twin'].map((role) => ({ ...place, role, text: 'x', ...every }))
    expect(parseServerFrame(JSON.stringify({ type: 'history-page', seq: 1, messages, before: null }))).toEqual({
      type: 'history-page',
      seq: 1,
      messages: [
        { ...place, role: 'visitor', text: 'x', edits: 1 },
        { ...place, role: 'person', text: 'x', author: 'Maya' },
        { ...place, role: 'twin', text: 'x', revisions: 1, held: true, rating: 'up', outcome: 'answered' },
      ],
      before: null,
    })
  })

  it('may have a code that a newer room has learnt: what it refuses does not wait for ever', () => {
    const raw = { type: 'error', seq: 1, code: 'moon_too_bright', detail: '', messageId: 'm' }
    expect(parseServerFrame(JSON.stringify(raw))).toMatchObject({ code: 'moon_too_bright', messageId: 'm' })
  })

  it.each(['', '__proto__', 'toString', 'a_b c', '_a', 'a_', 7, null])('has no code %j', (code) => {
    expect(parseServerFrame(JSON.stringify({ type: 'error', seq: 1, code, detail: '' }))).toBeUndefined()
  })

  it('keeps three follow-ups, and no other thing in their place', () => {
    const raw = {
      type: 'reply-end',
      seq: 1,
      turnId: 't',
      outcome: 'answered',
      followUps: [7, '', 'a', {}, 'b', 'c', 'd'],
    }
    expect(parseServerFrame(JSON.stringify(raw))).toMatchObject({ followUps: ['a', 'b', 'c'] })
  })

  it.each([
    ['a rating of a visitor', { ...record, role: 'visitor', rating: 'up' }, 'rating'],
    ['a rating that is none', { ...record, rating: 5 }, 'rating'],
    ['a change of a reply', { ...record, edits: 3 }, 'edits'],
    ['no change at all', { ...record, role: 'visitor', edits: 0 }, 'edits'],
  ])('keeps a message but not %s', (_case, message, name) => {
    const page = { type: 'history-page', seq: 1, messages: [message], before: null }
    const parsed = parseServerFrame(JSON.stringify(page))
    expect(parsed).toMatchObject({ messages: [{ text: 'Hi' }] })
    expect(JSON.stringify(parsed)).not.toContain(name)
  })

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
