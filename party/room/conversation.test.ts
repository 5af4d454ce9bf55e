import { describe, expect, it } from 'vitest'
import type { Archive, ArchiveBatch, Clock } from '../core/ports.ts'
import type { MemoryStorage } from '../testing/node/memory-storage.ts'
import { AT, memoryOwner as owner, openMemoryRoom } from '../testing/node/open-memory-room.ts'

let time = 0
const clock: Clock = { now: () => time, random: () => 0.5 }
const wake = (storage?: MemoryStorage) => openMemoryRoom(storage, clock)

describe('capacity', () => {
  it('takes 500 questions with their replies, gives one notice at 900 messages, and then is full', () => {
    const { conversation, transcript, exchange, journal } = wake()
    const notices: string[] = []
    for (let count = 1; count <= 500; count += 1) {
      const frames = exchange(`m${count}`)
      notices.push(...frames.filter((frame) => frame.includes('"notice"')))
      if (count === 449) expect(notices).toEqual([])
    }
    expect(notices.map((frame) => JSON.parse(frame))).toEqual([
      { type: 'notice', notice: 'conversation_nearly_full', placesLeft: 100, seq: expect.any(Number) },
    ])
    expect(transcript.count()).toBe(1_000)
    const lastSeq = journal.lastSeq
    expect(conversation.accept({ messageId: 'one more', text: 'x' }, AT)).toMatchObject({ status: 'full', frames: [] })
    expect(conversation.accept({ messageId: 'm7', text: 'x' }, AT)).toMatchObject({ status: 'known' })
    expect(journal.lastSeq).toBe(lastSeq)
    expect(transcript.page(null, undefined).messages).toHaveLength(50)
  })

  it('keeps a place for the reply of every question that waits', () => {
    const { conversation, exchange } = wake()
    for (let count = 1; count <= 498; count += 1) exchange(`m${count}`)
    expect(conversation.accept({ messageId: 'a', text: 'x' }, AT).status).toBe('accepted')
    expect(conversation.accept({ messageId: 'b', text: 'x' }, AT).status).toBe('accepted')
    expect(conversation.placesLeft()).toBe(0)
    expect(conversation.accept({ messageId: 'c', text: 'x' }, AT).status).toBe('full')
  })
})

describe('history', () => {
  it('comes in pages without a gap, newest first, and each fits a frame', () => {
    const { exchange, transcript } = wake()
    for (let count = 1; count <= 60; count += 1) exchange(`m${count}`, '€'.repeat(2_000))
    const seen: number[] = []
    for (let before: number | null = null; ;) {
      const page = transcript.page(before, undefined)
      expect(new TextEncoder().encode(JSON.stringify(page)).length).toBeLessThan(64 * 1024)
      seen.unshift(...page.messages.map(({ position }) => position))
      before = page.before
      if (before === null) break
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => index + 1))
  })
})

describe('a wake', () => {
  it('marks what was being written, once, and leaves what waits in line', () => {
    const { storage, conversation } = wake()
    const first = conversation.accept({ messageId: 'a', text: 'one' }, AT)
    conversation.accept({ messageId: 'b', text: 'two' }, AT)
    conversation.beginNext(AT)
    conversation.say('Half a ')
    const second = wake(storage)
    const frames = second.conversation.recover(AT)
    expect(frames.map((frame) => JSON.parse(frame))).toMatchObject([
      { type: 'reply-end', turnId: first.turnId, outcome: 'interrupted', reason: 'room_restarted' },
    ])
    const third = wake(storage)
    expect(third.conversation.recover(AT)).toEqual([])
    expect(third.transcript.page(null, undefined).messages[2]).toMatchObject({
      text: 'Half a ',
      outcome: 'interrupted',
    })
    expect(third.conversation.beginNext(AT)?.turn.attempts).toBe(1)
  })

  it('undoes a step that did not complete: no number is burnt, no row is left', () => {
    const { storage, conversation, journal, transcript } = wake()
    storage.database.exec('drop table outbox')
    expect(() => conversation.accept({ messageId: 'a', text: 'one' }, AT)).toThrow()
    expect(transcript.count()).toBe(0)
    expect(journal.lastSeq).toBe(0)
  })
})

describe('the outbox', () => {
  const archive = (write: (batch: ArchiveBatch) => void): Archive => ({
    write: async (batch) => write(batch),
    erase: async () => undefined,
  })

  it('keeps every row until the archive has it, and waits longer each time', async () => {
    const { outbox, exchange } = wake()
    exchange('a')
    const away = archive(() => {
      throw new Error('away')
    })
    expect(await outbox.drain(away, owner, AT)).toBe(75)
    expect(await outbox.drain(away, owner, AT)).toBe(150)
    expect(await outbox.drain(away, owner, AT)).toBe(300)
    expect(outbox.isEmpty()).toBe(false)
    const batches: ArchiveBatch[] = []
    expect(
      await outbox.drain(
        archive((batch) => batches.push(batch)),
        owner,
        AT,
      ),
    ).toBeNull()
    expect(batches.flatMap(({ messages }) => messages.map(({ position }) => position))).toEqual([1, 2])
    expect(outbox.isEmpty()).toBe(true)
  })

  it('sends a row again that changed while it was on its way', async () => {
    const { outbox, exchange } = wake()
    exchange('a')
    let writes = 0
    const busy = archive(() => {
      writes += 1
      if (writes === 1) outbox.addMessage(2)
    })
    expect(await outbox.drain(busy, owner, AT)).toBeNull()
    expect(writes).toBe(2)
  })

  it('sets aside a row that the archive refuses, writes all others, and tries it again later', async () => {
    const { outbox, exchange, conversation, reports, storage } = wake()
    for (const id of ['a', 'bad', 'c']) exchange(id)
    const kept = new Map<string, string>()
    let mended = false
    let isAway = false
    const picky = archive(({ messages }) => {
      if (isAway) throw new Error('away')
      if (!mended && messages.some(({ text }) => text === 'Question bad')) throw new Error('invalid input')
      for (const { position, text } of messages) kept.set(String(position), text)
    })
    expect(await outbox.drain(picky, owner, AT)).toBe(45_000)
    expect([...kept.keys()]).toEqual(['1', '2', '4', '5', '6'])
    expect(outbox.isEmpty()).toBe(false)
    expect(reports).toHaveLength(1)
    expect(reports.join()).not.toContain('Question')

    exchange('d') // what comes later does not wait for it
    expect(await outbox.drain(picky, owner, AT)).toBe(45_000)
    expect(kept.get('8')).toBe('Yes.')
    expect(reports).toHaveLength(1)

    time += 45_000
    isAway = true
    expect(await wake(storage).outbox.drain(picky, owner, AT)).toBe(75) // nobody there is no refusal
    isAway = false
    expect(await outbox.drain(picky, owner, AT)).toBe(90_000)
    time += 90_000
    mended = true
    expect(await outbox.drain(picky, owner, AT)).toBeNull()
    expect(kept.get('3')).toBe('Question bad')
    expect(outbox.isEmpty()).toBe(true)
    expect(conversation.placesLeft()).toBe(992)
  })

  it('writes long silences in batches of at most fifty', async () => {
    const { outbox, exchange } = wake()
    for (let count = 0; count < 60; count += 1) exchange(`m${count}`)
    const sizes: number[] = []
    await outbox.drain(
      archive(({ messages }) => sizes.push(messages.length)),
      owner,
      AT,
    )
    expect(sizes).toEqual([50, 50, 20])
  })
})
