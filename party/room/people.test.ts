/** People of the celebrity's side in a whole room: what they do, in any order, with the model speaking and rooms dying. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../schema/domain/id.ts'
import { MAX_CONVERSATION_MESSAGES } from '../../schema/wire/limits.ts'
import { memoryStorage, type MemoryStorage } from '../testing/node/memory-storage.ts'
import { openWholeRoom, type Line, type WholeRoom } from '../testing/node/open-whole-room.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- frames as they came, looked at and never relied on
type Json = any

const frames = ({ heard }: Line): Json[] => heard.map((frame) => JSON.parse(frame))
const ofType = (line: Line, type: string): Json[] => frames(line).filter((frame) => frame.type === type)
const isNumbered = (frame: Json): boolean => Array.isArray(frame) || NUMBERED.has(frame.type)
const NUMBERED = new Set([
  'message-added',
  'message-edited',
  'reply-start',
  'reply-held',
  'reply-end',
  'reply-rated',
  'reply-revised',
  'controller-changed',
  'notice',
])
const numbered = (line: Line): string[] => line.heard.filter((frame) => isNumbered(JSON.parse(frame)))
const transcript = ({ room }: WholeRoom) =>
  room.transcript.page(null, room.conversation.running()).messages.map(({ role, text, outcome, reason }) => ({
    role,
    text,
    ...(outcome && { outcome }),
    ...(reason && { reason }),
  }))

/** A room with a visitor and a person in it. */
async function met(storage?: MemoryStorage) {
  const whole = openWholeRoom(storage)
  const visitor = whole.line('visitor')
  const person = whole.line('person')
  visitor.send({ type: 'hello', after: null })
  person.send({ type: 'hello', after: null })
  const ask = async (text: string): Promise<string> => {
    const messageId = newId()
    visitor.send({ type: 'message-send', messageId, text })
    await whole.settle()
    return ofType(visitor, 'ack').findLast((ack) => ack.messageId === messageId)?.turnId
  }
  const say = async (text: string): Promise<void> => {
    whole.model.say(text)
    await whole.settle()
  }
  const finish = async (): Promise<void> => {
    whole.model.finish()
    await whole.settle()
  }
  const set = async (controller: string): Promise<void> => {
    person.send({ type: 'controller-set', controller })
    await whole.settle()
  }
  return { whole, visitor, person, ask, say, finish, set }
}

describe('a person who takes over', () => {
  it('ends the reply under way at once, and nothing of it arrives after', async () => {
    const { whole, visitor, ask, say, set } = await met()
    const turnId = await ask('Hello?')
    await say('Half a thought')
    await set('human')
    whole.model.say(' and the other half')
    await whole.settle()
    const ends = frames(visitor).slice(-2)
    expect(ends).toMatchObject([
      { type: 'controller-changed', controller: 'human', person: 'Inês' },
      { type: 'reply-end', turnId, outcome: 'stopped', reason: 'taken_over' },
    ])
    expect(whole.model.isSpeaking()).toBe(false)
  })

  it('answers every question that waits, and these are over', async () => {
    const { whole, visitor, person, ask, set } = await met()
    await set('human')
    const turns = [await ask('One?'), await ask('Two?')]
    expect(whole.model.calledUnder).toEqual([])
    expect(whole.room.conversation.placesLeft()).toBe(996)
    const messageId = newId()
    person.send({ type: 'person-send', messageId, text: 'Here I am.' })
    person.send({ type: 'person-send', messageId, text: 'Here I am.' })
    expect(ofType(visitor, 'message-added').at(-1)).toMatchObject({ messageId, author: 'Inês', text: 'Here I am.' })
    expect(ofType(visitor, 'message-added')).toHaveLength(3)
    expect(ofType(person, 'ack')).toMatchObject([{ messageId }, { messageId }])
    expect(ofType(visitor, 'ack')).toHaveLength(2) // a person's is the person's
    expect(whole.room.conversation.placesLeft()).toBe(997)
    await set('twin')
    expect(whole.model.calledUnder).toEqual([])
    visitor.send({ type: 'message-edit', turnId: turns[1], text: 'Two, changed', edits: 1 })
    visitor.send({ type: 'reply-retry', turnId: turns[0] })
    expect(ofType(visitor, 'error').map(({ code }) => code)).toEqual(['turn_not_editable', 'turn_not_retryable'])
    expect(whole.room.transcript.page(null, undefined).messages.at(-1)).toMatchObject({
      role: 'person',
      author: 'Inês',
      text: 'Here I am.',
    })
  })

  it('hands back, and the twin answers what waits, knowing what the person said', async () => {
    const { whole, person, ask, say, finish, set } = await met()
    await set('human')
    await ask('One?')
    person.send({ type: 'person-send', messageId: 'p', text: 'A person’s words.' })
    await ask('Two?')
    await set('twin')
    expect(whole.model.calledUnder).toEqual(['twin'])
    const turn = whole.room.turns.current()
    expect(turn && whole.room.turns.history(turn, 40)).toEqual([
      { role: 'visitor', text: 'One?' },
      { role: 'twin', text: 'A person’s words.' },
    ])
    await say('So be it.')
    await finish()
    expect(transcript(whole).at(-1)).toMatchObject({ role: 'twin', outcome: 'answered' })
  })

  it('ends an edited question’s empty reply with an answer of their own', async () => {
    const { whole, visitor, person, ask, say, finish, set } = await met()
    const turnId = await ask('One?')
    await say('Yes.')
    await finish()
    await set('human')
    visitor.send({ type: 'message-edit', turnId, text: 'One, changed?', edits: 1 })
    person.send({ type: 'person-send', messageId: 'p', text: 'I see.' })
    expect(frames(visitor).slice(-2)).toMatchObject([
      { type: 'reply-end', turnId, outcome: 'stopped', reason: 'taken_over' },
      { type: 'message-added', author: 'Inês' },
    ])
    visitor.send({ type: 'reply-retry', turnId })
    visitor.send({ type: 'message-edit', turnId, text: 'Again?', edits: 2 })
    expect(ofType(visitor, 'error').map(({ code }) => code)).toEqual(['turn_not_retryable', 'turn_not_editable'])
    expect(transcript(whole)[1]).toEqual({ role: 'twin', text: '', outcome: 'stopped', reason: 'taken_over' })
  })

  it('is refused a word while the twin talks', async () => {
    const { person, visitor, ask, say, set } = await met()
    await ask('One?')
    await say('I am saying')
    person.send({ type: 'person-send', messageId: 'p', text: 'Me too.' })
    await set('held') // does not hide what has been begun
    person.send({ type: 'person-send', messageId: 'p', text: 'Me too.' })
    expect(ofType(person, 'error').map(({ code }) => code)).toEqual(['conflict', 'conflict'])
    expect(ofType(visitor, 'message-added')).toHaveLength(1)
  })

  it('may say a word where nothing is asked', async () => {
    const { whole, person, visitor } = await met()
    person.send({ type: 'person-send', messageId: 'p', text: 'Welcome.' })
    expect(ofType(visitor, 'message-added')).toMatchObject([{ author: 'Inês', text: 'Welcome.' }])
    expect(whole.room.conversation.placesLeft()).toBe(999)
  })
})

describe('the last places of a conversation', () => {
  it('go to whoever takes them first: a held reply has its own, a person takes what waits', async () => {
    const storage = memoryStorage()
    fill(storage, 998)
    const { whole, person, ask, set } = await met(storage)
    await set('human')
    await ask('The last question?')
    expect(whole.room.conversation.placesLeft()).toBe(0)
    person.send({ type: 'person-send', messageId: 'p1', text: 'In the place of its reply.' })
    expect(whole.room.transcript.count()).toBe(1_000)
    person.send({ type: 'person-send', messageId: 'p2', text: 'One too many.' })
    expect(ofType(person, 'error')).toMatchObject([{ code: 'conversation_full', messageId: 'p2' }])
    expect(whole.room.transcript.count()).toBe(1_000)

    const other = memoryStorage()
    fill(other, 998)
    const held = await met(other)
    await held.set('held')
    const turnId = await held.ask('The last question?')
    await held.say('The last word.')
    await held.finish()
    held.person.send({ type: 'person-send', messageId: 'p1', text: 'No place for this.' })
    expect(ofType(held.person, 'error')).toMatchObject([{ code: 'conversation_full' }])
    held.person.send({ type: 'reply-release', turnId })
    expect(ofType(held.visitor, 'reply-end')).toMatchObject([{ turnId, outcome: 'answered' }])
    expect(held.whole.room.conversation.placesLeft()).toBe(0)
  })
})

describe('a held reply', () => {
  it('is seen by people alone until it is released as it is', async () => {
    const { whole, visitor, person, ask, say, finish, set } = await met()
    await set('held')
    const turnId = await ask('Well?')
    await say('All is ')
    await say('well.')
    await finish()
    expect(frames(visitor).slice(-3)).toMatchObject([
      { type: 'ack' },
      { type: 'reply-start', turnId },
      { type: 'reply-held', turnId },
    ])
    expect(JSON.stringify(visitor.heard)).not.toContain('well.')
    expect(whole.room.transcript.page(null, whole.room.conversation.running()).messages.at(-1)).toMatchObject({
      held: true,
      text: '',
    })
    const [draft] = ofType(person, 'reply-draft')
    expect(draft).toMatchObject({ turnId, text: expect.stringContaining('All is well.') })
    person.send({ type: 'reply-release', turnId })
    const shown = frames(visitor)
      .filter(Array.isArray)
      .map(([, text]) => text)
      .join('')
    expect(shown).toBe(draft.text)
    expect(frames(visitor).at(-1)).toMatchObject({ type: 'reply-end', turnId, outcome: 'answered' })
    person.send({ type: 'reply-release', turnId })
    expect(ofType(person, 'error')).toMatchObject([{ code: 'reply_not_held', turnId }])
  })

  it('is released in other words, which are marked, archived with who, and recorded', async () => {
    const { whole, visitor, person, ask, say, finish, set } = await met()
    await set('held')
    const turnId = await ask('Well?')
    await say('Twin’s words.')
    await finish()
    const text = '€👋'.repeat(4_500)
    person.send({ type: 'reply-release', turnId, text })
    const deltas = frames(visitor).filter(Array.isArray)
    expect(deltas.length).toBeGreaterThan(1)
    for (const [, piece] of deltas) expect(piece.length).toBeLessThanOrEqual(8_000)
    expect(deltas.map(([, piece]) => piece).join('')).toBe(text)
    for (const [, piece] of deltas) expect(piece.isWellFormed()).toBe(true)
    expect(frames(visitor).slice(-2)).toMatchObject([
      { type: 'reply-end', outcome: 'answered' },
      { type: 'reply-revised', turnId, text, revisions: 1 },
    ])
    await whole.settle()
    const archived = whole.batches.flatMap(({ messages }) => messages).findLast(({ role }) => role === 'twin')
    expect(archived).toMatchObject({ text, revisions: 1, revisedBy: 'platform-admin' })
    expect(whole.batches.flatMap(({ events }) => events)).toMatchObject([
      { type: 'CONFIGURATION_CHANGE', payload: { controller: 'held', before: 'twin', person: 'Inês' } },
      { type: 'STAKEHOLDER_APPROVAL', actor: 'platform-admin', payload: { turnId, changed: true } },
    ])
    expect(JSON.stringify(whole.batches.flatMap(({ events }) => events))).not.toContain('€')
  })

  it('waits through the room’s death, and people who come are shown it', async () => {
    const { whole, person, ask, say, finish, set } = await met()
    await set('held')
    const turnId = await ask('Well?')
    await say('Still here.')
    await finish()
    const [draft] = ofType(person, 'reply-draft')
    whole.kill()
    const other = whole.line('person', 'Tomás')
    other.send({ type: 'hello', after: null })
    expect(ofType(other, 'welcome')).toMatchObject([{ controller: 'held', activeTurnId: turnId }])
    expect(ofType(other, 'reply-draft')).toMatchObject([{ turnId, text: draft.text }])
    const visitor = whole.line('visitor')
    visitor.send({ type: 'hello', after: null })
    expect(JSON.stringify(visitor.heard)).not.toContain('Still here.')
    other.send({ type: 'reply-release', turnId })
    expect(transcript(whole).at(-1)).toEqual({ role: 'twin', text: draft.text, outcome: 'answered' })
  })

  it('is void where the room dies while it is written, and may be asked for again', async () => {
    const { whole, ask, say, set } = await met()
    await set('held')
    const turnId = await ask('Well?')
    await say('Nobody reads this.')
    whole.kill()
    const visitor = whole.line('visitor')
    visitor.send({ type: 'hello', after: 0 })
    expect(JSON.stringify(visitor.heard)).not.toContain('Nobody')
    expect(transcript(whole).at(-1)).toEqual({
      role: 'twin',
      text: '',
      outcome: 'interrupted',
      reason: 'room_restarted',
    })
    visitor.send({ type: 'reply-retry', turnId })
    await whole.settle()
    expect(whole.model.calledUnder).toEqual(['held', 'held'])
  })

  it('is void once its visitor stops it, and the next is drafted', async () => {
    const { whole, visitor, ask, say, finish, set } = await met()
    await set('held')
    const turnId = await ask('Well?')
    await say('Void.')
    await finish()
    const next = await ask('And?')
    visitor.send({ type: 'reply-stop', turnId })
    await whole.settle()
    expect(ofType(visitor, 'reply-end')).toMatchObject([{ turnId, outcome: 'stopped' }])
    expect(whole.room.turns.current()).toMatchObject({ turnId: next, drafted: true })
    expect(JSON.stringify(visitor.heard)).not.toContain('Void.')
    expect(whole.room.conversation.written()).toBe('')
  })

  it('stands in the way of handing back, and not of taking over', async () => {
    const { whole, visitor, person, ask, say, finish, set } = await met()
    await set('held')
    const turnId = await ask('Well?')
    await set('twin') // while it is written
    await say('Hm.')
    await finish()
    await set('twin')
    expect(ofType(person, 'error')).toMatchObject([
      { code: 'reply_held', turnId },
      { code: 'reply_held', turnId },
    ])
    await set('human')
    expect(ofType(visitor, 'reply-end')).toMatchObject([{ turnId, outcome: 'stopped', reason: 'taken_over' }])
    await set('twin')
    expect(ofType(visitor, 'controller-changed').map(({ controller }) => controller)).toEqual(['held', 'human', 'twin'])
    expect(whole.model.calledUnder).toEqual(['held'])
  })

  it('is forgotten with its conversation, and so is who answered; whoever is there is told', async () => {
    const { whole, person, ask, say, finish, set } = await met()
    await set('held')
    await ask('Well?')
    await say('Words to forget.')
    await finish()
    whole.room.erase()
    expect(frames(person).at(-1)).toMatchObject({ type: 'error', code: 'conversation_deleted' })
    const { database } = whole.storage
    const tables = database.prepare(`select name from sqlite_master where type = 'table'`).all()
    const rows = tables.map(({ name }) => database.prepare(`select * from "${String(name)}"`).all())
    expect(JSON.stringify(rows)).not.toMatch(/Words to forget|Well\?|draftEnd|controller/)
  })

  it('that came to nothing is not held', async () => {
    const { whole, visitor, ask, set } = await met()
    await set('held')
    const turnId = await ask('Well?')
    whole.model.fail()
    await whole.settle()
    expect(frames(visitor).at(-1)).toMatchObject({ type: 'reply-end', turnId, outcome: 'failed' })
  })
})

describe('a reply that a person changes', () => {
  it('is changed once a count, for every tab, and anew when it is asked for again', async () => {
    const { whole, visitor, person, ask, say, set } = await met()
    const turnId = await ask('Well?')
    await say('Wrong.')
    whole.model.fail()
    await whole.settle()
    const revise = (text: string, revisions: number): void =>
      person.send({ type: 'reply-revise', turnId, text, revisions })
    revise('Right.', 1)
    revise('Right.', 1)
    revise('Too soon.', 3)
    expect(ofType(visitor, 'reply-revised')).toMatchObject([{ turnId, text: 'Right.', revisions: 1 }])
    expect(ofType(person, 'ack')).toHaveLength(2)
    expect(ofType(person, 'error')).toMatchObject([{ code: 'reply_not_revisable' }])
    expect(whole.room.transcript.page(null, undefined).messages.at(-1)).toMatchObject({ text: 'Right.', revisions: 1 })
    visitor.send({ type: 'reply-retry', turnId })
    await whole.settle()
    revise('Not while it is written.', 2)
    expect(ofType(person, 'error')).toHaveLength(2)
    const [, reply] = whole.room.transcript.page(null, whole.room.conversation.running()).messages
    expect(reply).not.toHaveProperty('revisions')
    await set('twin')
  })
})

describe('who is here', () => {
  it('is told once a coming and a going, and not of each tab', async () => {
    const { whole, visitor, person } = await met()
    expect(ofType(visitor, 'presence')).toMatchObject([{ visitor: true, people: ['Inês'] }])
    const second = whole.line('person')
    second.send({ type: 'hello', after: null })
    const tab = whole.line('visitor')
    tab.send({ type: 'hello', after: null })
    expect(ofType(tab, 'welcome')).toMatchObject([{ people: ['Inês'] }])
    tab.close()
    second.close()
    expect(ofType(visitor, 'presence')).toHaveLength(1)
    whole.line('person', 'Tomás').send({ type: 'hello', after: null })
    expect(ofType(visitor, 'presence').at(-1)).toMatchObject({ people: ['Inês', 'Tomás'] })
    visitor.close()
    expect(ofType(person, 'presence').at(-1)).toMatchObject({ visitor: false, people: ['Inês', 'Tomás'] })
    visitor.close()
    expect(ofType(person, 'presence')).toHaveLength(3)
  })

  it('is nobody who has not said hello', async () => {
    const { whole, visitor, person } = await met()
    const silent = whole.line('person', 'Nobody')
    person.send({ type: 'controller-set', controller: 'human' })
    expect(silent.heard).toEqual([])
    silent.send({ type: 'controller-set', controller: 'twin' })
    expect(frames(silent)).toMatchObject([{ type: 'error', code: 'frame_invalid' }])
    expect(ofType(visitor, 'presence')).toHaveLength(1)
  })
})

describe('somebody who writes', () => {
  it('is seen by the other side alone, and no faster than it is true', async () => {
    const { whole, visitor, person } = await met()
    const other = whole.line('person', 'Tomás')
    other.send({ type: 'hello', after: null })
    for (let times = 0; times < 9; times += 1) visitor.send({ type: 'typing' })
    person.send({ type: 'typing' })
    expect(ofType(person, 'typing')).toMatchObject([{ who: 'visitor' }, { who: 'visitor' }])
    expect(ofType(visitor, 'typing')).toMatchObject([{ who: 'person', name: 'Inês' }])
    expect(ofType(other, 'typing')).toHaveLength(2)
    expect(whole.room.journal.lastSeq).toBe(0)
  })
})

describe('whatever visitors and people do, and whenever the room dies', () => {
  it('every line has every number once and the same bytes, and the twin never talks over a person', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 994, 998), fc.array(ACTS, { maxLength: 40 }), async (taken, acts) => {
        const storage = memoryStorage()
        if (taken > 0) fill(storage, taken)
        await live(storage, acts)
      }),
      { numRuns: 250 },
    )
  }, 60_000)
})

type Act = { readonly do: string; readonly turn?: number; readonly text?: string; readonly to?: string }

const act = (name: string, weight: number, more: Record<string, fc.Arbitrary<unknown>> = {}) => ({
  weight,
  arbitrary: fc.record({ do: fc.constant(name), ...more }) as fc.Arbitrary<Act>,
})
const turn = fc.nat(5)
const text = fc.constantFrom('a', 'Two words.', '👋🏽 {"', '`'.repeat(9_001))
const ACTS = fc.oneof(
  act('ask', 6),
  act('speak', 6, { text: fc.constantFrom('Some words. ', 'more, ') }),
  act('finish', 5),
  act('fail', 1),
  act('stop', 1, { turn }),
  act('edit', 2, { turn }),
  act('retry', 2, { turn }),
  act('control', 5, { to: fc.constantFrom('twin', 'human', 'held', 'held') }),
  act('answer', 4),
  act('release', 4, { turn, text: fc.option(text, { nil: undefined }) }),
  act('revise', 2, { turn, text }),
  act('kill', 2),
  act('return', 2, { turn: fc.nat(200) }),
)

/** Lives through the acts, and looks after each whether all still holds. */
async function live(storage: MemoryStorage, acts: readonly Act[]): Promise<void> {
  const whole = openWholeRoom(storage)
  const base = whole.room.journal.lastSeq
  const turnIds: string[] = []
  const known: string[] = []
  let visitor = whole.line('visitor')
  let person = whole.line('person')
  visitor.send({ type: 'hello', after: base })
  person.send({ type: 'hello', after: base })

  for (const { do: what, turn: which = 0, text: words, to } of acts) {
    whole.later()
    const turnId = turnIds.at(which % Math.max(1, turnIds.length)) ?? newId()
    const before = { controller: whole.room.conversation.people.controller(), held: whole.room.conversation.held() }
    const drafted = whole.room.turns.current()?.drafted === true
    const heard = numbered(visitor).length
    if (what === 'ask') {
      visitor.send({ type: 'message-send', messageId: newId(), text: `Question ${turnIds.length}` })
      const ack = ofType(visitor, 'ack').at(-1)
      if (ack && !turnIds.includes(ack.turnId)) turnIds.push(ack.turnId)
    } else if (what === 'speak') whole.model.say(words ?? '')
    else if (what === 'finish') whole.model.finish()
    else if (what === 'fail') whole.model.fail()
    else if (what === 'stop') visitor.send({ type: 'reply-stop', turnId })
    else if (what === 'edit') visitor.send({ type: 'message-edit', turnId, text: 'Changed', edits: (which % 2) + 1 })
    else if (what === 'retry') visitor.send({ type: 'reply-retry', turnId })
    else if (what === 'control') person.send({ type: 'controller-set', controller: to })
    else if (what === 'answer') person.send({ type: 'person-send', messageId: newId(), text: 'A person speaks.' })
    else if (what === 'release') {
      const held = before.held?.turnId ?? turnId
      person.send({ type: 'reply-release', turnId: held, ...(words !== undefined && { text: words }) })
    } else if (what === 'revise') {
      person.send({ type: 'reply-revise', turnId, text: words, revisions: (which % 3) + 1 })
    } else if (what === 'return') {
      const after = base + Math.min(which, known.length + numbered(visitor).length)
      const back = whole.line('visitor')
      back.send({ type: 'hello', after })
      expect(numbered(back).slice(0, known.length + heard - (after - base))).toEqual(
        [...known, ...numbered(visitor).slice(0, heard)].slice(after - base),
      )
      back.close()
    } else if (what === 'kill') {
      known.push(...numbered(visitor))
      whole.kill()
      expect(whole.room.conversation.people.controller()).toBe(before.controller)
      expect(whole.room.conversation.held()).toEqual(before.held)
      visitor = whole.line('visitor')
      person = whole.line('person')
      visitor.send({ type: 'hello', after: base + known.length })
      person.send({ type: 'hello', after: base + known.length })
    }
    await whole.settle()

    const { conversation, transcript: messages, turns } = whole.room
    const fresh = what === 'kill' ? numbered(visitor) : numbered(visitor).slice(heard)
    const deltas = fresh.filter((frame) => frame.startsWith('['))
    if (drafted && before.controller !== 'twin' && what !== 'release') {
      const other = fresh.findIndex((frame) => frame.includes('"reply-start"')) // of a later, visible reply
      const shown = other < 0 ? deltas : deltas.filter((frame) => fresh.indexOf(frame) < other)
      expect(shown, `${what}: nobody released this`).toEqual([])
    }
    if (before.controller === 'human' && what !== 'control') expect(deltas).toEqual([])
    expect(messages.count() + turns.unreplied()).toBeLessThanOrEqual(MAX_CONVERSATION_MESSAGES)
    expect(conversation.placesLeft()).toBe(MAX_CONVERSATION_MESSAGES - messages.count() - turns.unreplied())
  }
  expect(whole.model.calledUnder).not.toContain('human')
  const all = [...known, ...numbered(visitor)]
  expect(all.map((frame) => (frame.startsWith('[') ? JSON.parse(frame)[0] : JSON.parse(frame).seq))).toEqual(
    all.map((_, index) => base + index + 1),
  )
  whole.kill()
  const seen = [...all, ...Array.from(whole.room.journal.replayAfter(base + all.length))]
  for (let after = 0; after <= seen.length; after += 3) {
    expect(Array.from(whole.room.journal.replayAfter(base + after))).toEqual(seen.slice(after))
  }
}

/** A conversation that has had so many messages. */
function fill({ database }: MemoryStorage, messages: number): void {
  database.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${messages})
    insert into messages (position, id, message_id, turn_id, role, text, at, outcome)
    select i, printf('00000000-0000-4000-8000-%012x', i), 'm' || i, printf('00000000-0000-4000-9000-%012x', (i + 1) / 2),
      case when i % 2 then 'visitor' else 'twin' end, 'x', '2026-11-21T12:00:00.000Z',
      case when i % 2 then null else 'answered' end from n;
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${messages / 2})
    insert into turns (turn_id, asked, replied, state) select printf('00000000-0000-4000-9000-%012x', i),
      2 * i - 1, 2 * i, 'ended' from n;
    insert into facts (name, value) values ('noticed', 'true')`)
}
