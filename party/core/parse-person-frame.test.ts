import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../schema/domain/id.ts'
import { MAX_FRAME_BYTES, MAX_MESSAGE_CHARS, MAX_REPLY_CHARS } from '../../schema/wire/limits.ts'
import { parseClientFrame } from './parse-client-frame.ts'
import { parsePersonFrame } from './parse-person-frame.ts'

const turnId = newId<'turn'>()
const set = (controller: unknown) => ({ type: 'controller-set', controller })
const say = (text: unknown, messageId: unknown = 'm1') => ({ type: 'person-send', messageId, text })
const release = (text?: unknown) => ({ type: 'reply-release', turnId, ...(text !== undefined && { text }) })
const revise = (text: unknown, revisions: unknown = 1) => ({ type: 'reply-revise', turnId, text, revisions })

describe('parsePersonFrame', () => {
  it.each([
    { type: 'hello', after: 7 },
    { type: 'history-get', before: 9, limit: 50 },
    { type: 'mark', seq: 3 },
    { type: 'typing' },
    set('twin'),
    set('human'),
    set('held'),
    say('I am here.'),
    release(),
    release('In other words.'),
    release('x'.repeat(MAX_REPLY_CHARS)),
    revise('Better.', 2),
  ])('takes %o, and nothing else of it', (frame) => {
    const padded = JSON.stringify({ ...frame, name: 'Somebody Else', role: 'twin', personId: 'x' })
    expect(parsePersonFrame(padded)).toEqual({ ok: true, value: frame })
  })

  it.each([
    ['a controller nobody knows', set('owner'), 'frame_invalid'],
    ['a message without an id', say('x', ''), 'message_id_invalid'],
    ['a message of nothing', say(' \u200b'), 'message_empty'],
    ['a message that is too long', say('x'.repeat(MAX_MESSAGE_CHARS + 1)), 'message_too_long'],
    ['a message of half a character', say('\ud800'), 'message_malformed'],
    ['a release of no turn', { type: 'reply-release' }, 'frame_invalid'],
    ['a release of a turn that cannot be', { type: 'reply-release', turnId: 'x' }, 'turn_unknown'],
    ['a release in no words', release(' '), 'message_empty'],
    ['a release of null', release(null), 'frame_invalid'],
    ['a release that is too long', release('x'.repeat(MAX_REPLY_CHARS + 1)), 'message_too_long'],
    ['a revision without its count', revise('x', null), 'frame_invalid'],
    ['a revision that counts from nothing', revise('x', 0), 'frame_invalid'],
    ["a visitor's message", { type: 'message-send', messageId: 'm', text: 'x' }, 'frame_unknown'],
    ["a visitor's stop", { type: 'reply-stop', turnId }, 'frame_unknown'],
    ["a visitor's rating", { type: 'reply-rate', turnId, rating: 'up' }, 'frame_unknown'],
    ['a frame without a type', {}, 'frame_invalid'],
  ])('refuses %s', (_case, frame, code) => {
    expect(parsePersonFrame(JSON.stringify(frame))).toMatchObject({ ok: false, failure: { code } })
  })

  it('measures before it parses', () => {
    expect(parsePersonFrame('x'.repeat(MAX_FRAME_BYTES + 1))).toMatchObject({ failure: { code: 'frame_too_large' } })
  })

  it.each([set('human'), say('x'), release(), revise('x')])("is unknown on a visitor's line: %o", (frame) => {
    expect(parseClientFrame(JSON.stringify(frame))).toMatchObject({ failure: { code: 'frame_unknown' } })
  })

  it('never throws, and takes nothing it would not send itself', () => {
    const frames = fc.oneof(
      fc.json(),
      fc.record({ type: fc.constantFrom('controller-set', 'person-send', 'reply-release', 'reply-revise') }),
      fc.string({ unit: 'binary' }).map((text) => release(text)),
      fc.tuple(fc.string({ unit: 'binary' }), fc.anything()).map(([text, revisions]) => revise(text, revisions)),
      fc.tuple(fc.anything(), fc.anything()).map(([text, id]) => say(text, id)),
    )
    fc.assert(
      fc.property(frames, (frame) => {
        const parsed = parsePersonFrame(typeof frame === 'string' ? frame : (JSON.stringify(frame, quiet) ?? ''))
        if (parsed.ok) expect(parsePersonFrame(JSON.stringify(parsed.value))).toEqual(parsed)
      }),
      { numRuns: 1_000 },
    )
  })
})

/** `fc.anything()` makes what JSON cannot say. */
function quiet(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
