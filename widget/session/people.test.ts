/** People in a conversation, as the reducer and the session meet them. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type {
  Controller,
  ConversationFrame,
  MessageRecord,
  ServerFrame,
  WelcomeFrame,
} from '../../schema/wire/frames.ts'
import { emptyModel, type ConversationModel } from './conversation-model.ts'
import { personsUpTo } from './persons-up-to.ts'
import { fold, reduce, type SessionEvent } from './reduce.ts'
import { AT, FakePage, latest, talk } from './testing/fake-page.ts'

const welcome = (override: Partial<WelcomeFrame> = {}): WelcomeFrame => ({
  type: 'welcome',
  seq: 0,
  conversationId: 'room',
  resumed: false,
  messages: [],
  before: null,
  activeTurnId: null,
  placesLeft: 1_000,
  ...override,
})

function after(frames: readonly ServerFrame[], from: ConversationModel = emptyModel): ConversationModel {
  return fold(frames.reduce((model, frame) => reduce(model, { type: 'frame', frame }), from))
}

const asked = (seq: number, turnId: string, position: number): ServerFrame => ({
  type: 'message-added',
  seq,
  position,
  messageId: `m-${turnId}`,
  turnId,
  text: `about ${turnId}`,
  at: AT,
})
const begun = (seq: number, turnId: string, position: number): ServerFrame => ({
  type: 'reply-start',
  seq,
  position,
  messageId: `r-${turnId}`,
  turnId,
  at: AT,
})
const said = (seq: number, position: number, text = 'Maya here.'): ServerFrame => ({
  type: 'message-added',
  seq,
  position,
  messageId: `p-${position}`,
  turnId: `p-${position}`,
  text,
  at: AT,
  author: 'Maya',
})
const turned = (seq: number, controller: Controller): ServerFrame => ({
  type: 'controller-changed',
  seq,
  controller,
  person: 'Maya',
  at: AT,
})
const held = (seq: number, turnId: string): ServerFrame => ({ type: 'reply-held', seq, turnId })
const presence = (...people: readonly string[]): ServerFrame => ({ type: 'presence', seq: 0, visitor: true, people })
const typing: ServerFrame = { type: 'typing', seq: 0, who: 'person', name: 'Maya' }

describe('a person in a conversation', () => {
  it('never speaks with the voice of the visitor, or of the twin', () => {
    const model = after([welcome(), asked(1, 'a', 1), said(2, 2)])
    expect(model.shown.messages).toMatchObject([
      { role: 'visitor' },
      { role: 'person', author: 'Maya', streaming: false },
    ])
  })

  it('answers every question that waits, and no reply that is on its way', () => {
    const waiting = after([welcome(), turned(1, 'human'), asked(2, 'a', 1), asked(3, 'b', 2)])
    expect(waiting.shown.activeTurnId).toBe('a')
    expect(after([said(4, 3)], waiting).shown.activeTurnId).toBeNull()
    const drafted = after([
      welcome(),
      turned(1, 'held'),
      asked(2, 'a', 1),
      begun(3, 'a', 2),
      held(4, 'a'),
      asked(5, 'b', 3),
    ])
    expect(after([said(6, 4)], drafted)).toMatchObject({ waiting: ['a'], writing: 'a' })
  })

  it('takes a place of the conversation', () => {
    expect(after([welcome(), said(1, 1)]).shown.placesLeft).toBe(999)
  })

  it('leaves a line where they began to answer, behind what had been said by then', () => {
    const model = after([
      welcome(),
      asked(1, 'a', 1),
      begun(2, 'a', 2),
      turned(3, 'human'),
      said(4, 3),
      turned(5, 'twin'),
    ])
    expect(model.shown.people).toMatchObject({
      controller: 'twin',
      changes: [
        { controller: 'human', person: 'Maya', after: 2 },
        { controller: 'twin', after: 3 },
      ],
    })
  })

  it('is known from the welcome after a reload, and forgotten with the conversation', () => {
    const met = after([welcome({ controller: 'human', people: ['Maya'] })])
    expect(met.shown.people).toEqual({ controller: 'human', names: ['Maya'], writing: null, changes: [] })
    expect(after([welcome()], met).shown.people).toBeNull()
  })

  it('who came or went meanwhile is known from the welcome of a line that came back', () => {
    const met = after([welcome(), turned(1, 'human'), presence('Maya')])
    const back = after([welcome({ seq: 1, resumed: true, controller: 'human', people: ['Tom'] })], met)
    expect(back.shown.people).toMatchObject({ controller: 'human', names: ['Tom'], changes: [{ person: 'Maya' }] })
    expect(after([welcome({ seq: 1, resumed: true })], met).shown.people).toMatchObject({ names: [] })
  })

  it('is nobody while only tabs of the visitor come and go', () => {
    const model = after([welcome(), asked(1, 'a', 1)])
    expect(after([presence()], model).shown).toBe(model.shown)
  })

  it('is said to write anew each time, and no more once they have written', () => {
    const model = after([welcome(), presence('Maya'), typing])
    expect(model.shown.people?.writing).toEqual({ name: 'Maya' })
    expect(after([typing], model).shown.people?.writing).not.toBe(model.shown.people?.writing)
    expect(after([said(1, 1)], model).shown.people?.writing).toBeNull()
  })
})

describe('a reply under the eyes of a person', () => {
  const drafted = [welcome(), asked(1, 'a', 1), begun(2, 'a', 2), held(3, 'a')] as const

  it('is held without a word, and can still be stopped', () => {
    const model = after(drafted)
    expect(model.shown.messages[1]).toMatchObject({ role: 'twin', text: '', held: true, streaming: true })
    expect(model.shown.activeTurnId).toBe('a')
    const stopped = after([{ type: 'reply-end', seq: 4, turnId: 'a', outcome: 'stopped' }], model)
    expect(stopped.shown.messages[1]).toMatchObject({ text: '', outcome: 'stopped', streaming: false })
    expect(stopped.shown.messages[1]).not.toHaveProperty('held')
  })

  it('comes once it is released, in the words of whoever released it, and is marked when they are others', () => {
    const released = after(
      [[4, 'Not '], [5, 'this.'], { type: 'reply-end', seq: 6, turnId: 'a', outcome: 'answered' }],
      after(drafted),
    )
    expect(released.shown.messages[1]).toMatchObject({ text: 'Not this.', outcome: 'answered', streaming: false })
    expect(released.shown.messages[1]).not.toHaveProperty('held')
    const revised = after([{ type: 'reply-revised', seq: 7, turnId: 'a', text: 'But this.', revisions: 1 }], released)
    expect(revised.shown.messages[1]).toMatchObject({ text: 'But this.', revisions: 1, outcome: 'answered' })
    expect(revised.shown.messages[0]).toMatchObject({ text: 'about a' })
  })

  it('is held still after a reload', () => {
    const messages: MessageRecord[] = [
      { position: 1, messageId: 'm-a', turnId: 'a', role: 'visitor', text: 'about a', at: AT },
      { position: 2, messageId: 'r-a', turnId: 'a', role: 'twin', text: '', at: AT, held: true },
    ]
    const model = after([welcome({ seq: 3, messages, activeTurnId: 'a', controller: 'held' }), [4, 'Whole.']])
    expect(model.shown.messages[1]).toMatchObject({ text: 'Whole.', held: true, streaming: true })
  })

  it('is all that is waited for after a reload, when a person has answered what was asked since', () => {
    const head = { at: AT, text: 'x' } as const
    const messages: MessageRecord[] = [
      { ...head, position: 1, messageId: 'm-a', turnId: 'a', role: 'visitor' },
      { ...head, position: 2, messageId: 'r-a', turnId: 'a', role: 'twin', text: '', held: true },
      { ...head, position: 3, messageId: 'm-b', turnId: 'b', role: 'visitor' },
      { ...head, position: 4, messageId: 'p', turnId: 'p', role: 'person', author: 'Maya' },
      { ...head, position: 5, messageId: 'm-c', turnId: 'c', role: 'visitor' },
    ]
    const model = after([welcome({ seq: 6, messages, activeTurnId: 'a', controller: 'held' })])
    expect(model.waiting).toEqual(['a', 'c'])
  })

  it('loses its mark with a reply that takes its place', () => {
    const revised = [[4, 'A'], { type: 'reply-end', seq: 5, turnId: 'a', outcome: 'stopped' }] as const
    const model = after([
      ...drafted,
      ...revised,
      { type: 'reply-revised', seq: 6, turnId: 'a', text: 'B', revisions: 1 },
      begun(7, 'a', 2),
    ])
    expect(model.shown.messages[1]).not.toHaveProperty('revisions')
  })
})

describe('what the twin can be asked for again', () => {
  it.each<[string, readonly ServerFrame[], number]>([
    ['everything while it answers', [], 0],
    ['nothing while a person does', [turned(2, 'human')], Infinity],
    ['what came after a person', [turned(2, 'human'), said(3, 2), turned(4, 'twin'), asked(5, 'b', 3)], 2],
  ])('is %s', (_case, frames, upTo) => {
    expect(personsUpTo(after([welcome(), asked(1, 'a', 1), ...frames]).shown)).toBe(upTo)
  })
})

// ---- an independent room with people in it, written from the wire's description alone ----

type Act = 'ask' | 'answer' | 'hold' | 'release' | 'revise' | 'say' | Controller

interface Moment {
  readonly frame: ConversationFrame
  readonly snapshot: WelcomeFrame
}

/** The numbered frames of what was done, and the snapshot after each of them. */
function journal(acts: readonly Act[]): Moment[] {
  const moments: Moment[] = []
  const records: MessageRecord[] = []
  let waiting: string[] = []
  let controller: Controller = 'twin'
  let drafted: string | undefined
  let count = 0
  const write = (make: (seq: number) => ConversationFrame): void => {
    const frame = make(moments.length + 1)
    const seq = moments.length + 1
    const head = { seq, messages: [...records], activeTurnId: drafted ?? waiting[0] ?? null }
    const placesLeft = 1_000 - records.length
    moments.push({ frame, snapshot: welcome({ ...head, placesLeft, ...(controller !== 'twin' && { controller }) }) })
  }
  const add = (record: Pick<MessageRecord, 'turnId' | 'role'> & Partial<MessageRecord>): MessageRecord => {
    const made = { messageId: `x${++count}`, position: records.length + 1, text: `words ${count}`, at: AT, ...record }
    records.push(made)
    return made
  }
  const change = (turnId: string, by: (record: MessageRecord) => MessageRecord): void => {
    const at = records.findIndex((one) => one.role === 'twin' && one.turnId === turnId)
    const record = records[at]
    if (record) records[at] = by(record)
  }
  const begin = (): string | undefined => {
    const turnId = waiting[0]
    if (turnId === undefined || drafted !== undefined || controller === 'human') return undefined
    const { role: _role, text: _text, ...head } = add({ turnId, role: 'twin', text: '' })
    write((seq) => ({ ...head, type: 'reply-start', seq }))
    return turnId
  }
  const end = (turnId: string, words: string): void => {
    change(turnId, ({ held: _held, ...one }) => ({ ...one, text: words }))
    write((seq) => [seq, words])
    change(turnId, (one) => ({ ...one, outcome: 'answered' }))
    waiting = waiting.filter((one) => one !== turnId)
    drafted = undefined
    write((seq) => ({ type: 'reply-end', seq, turnId, outcome: 'answered' }))
  }
  for (const act of acts) {
    if (act === 'ask') {
      const turnId = `t${++count}`
      waiting.push(turnId)
      const { role: _role, ...head } = add({ turnId, role: 'visitor' })
      write((seq) => ({ ...head, type: 'message-added', seq }))
    } else if (act === 'answer' && controller === 'twin') {
      const turnId = begin()
      if (turnId !== undefined) end(turnId, 'Answered.')
    } else if (act === 'hold' && controller === 'held') {
      const turnId = begin()
      if (turnId === undefined) continue
      drafted = turnId
      change(turnId, (one) => ({ ...one, held: true }))
      write((seq) => ({ type: 'reply-held', seq, turnId }))
    } else if (act === 'release' && drafted !== undefined) end(drafted, 'Released.')
    else if (act === 'revise') {
      const turnId = records.findLast(({ outcome }) => outcome)?.turnId
      if (turnId === undefined) continue
      const text = `revised ${++count}`
      change(turnId, (one) => ({ ...one, text, revisions: (one.revisions ?? 0) + 1 }))
      const revisions = records.find((one) => one.role === 'twin' && one.turnId === turnId)?.revisions ?? 0
      write((seq) => ({ type: 'reply-revised', seq, turnId, text, revisions }))
    } else if (act === 'say' && controller !== 'twin') {
      waiting = waiting.filter((one) => one === drafted)
      const { role: _role, ...head } = add({ turnId: `p${++count}`, role: 'person', author: 'Maya' })
      write((seq) => ({ ...head, type: 'message-added', seq }))
    } else if ((act === 'twin' || act === 'human' || act === 'held') && act !== controller && drafted === undefined) {
      controller = act
      write((seq) => ({ type: 'controller-changed', seq, controller: act, person: 'Maya', at: AT }))
    }
  }
  return moments
}

const acts = fc.array(
  fc.constantFrom<Act>(
    'ask',
    'ask',
    'answer',
    'hold',
    'hold',
    'release',
    'revise',
    'say',
    'twin',
    'human',
    'held',
    'held',
  ),
  { minLength: 1, maxLength: 40, size: 'max' },
)
const weather = fc.array(fc.constantFrom('pass', 'pass', 'repeat', 'snapshot', 'replay'), {
  maxLength: 60,
  size: 'max',
})

/** Delivers it over a line that repeats, is lost and comes back, or begins anew with a snapshot. */
function deliver(moments: readonly Moment[], sky: readonly string[]): ConversationModel {
  let model = after([welcome()])
  const take = (frame: ServerFrame): void =>
    void (model = reduce(model, { type: 'frame', frame } satisfies SessionEvent))
  for (const [at, { frame, snapshot }] of moments.entries()) {
    const now = sky[at] ?? 'pass'
    if (now === 'snapshot') take(snapshot)
    else {
      if (now === 'replay') {
        take({ ...snapshot, resumed: true, messages: [] })
        for (const past of moments.slice(Math.max(0, at - 3), at)) take(past.frame)
      }
      take(frame)
      if (now === 'repeat') take(frame)
    }
  }
  return fold(model)
}

describe('over any line, people', () => {
  it('are shown as over an undisturbed one, each with their own voice', () => {
    fc.assert(
      fc.property(acts, weather, (script, sky) => {
        const moments = journal(script)
        const [calm, rough] = [deliver(moments, []), deliver(moments, sky)]
        expect(rough.shown.messages).toEqual(calm.shown.messages)
        expect(rough.waiting).toEqual(calm.waiting)
        expect(rough.shown.people?.controller ?? 'twin').toBe(calm.shown.people?.controller ?? 'twin')
        const records = moments.at(-1)?.snapshot.messages ?? []
        expect(
          calm.shown.messages.map(({ role, author, text, held, revisions }) => [role, author, text, held, revisions]),
        ).toEqual(records.map(({ role, author, text, held, revisions }) => [role, author, text, held, revisions]))
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a session with people', () => {
  let page: FakePage
  beforeEach(() => {
    page = new FakePage()
  })
  afterEach(() => page.leave())

  it('says at once that it has read as far as it is asked for, each time', async () => {
    const session = page.session()
    const socket = await page.welcomed(session, { seq: 5, messages: talk })
    socket.say({ type: 'mark', seq: 5 })
    socket.say({ type: 'mark', seq: 5 })
    expect(socket.frames.slice(1)).toEqual([
      { type: 'mark', seq: 5 },
      { type: 'mark', seq: 5 },
    ])
  })

  it('says so only of what it has applied', async () => {
    const session = page.session()
    const socket = await page.welcomed(session, { seq: 5, messages: talk })
    socket.say([6, 'a delta'])
    socket.say([8, 'one was lost'])
    socket.say({ type: 'mark', seq: 8 })
    expect(socket.frames.filter(({ type }) => type === 'mark')).toEqual([])
  })

  it('tells that the visitor writes, and keeps nothing of it for a line that is away', async () => {
    const session = page.session()
    const socket = await page.welcomed(session, { people: ['Maya'] })
    session.typing()
    expect(socket.frames.slice(1)).toEqual([{ type: 'typing' }])
    socket.end(1_006)
    session.typing()
    await page.reconnected()
    expect(latest().frames.filter(({ type }) => type === 'typing')).toEqual([])
  })

  it('never takes a person’s words for its own that still wait', async () => {
    const session = page.session()
    const socket = await page.welcomed(session)
    const messageId = session.send('Is anybody there?')
    socket.say({
      type: 'message-added',
      seq: 1,
      position: 1,
      messageId: 'p',
      turnId: 'p',
      text: 'Yes.',
      at: AT,
      author: 'Maya',
    })
    expect(session.state.messages).toMatchObject([
      { messageId: 'p', role: 'person' },
      { messageId, role: 'visitor', delivery: 'pending' },
    ])
  })
})
