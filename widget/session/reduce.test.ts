import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MessageRecord, Rating, ReplyOutcome, ServerFrame, WelcomeFrame } from '../../schema/wire/frames.ts'
import { emptyModel, type ConversationModel } from './conversation-model.ts'
import { fold, reduce, type SessionEvent } from './reduce.ts'

const AT = '2026-06-14T18:00:00.000Z'

function welcome(override: Partial<WelcomeFrame> = {}): WelcomeFrame {
  return {
    type: 'welcome',
    seq: 0,
    conversationId: 'room',
    resumed: false,
    messages: [],
    before: null,
    activeTurnId: null,
    placesLeft: 1_000,
    ...override,
  }
}

function after(
  events: readonly (SessionEvent | ServerFrame)[],
  from: ConversationModel = emptyModel,
): ConversationModel {
  const isFrame = (one: SessionEvent | ServerFrame): one is ServerFrame => Array.isArray(one) || 'seq' in one
  return fold(events.reduce((model, one) => reduce(model, isFrame(one) ? { type: 'frame', frame: one } : one), from))
}

const asked = (seq: number, turn: string, position: number): ServerFrame => ({
  type: 'message-added',
  seq,
  position,
  messageId: `m-${turn}`,
  turnId: turn,
  text: `about ${turn}`,
  at: AT,
})
const begun = (seq: number, turn: string, position: number): ServerFrame => ({
  type: 'reply-start',
  seq,
  position,
  messageId: `r-${turn}`,
  turnId: turn,
  at: AT,
})
const ended = (
  seq: number,
  turn: string,
  outcome: ReplyOutcome = 'answered',
  followUps?: readonly string[],
): ServerFrame => ({
  type: 'reply-end',
  seq,
  turnId: turn,
  outcome,
  ...(followUps && { followUps }),
})
const edited = (seq: number, turn: string, edits: number): ServerFrame => ({
  type: 'message-edited',
  seq,
  turnId: turn,
  text: `rather about ${turn}, ${edits}`,
  edits,
})
const rated = (seq: number, turn: string, rating: Rating | null): ServerFrame => ({
  type: 'reply-rated',
  seq,
  turnId: turn,
  rating,
})

describe('a conversation', () => {
  it('shows the visitor their words at once and marks them sent with the acknowledgement', () => {
    const said = after([welcome(), { type: 'said', messageId: 'm-a', text: 'hi', at: AT }])
    expect(said.shown.messages).toMatchObject([{ messageId: 'm-a', delivery: 'pending' }])
    const acknowledged = after([{ type: 'ack', seq: 0, messageId: 'm-a', turnId: 'a' }, asked(1, 'a', 1)], said)
    expect(acknowledged.shown.messages).toMatchObject([
      { messageId: 'm-a', delivery: 'sent', position: 1, turnId: 'a' },
    ])
    expect(acknowledged.shown.activeTurnId).toBe('a')
  })

  it('streams a reply into one message and ends it', () => {
    const model = after([welcome(), asked(1, 'a', 1), begun(2, 'a', 2), [3, 'Good '], [4, 'evening'], ended(5, 'a')])
    expect(model.shown.messages[1]).toMatchObject({ text: 'Good evening', streaming: false, outcome: 'answered' })
    expect(model.shown.activeTurnId).toBeNull()
  })

  it('voids what a retried reply had said', () => {
    const model = after([
      welcome(),
      asked(1, 'a', 1),
      begun(2, 'a', 2),
      [3, 'Half a'],
      ended(4, 'a', 'failed'),
      begun(5, 'a', 2),
      [6, 'Whole'],
    ])
    expect(model.shown.messages).toHaveLength(2)
    expect(model.shown.messages[1]).toMatchObject({ text: 'Whole', streaming: true })
    expect(model.shown.messages[1]).not.toHaveProperty('outcome')
    expect(model.shown.activeTurnId).toBe('a')
  })

  it('changes what the visitor asked, voids the reply and waits for another in its place', () => {
    const told = [
      welcome(),
      asked(1, 'a', 1),
      begun(2, 'a', 2),
      [3, 'Old'],
      ended(4, 'a'),
      rated(5, 'a', 'up'),
    ] as const
    const changed = after([...told, edited(6, 'a', 1)])
    expect(changed.shown.messages).toMatchObject([{ role: 'visitor', text: 'rather about a, 1', edits: 1 }])
    expect(changed.shown).toMatchObject({ activeTurnId: 'a', placesLeft: 998 })
    const answered = after([begun(7, 'a', 2), [8, 'New'], ended(9, 'a')], changed)
    expect(answered.shown.messages[1]).toMatchObject({ text: 'New', outcome: 'answered', position: 2 })
    expect(answered.shown.messages[1]).not.toHaveProperty('rating')
    expect(answered.shown).toMatchObject({ activeTurnId: null, placesLeft: 998 })
  })

  it('keeps the last rating of a reply, and none when it was taken back', () => {
    const told = after([welcome(), asked(1, 'a', 1), begun(2, 'a', 2), ended(3, 'a'), rated(4, 'a', 'up')])
    expect(told.shown.messages).toMatchObject([{ role: 'visitor' }, { rating: 'up' }])
    expect(told.shown.messages[0]).not.toHaveProperty('rating')
    expect(after([rated(5, 'a', 'down')], told).shown.messages[1]).toMatchObject({ rating: 'down' })
    expect(after([rated(5, 'a', null)], told).shown.messages[1]).not.toHaveProperty('rating')
    expect(after([rated(5, 'unknown', 'up')], told).shown.messages).toEqual(told.shown.messages)
  })

  it('follows up the newest message alone', () => {
    const told = after([welcome(), asked(1, 'a', 1), begun(2, 'a', 2), ended(3, 'a', 'answered', ['And then?'])])
    expect(told.shown.messages[1]?.followUps).toEqual(['And then?'])
    const said: SessionEvent = { type: 'said', messageId: 'm-b', text: 'about b', at: AT }
    expect(after([said], told).shown.messages[1]?.followUps).toEqual(['And then?'])
    expect(after([said, asked(4, 'b', 3)], told).shown.messages[1]).not.toHaveProperty('followUps')
    const late = after([
      welcome(),
      asked(1, 'a', 1),
      begun(2, 'a', 2),
      asked(3, 'b', 3),
      ended(4, 'a', 'answered', ['?']),
    ])
    expect(late.shown.messages[1]).not.toHaveProperty('followUps')
  })

  it('tells of another list without changing the conversation', () => {
    const before = after([welcome(), asked(1, 'a', 1)])
    const listed = after([{ type: 'listed' }], before)
    expect(listed.shown).toEqual(before.shown)
    expect(listed.shown).not.toBe(before.shown)
  })

  it('shows a reply that ended before its first word, so that it can be retried', () => {
    const model = after([welcome(), asked(1, 'a', 1), ended(2, 'a', 'stopped')])
    expect(model.shown.messages[1]).toMatchObject({ role: 'twin', turnId: 'a', outcome: 'stopped', text: '' })
  })

  it('waits for the queued turn when the one before it ends', () => {
    const model = after([welcome(), asked(1, 'a', 1), begun(2, 'a', 2), asked(3, 'b', 3), ended(4, 'a')])
    expect(model.shown.activeTurnId).toBe('b')
  })

  it('goes on writing when a queued turn is stopped meanwhile', () => {
    const model = after([
      welcome(),
      asked(1, 'a', 1),
      begun(2, 'a', 2),
      asked(3, 'b', 3),
      ended(4, 'b', 'stopped'),
      [5, 'on'],
    ])
    expect(model.shown.messages.find((one) => one.messageId === 'r-a')).toMatchObject({ text: 'on', streaming: true })
  })

  it.each<[string, SessionEvent | ServerFrame, object]>([
    [
      'a message the room refused',
      { type: 'error', seq: 0, code: 'message_too_long', detail: '', messageId: 'm-a' },
      { delivery: 'refused', problem: 'message_too_long' },
    ],
    [
      'a message that may go again in a moment',
      { type: 'error', seq: 0, code: 'rate_limited', detail: '', messageId: 'm-a' },
      { delivery: 'pending' },
    ],
    [
      'a message given up after many attempts',
      { type: 'given-up', messageId: 'm-a', problem: 'rate_limited' },
      { delivery: 'refused' },
    ],
    [
      'a refusal of another message',
      { type: 'error', seq: 0, code: 'message_empty', detail: '', messageId: 'm-b' },
      { delivery: 'pending' },
    ],
  ])('marks %s', (_case, event, shown) => {
    const model = after([welcome(), { type: 'said', messageId: 'm-a', text: 'hi', at: AT }, event])
    expect(model.shown.messages[0]).toMatchObject(shown)
  })

  it('keeps a refused message where the visitor wrote it', () => {
    const refused: SessionEvent = { type: 'said', messageId: 'x', text: '', at: AT, problem: 'message_empty' }
    const model = after([welcome(), asked(1, 'a', 1), refused, begun(2, 'a', 2), asked(3, 'b', 3)])
    expect(model.shown.messages.map((one) => one.messageId)).toEqual(['m-a', 'x', 'r-a', 'm-b'])
  })

  it('shows a passing refusal until the next act', () => {
    const warned = after([welcome(), { type: 'error', seq: 0, code: 'turn_not_retryable', detail: 'Not this one.' }])
    expect(warned.shown.warning).toEqual({ code: 'turn_not_retryable', detail: 'Not this one.' })
    expect(after([{ type: 'acted' }], warned).shown.warning).toBeNull()
  })

  it('puts an older page before the rest, once', () => {
    const newest: MessageRecord = { position: 3, messageId: 'm-b', turnId: 'b', role: 'visitor', text: 'b', at: AT }
    const older: MessageRecord[] = [
      { position: 1, messageId: 'm-a', turnId: 'a', role: 'visitor', text: 'a', at: AT },
      { position: 2, messageId: 'r-a', turnId: 'a', role: 'twin', text: 'A', at: AT, outcome: 'answered' },
    ]
    const page: ServerFrame = { type: 'history-page', seq: 9, messages: older, before: null }
    const model = after([welcome({ seq: 9, messages: [newest], before: 3 }), { type: 'older-asked' }, page, page])
    expect(model.shown.messages.map((one) => one.messageId)).toEqual(['m-a', 'r-a', 'm-b'])
    expect(model.shown).toMatchObject({ hasOlder: false, loadingOlder: false })
  })

  it('stops waiting for an older page when the line is lost', () => {
    const model = after([
      welcome({ before: 3 }),
      { type: 'line', line: 'open' },
      { type: 'older-asked' },
      { type: 'line', line: 'reconnecting' },
    ])
    expect(model.shown.loadingOlder).toBe(false)
  })

  it('takes a snapshot in the middle of a reply and goes on from there', () => {
    const messages: MessageRecord[] = [
      { position: 1, messageId: 'm-a', turnId: 'a', role: 'visitor', text: 'a', at: AT },
      { position: 2, messageId: 'r-a', turnId: 'a', role: 'twin', text: 'Half ', at: AT },
      { position: 3, messageId: 'm-b', turnId: 'b', role: 'visitor', text: 'b', at: AT },
    ]
    const model = after([welcome({ seq: 7, messages, activeTurnId: 'a' }), [8, 'and half'], ended(9, 'a')])
    expect(model.shown.messages[1]).toMatchObject({ text: 'Half and half', outcome: 'answered' })
    expect(model.shown.activeTurnId).toBe('b')
  })

  it('reports a gap, applies nothing behind it, and asks for a snapshot when it finds the same gap again', () => {
    const gap = after([welcome(), asked(1, 'a', 1), [3, 'lost'], [4, 'too']])
    expect(gap).toMatchObject({ gap: true, seq: 1 })
    const again = after([welcome({ seq: 4, resumed: true }), [3, 'lost']], gap)
    expect(again).toMatchObject({ gap: true, seq: null })
  })

  it('asks for a snapshot when the room has seen less than the page has', () => {
    const model = after([welcome({ seq: 9 }), welcome({ seq: 4, resumed: true })])
    expect(model).toMatchObject({ gap: true, seq: null })
  })

  it('copies no transcript for a token', () => {
    const messages = Array.from({ length: 1_000 }, (_none, at): MessageRecord => ({
      position: at + 1,
      messageId: `m${at}`,
      turnId: `t${at}`,
      role: 'visitor',
      text: 'x',
      at: AT,
    }))
    const model = after([welcome({ messages }), begun(1, 't999', 1_001)])
    expect(reduce(model, { type: 'frame', frame: [2, 'word'] }).shown).toBe(model.shown)
  })
})

// ---- an independent room, written from the wire's description alone ----

type Step = {
  words: string[]
  end: ReplyOutcome
  retry: boolean
  queued: boolean
  /** Of the last turn alone, as the room has it. */
  edits: number
  ratings: (Rating | null)[]
  followUps: string[]
}

/** The numbered frames of a conversation, and what a snapshot holds after each of them. */
function journal(steps: readonly Step[]): {
  frames: ServerFrame[]
  snapshots: MessageRecord[][]
  active: (string | null)[]
} {
  const frames: ServerFrame[] = []
  const snapshots: MessageRecord[][] = [[]]
  const active: (string | null)[] = [null]
  const records: MessageRecord[] = []
  const waiting: string[] = []
  let position = 0
  const write = (make: (seq: number) => ServerFrame): void => {
    frames.push(make(frames.length + 1))
    const newest = Math.max(...records.map((record) => record.position))
    snapshots.push(
      records
        .map(({ followUps, ...record }) => ({
          ...record,
          ...(followUps && record.position === newest && { followUps }),
        }))
        .sort((one, other) => one.position - other.position),
    )
    active.push(waiting[0] ?? null)
  }
  const ask = (turn: string): number => {
    const at = (position += 2) - 1
    records.push({ position: at, messageId: `m-${turn}`, turnId: turn, role: 'visitor', text: `about ${turn}`, at: AT })
    waiting.push(turn)
    write((seq) => asked(seq, turn, at))
    return at
  }
  const change = (turn: string, changes: Partial<MessageRecord>, role: MessageRecord['role']): void => {
    const at = records.findIndex((record) => record.role === role && record.turnId === turn)
    const { rating: _rating, ...record } = records[at] ?? expect.fail('no such record')
    records[at] = { ...record, ...changes }
  }
  const rate = (turn: string, rating: Rating | null): void => {
    change(turn, rating ? { rating } : {}, 'twin')
    write((seq) => rated(seq, turn, rating))
  }
  const edit = (turn: string, edits: number): void => {
    change(turn, { text: `rather about ${turn}, ${edits}`, edits }, 'visitor')
    const at = records.findIndex((record) => record.role === 'twin' && record.turnId === turn)
    const { outcome: _outcome, followUps: _next, rating: _rating, ...record } = records[at] ?? expect.fail('no reply')
    records[at] = { ...record, text: '' }
    waiting.push(turn)
    write((seq) => edited(seq, turn, edits))
  }
  const answer = (
    turn: string,
    place: number,
    words: string[],
    outcome: ReplyOutcome,
    followUps: string[] = [],
  ): void => {
    const old = records.findIndex((record) => record.role === 'twin' && record.turnId === turn)
    if (old >= 0) records.splice(old, 1)
    const record = { position: place, messageId: `r-${turn}`, turnId: turn, role: 'twin' as const, text: '', at: AT }
    let shown: MessageRecord = record
    records.push(shown)
    if (!waiting.includes(turn)) waiting.unshift(turn)
    write((seq) => begun(seq, turn, place))
    const put = (next: MessageRecord): void => {
      records[records.indexOf(shown)] = next
      shown = next
    }
    for (const word of words) {
      put({ ...shown, text: shown.text + word })
      write((seq) => [seq, word])
    }
    const next = followUps.length > 0 ? { followUps } : {}
    put({ ...shown, outcome, ...next })
    waiting.splice(waiting.indexOf(turn), 1)
    write((seq) => ended(seq, turn, outcome, next.followUps))
  }
  let early: number | undefined
  steps.forEach(({ words, end, retry, queued, edits, ratings, followUps }, index) => {
    const turn = `t${index}`
    const at = early ?? ask(turn)
    early = queued && index + 1 < steps.length ? ask(`t${index + 1}`) : undefined
    answer(turn, at + 1, words, end, followUps)
    for (const rating of ratings) rate(turn, rating)
    if (retry) answer(turn, at + 1, [...words, '!'], 'answered')
    for (let count = 1; early === undefined && count <= edits; count += 1) {
      edit(turn, count)
      answer(turn, at + 1, [...words, '?'], end, followUps)
    }
  })
  return { frames, snapshots, active }
}

const steps = fc.array(
  fc.record({
    words: fc.array(fc.string({ maxLength: 6 }), { maxLength: 6 }),
    end: fc.constantFrom<ReplyOutcome>('answered', 'stopped', 'failed', 'interrupted', 'blocked'),
    retry: fc.boolean(),
    queued: fc.boolean(),
    edits: fc.nat({ max: 2 }),
    ratings: fc.array(fc.constantFrom<Rating | null>('up', 'down', null), { maxLength: 2 }),
    followUps: fc.array(fc.constantFrom('And then?', 'Who else?'), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 5 },
)
/** What the line does to each frame in turn; past the end it is well. */
const weather = fc.array(fc.constantFrom('pass', 'pass', 'pass', 'repeat', 'lose', 'cut', 'replay', 'forget'), {
  maxLength: 80,
})

/** Delivers a journal over a bad line, answering every `hello` as the room does; returns what the page shows. */
function deliver(steps: readonly Step[], weather: readonly string[]): ConversationModel {
  const { frames, snapshots, active } = journal(steps)
  const total = frames.length
  let model = emptyModel
  const take = (frame: ServerFrame): void => void (model = reduce(model, { type: 'frame', frame }))
  const hello = (upTo: number): number => {
    const from = model.seq
    const resumed = from !== null && from <= upTo
    take(
      welcome({
        seq: upTo,
        resumed,
        messages: resumed ? [] : (snapshots[upTo] ?? []),
        activeTurnId: active[upTo] ?? null,
        placesLeft: 1_000 - Math.max(0, ...(snapshots[upTo] ?? []).map((record) => record.position)),
      }),
    )
    return resumed ? from : upTo
  }
  const sky = [...weather]
  let at = hello(0)
  while (at < total) {
    const frame = frames[at]
    const now = sky.shift() ?? 'pass'
    if (now === 'cut') at = hello(Math.min(total, at + (sky.length % 3)))
    else if (now === 'forget') {
      model = { ...model, seq: null }
      at = hello(Math.min(total, at + (sky.length % 3)))
    } else if (now === 'replay') at = Math.max(0, at - 2)
    else {
      if (frame && now !== 'lose') take(frame)
      if (frame && now === 'repeat') take(frame)
      at += 1
    }
    if (model.gap || at >= total) at = model.seq === total ? total : hello(total)
  }
  return fold(model)
}

describe('over any line', () => {
  it('the transcript is that of an undisturbed one', () => {
    fc.assert(
      fc.property(steps, weather, (script, sky) => {
        const calm = deliver(script, [])
        const rough = deliver(script, sky)
        expect(rough.shown.messages).toEqual(calm.shown.messages)
        expect(rough.shown.activeTurnId).toBe(calm.shown.activeTurnId)
        expect(rough.waiting).toEqual(calm.waiting)
        expect(calm.shown.messages).toHaveLength(script.length * 2)
      }),
      { numRuns: 500 },
    )
  })

  it('a message sent again and again is shown once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('said', 'ack', 'added', 'resumed', 'snapshot'), { maxLength: 30 }),
        (acts) => {
          let model = after([welcome(), { type: 'said', messageId: 'm-a', text: 'about a', at: AT }])
          const record: MessageRecord = {
            position: 1,
            messageId: 'm-a',
            turnId: 'a',
            role: 'visitor',
            text: 'about a',
            at: AT,
          }
          for (const act of acts) {
            if (act === 'said') model = after([{ type: 'said', messageId: 'm-a', text: 'about a', at: AT }], model)
            if (act === 'ack') model = after([{ type: 'ack', seq: 1, messageId: 'm-a', turnId: 'a' }], model)
            if (act === 'added') model = after([asked(1, 'a', 1)], model)
            if (act === 'resumed') model = after([welcome({ seq: 1, resumed: true })], model)
            if (act === 'snapshot') model = after([welcome({ seq: 1, messages: [record], activeTurnId: 'a' })], model)
          }
          expect(model.shown.messages).toHaveLength(1)
        },
      ),
    )
  })
})
