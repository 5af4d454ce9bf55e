/** Edits, ratings and erasure upon what a room remembers, in any order a visitor may think of. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Archive, ArchivedMessage, ArchivedRating } from '../core/ports.ts'
import { memoryStorage } from '../testing/node/memory-storage.ts'
import { AT, memoryOwner, openMemoryRoom } from '../testing/node/open-memory-room.ts'
import { prepareStorage } from './room-storage.ts'

type MemoryRoom = ReturnType<typeof openMemoryRoom>

const ASK = fc.record({ do: fc.constant('ask' as const), text: fc.string({ minLength: 1, maxLength: 8 }) })
const acts = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: ASK },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('say' as const), text: fc.string({ maxLength: 8 }) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('end' as const), well: fc.boolean() }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('edit' as const), turn: fc.nat(9), edits: fc.nat(3) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('rate' as const),
        turn: fc.nat(9),
        rating: fc.constantFrom('up' as const, 'down' as const, null),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('drain' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('wake' as const) }) },
  ),
  { maxLength: 50 },
)

/** An archive that keeps what the last write said. */
function keepingArchive() {
  const messages = new Map<number, ArchivedMessage>()
  const ratings = new Map<string, ArchivedRating>()
  const archive: Archive = {
    async write(batch) {
      for (const message of batch.messages) messages.set(message.position, message)
      for (const rating of batch.ratings) ratings.set(rating.turnId, rating)
    },
    async erase() {
      messages.clear()
      ratings.clear()
    },
  }
  return { archive, messages, ratings }
}

/** Every cell of the storage that holds text. */
function everyWord({ storage }: MemoryRoom): string {
  const tables = storage.database.prepare(`select name from sqlite_master where type = 'table'`).all()
  return tables
    .map(({ name }) => JSON.stringify(storage.database.prepare(`select * from "${String(name)}"`).all()))
    .join()
}

describe('what a visitor changes', () => {
  it('leaves numbers without a gap, a replay of the same bytes, and an archive that agrees', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (taken) => {
        const storage = memoryStorage()
        let room = openMemoryRoom(storage)
        const { archive, messages, ratings } = keepingArchive()
        const sent: string[] = []
        const turnIds: string[] = []
        const begin = (): void => void sent.push(...(room.conversation.beginNext(AT)?.frames ?? []))
        for (const act of taken) {
          const turn =
            'turn' in act ? room.turns.find(turnIds[act.turn % Math.max(1, turnIds.length)] ?? '') : undefined
          if (act.do === 'ask') {
            const accepted = room.conversation.accept({ messageId: `m${turnIds.length}`, text: act.text }, AT)
            turnIds.push(accepted.turnId)
            sent.push(...accepted.frames)
          } else if (act.do === 'say' && room.turns.active()) {
            sent.push(...room.conversation.say(act.text))
          } else if (act.do === 'end') {
            const outcome = act.well ? ('answered' as const) : ('failed' as const)
            const active = room.turns.active()
            sent.push(...((active && room.conversation.end(active.turnId, { outcome, model: 'm' }, AT)) ?? []))
          } else if (act.do === 'edit' && turn && room.conversation.editable(turn, act.edits) === 'editable') {
            expect(turn.turnId).toBe(turnIds.at(-1))
            sent.push(...room.conversation.edit(turn, { text: `edit ${act.edits}`, edits: act.edits }, AT))
            expect(room.transcript.page(null, room.conversation.running()).messages.at(-1)).toMatchObject({ text: '' })
          } else if (act.do === 'rate' && turn) {
            sent.push(...(room.ratings.rate(turn, { rating: act.rating }, AT) ?? []))
          } else if (act.do === 'drain') {
            await room.outbox.drain(archive, memoryOwner, AT)
          } else if (act.do === 'wake') {
            room = openMemoryRoom(storage)
            sent.push(...room.conversation.recover(AT))
          }
          begin()
        }
        expect(sent.map(numberOf)).toEqual(sent.map((_, index) => index + 1))
        const woken = openMemoryRoom(storage)
        for (let after = 0; after <= sent.length; after += 7) {
          expect(Array.from(woken.journal.replayAfter(after))).toEqual(sent.slice(after))
        }
        woken.conversation.recover(AT)
        await woken.outbox.drain(archive, memoryOwner, AT)
        const shown = woken.transcript.page(null, undefined).messages
        for (const { position, text, role, edits, rating, turnId } of shown) {
          if (messages.has(position)) expect(messages.get(position)).toMatchObject({ text, edits: edits ?? 0 })
          if (role === 'twin') expect(ratings.get(turnId)?.rating ?? undefined).toBe(rating)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('is nothing where it was made already, and not of its turn where it was not', () => {
    const { conversation, exchange, turns } = openMemoryRoom()
    exchange('a')
    exchange('b')
    const [older, newest] = [turns.findByMessage('a'), turns.findByMessage('b')]
    if (!older || !newest) throw new Error('Both were asked.')
    expect(conversation.editable(older, 1)).toBe('refused')
    expect(conversation.editable(newest, 2)).toBe('refused')
    expect(conversation.editable(newest, 1)).toBe('editable')
    conversation.edit(newest, { text: 'B', edits: 1 }, AT)
    const edited = turns.find(newest.turnId)
    expect(edited).toMatchObject({ state: 'waiting', attempts: 0 })
    expect(edited && conversation.editable(edited, 1)).toBe('known')
    expect(edited && conversation.editable(edited, 2)).toBe('refused') // its reply is yet to come
    exchange('c')
    expect(edited && conversation.editable(edited, 1)).toBe('known') // also once it is no longer the last
  })
})

describe('a changed message that waits behind another reply', () => {
  it('shows neither its old reply nor the one that is being written', () => {
    const { conversation, exchange, turns, transcript } = openMemoryRoom()
    exchange('a')
    exchange('b')
    const [older, newest] = [turns.findByMessage('a'), turns.findByMessage('b')]
    if (!older || !newest) throw new Error('Both were asked.')
    turns.requeue(older.turnId)
    conversation.beginNext(AT)
    conversation.say('Half of another')
    conversation.edit(newest, { text: 'B', edits: 1 }, AT)
    const texts = transcript.page(null, conversation.running()).messages.map(({ text }) => text)
    expect(texts).toEqual(['Question a', 'Half of another', 'B', ''])
  })
})

describe('a rating', () => {
  it('is void once its reply is asked for again', () => {
    const { conversation, turns, ratings } = openMemoryRoom()
    const { turnId } = conversation.accept({ messageId: 'a', text: 'A' }, AT)
    conversation.beginNext(AT)
    conversation.end(turnId, { outcome: 'failed', reason: 'model_timeout', model: 'm' }, AT)
    const turn = turns.findByMessage('a')
    if (!turn) throw new Error('It was asked.')
    ratings.rate(turn, { rating: 'down' }, AT)
    turns.requeue(turnId)
    expect(conversation.beginNext(AT)?.frames.map((frame) => JSON.parse(frame))).toMatchObject([
      { type: 'reply-rated', turnId, rating: null },
      { type: 'reply-start', turnId },
    ])
  })

  it('that was never given is not archived as taken back', async () => {
    const { conversation, exchange, turns, ratings, outbox } = openMemoryRoom()
    exchange('a')
    const turn = turns.findByMessage('a')
    if (!turn) throw new Error('It was asked.')
    expect(ratings.rate(turn, { rating: null }, AT)).toEqual([])
    expect(conversation.edit(turn, { text: 'A', edits: 1 }, AT)).toHaveLength(1)
    conversation.beginNext(AT)
    const kept = keepingArchive()
    await outbox.drain(kept.archive, memoryOwner, AT)
    expect(kept.ratings.size).toBe(0)
    expect(kept.messages.get(2)).toMatchObject({ text: '', outcome: null }) // no old reply below the new question
  })
})

describe('erasing', () => {
  const rated = (room: MemoryRoom): void => {
    room.exchange('a', 'A SECRET reply')
    const turn = room.turns.findByMessage('a')
    if (turn) room.ratings.rate(turn, { rating: 'down', comment: 'A SECRET comment' }, AT)
    room.conversation.accept({ messageId: 'b', text: 'A SECRET wish', context: { page: 'A SECRET page' } }, AT)
    room.conversation.beginNext(AT)
    room.conversation.say('A SECRET half')
  }

  it('leaves no word anywhere in the room, and a mark that lasts', () => {
    const room = openMemoryRoom()
    rated(room)
    expect(everyWord(room)).toContain('SECRET')
    room.conversation.erase(AT)
    expect(everyWord(room)).not.toContain('SECRET')
    expect(room.conversation.isErased()).toBe(true)
    expect(openMemoryRoom(room.storage).conversation.isErased()).toBe(true)
    expect(Array.from(room.journal.replayAfter(0))).toEqual([])
  })

  it('tells the archive once it can, and never again', async () => {
    const room = openMemoryRoom()
    rated(room)
    const { archive, messages } = keepingArchive()
    await room.outbox.drain(archive, memoryOwner, AT)
    expect(messages.size).toBeGreaterThan(0)
    room.conversation.erase(AT)
    expect(room.outbox.isEmpty()).toBe(false)
    const away: Archive = {
      write: async () => Promise.reject(new Error('away')),
      erase: async () => Promise.reject(new Error('away')),
    }
    expect(await room.outbox.drain(away, memoryOwner, AT)).toBe(75)
    const woken = openMemoryRoom(room.storage)
    expect(await woken.outbox.drain(away, memoryOwner, AT)).toBe(150)
    expect(await woken.outbox.drain(archive, memoryOwner, AT)).toBeNull()
    expect(messages.size).toBe(0)
    expect(woken.outbox.isEmpty()).toBe(true)
  })

  it('reports an archive that is there and refuses to forget, and asks again, later each time', async () => {
    const room = openMemoryRoom()
    rated(room)
    room.conversation.erase(AT)
    const stubborn: Archive = {
      write: async () => undefined,
      erase: async () => Promise.reject(new Error('SECRET')),
    }
    expect(await room.outbox.drain(stubborn, memoryOwner, AT)).toBe(75)
    expect(await room.outbox.drain(stubborn, memoryOwner, AT)).toBe(150)
    expect(room.reports).toEqual(Array(2).fill('Error: The archive refuses to erase a conversation'))
  })

  it('lets nothing more out of a batch that was being written, and blames no row of it', async () => {
    const room = openMemoryRoom()
    for (const id of ['a', 'b', 'c']) room.exchange(id)
    const tried: number[] = []
    const { promise: erased, resolve: erasedNow } = Promise.withResolvers<void>()
    const archive: Archive = {
      async write({ messages }) {
        if (messages.length === 0) return
        tried.push(...messages.map(({ position }) => position))
        if (messages.length === 1) room.conversation.erase(AT)
        throw new Error('refused')
      },
      erase: async () => erasedNow(),
    }
    expect(await room.outbox.drain(archive, memoryOwner, AT)).toBeNull()
    await erased
    expect(tried).toEqual([1, 2, 3, 4, 5, 6, 1])
    expect(room.outbox.isEmpty()).toBe(true)
    expect(room.reports).toEqual([])
  })
})

it('a room that slept since before edits and ratings wakes with all it had', () => {
  const storage = memoryStorage()
  const { database } = storage
  openMemoryRoom(storage).exchange('a')
  database.exec(`alter table messages drop column edits; alter table messages drop column rating;
    alter table messages drop column follow_ups; alter table turns drop column page;
    drop table outbox_ratings;
    alter table messages drop column author; alter table messages drop column author_id;
    alter table messages drop column revisions; alter table messages drop column revised_by;
    alter table messages drop column version; alter table turns drop column drafted;
    alter table turns drop column by_person; drop table draft_pieces; drop table outbox_events; drop table calls;
    drop table reservations; drop table tickets; alter table turns drop column address;
    delete from facts where name = 'storage'`)
  prepareStorage(storage)
  prepareStorage(storage)
  const { transcript, turns } = openMemoryRoom(storage)
  expect(transcript.page(null, undefined).messages).toMatchObject([{ text: 'Question a' }, { text: 'Yes.' }])
  const turn = turns.findByMessage('a')
  expect(turn && turns.page(turn)).toBeUndefined()
})

function numberOf(frame: string): unknown {
  const parsed: unknown = JSON.parse(frame)
  if (Array.isArray(parsed)) return parsed[0]
  return typeof parsed === 'object' && parsed !== null && 'seq' in parsed ? parsed.seq : undefined
}
