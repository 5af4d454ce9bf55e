/** What a model cost is counted once: settled, stopped, killed or erased. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../schema/domain/id.ts'
import type { Archive, ArchiveBatch, ArchivedCall } from '../core/ports.ts'
import { memoryStorage } from '../testing/node/memory-storage.ts'
import { AT, memoryOwner as owner, openMemoryRoom } from '../testing/node/open-memory-room.ts'

const turnId = newId<'turn'>()
const call = { id: newId<'call'>(), turnId, attempt: 1, model: 'm', inputTokens: 120 }

/** An archive that keeps what it is sent and fails as told. */
function archive(refuses: (batch: ArchiveBatch) => boolean = () => false) {
  const counted: ArchivedCall[] = []
  const port: Archive = {
    async write(batch) {
      if (refuses(batch)) throw new Error('refused')
      counted.push(...batch.calls)
    },
    async erase() {
      // nothing else is kept here
    },
  }
  return { port, counted }
}

describe('the calls of a room', () => {
  it('travel once the provider has counted, and once', async () => {
    const { calls, outbox } = openMemoryRoom()
    const { port, counted } = archive()
    calls.begin(call, AT)
    expect(outbox.isEmpty()).toBe(true)
    calls.settle({ inputTokens: 100, outputTokens: 7 })
    calls.settle({ inputTokens: 1, outputTokens: 1 })
    calls.estimate(() => 'too late')
    expect(outbox.isEmpty()).toBe(false)
    await outbox.drain(port, owner, AT)
    await outbox.drain(port, owner, AT)
    expect(counted).toMatchObject([{ ...call, at: AT, inputTokens: 100, outputTokens: 7, estimated: false }])
    expect(outbox.isEmpty()).toBe(true)
  })

  it('stay where they are while they are open, whatever else travels', async () => {
    const { calls, outbox, exchange } = openMemoryRoom()
    const { port, counted } = archive()
    exchange('a')
    calls.begin(call, AT)
    await outbox.drain(port, owner, AT)
    expect(counted).toEqual([])
    calls.settle({ inputTokens: 100, outputTokens: 7 })
    await outbox.drain(port, owner, AT)
    expect(counted).toHaveLength(1)
  })

  it('are estimated where no count came', async () => {
    const { calls, outbox } = openMemoryRoom()
    const { port, counted } = archive()
    calls.begin(call, AT)
    calls.estimate(() => 'Twelve bytes')
    await outbox.drain(port, owner, AT)
    expect(counted).toMatchObject([{ ...call, outputTokens: 3, estimated: true }])
  })

  it('outlive the room that made them: what was written before it was killed is what they came to', async () => {
    const storage = memoryStorage()
    const first = openMemoryRoom(storage)
    first.conversation.accept({ messageId: 'a', text: 'Question' }, AT)
    first.conversation.beginNext(AT)
    first.calls.begin(call, AT)
    first.conversation.say('Half of a ')
    first.conversation.say('reply')
    const second = openMemoryRoom(storage)
    second.calls.estimate(second.conversation.written)
    second.conversation.recover(AT)
    const { port, counted } = archive()
    await second.outbox.drain(port, owner, AT)
    expect(counted).toMatchObject([{ ...call, outputTokens: 4, estimated: true }])
    const third = openMemoryRoom(storage)
    third.calls.estimate(() => 'again')
    await third.outbox.drain(port, owner, AT)
    expect(counted).toHaveLength(1)
  })

  it('are sent again, under the same id, until the archive has answered', async () => {
    const { calls, outbox } = openMemoryRoom()
    let away = true
    const seen: string[] = []
    const port: Archive = {
      async write(batch) {
        seen.push(...batch.calls.map(({ id }) => id))
        if (away) throw new Error('away')
      },
      async erase() {
        // not asked
      },
    }
    calls.begin(call, AT)
    calls.settle({ inputTokens: 1, outputTokens: 1 })
    expect(await outbox.drain(port, owner, AT)).toBeGreaterThan(0)
    away = false
    await outbox.drain(port, owner, AT)
    expect(seen).toHaveLength(2)
    expect(new Set(seen).size).toBe(1)
  })

  it('that the archive refuses keep no message waiting', async () => {
    const { calls, outbox, exchange, reports } = openMemoryRoom()
    const { port } = archive((batch) => batch.calls.length > 0)
    exchange('a')
    calls.begin(call, AT)
    calls.settle({ inputTokens: 1, outputTokens: 1 })
    expect(await outbox.drain(port, owner, AT)).toBeGreaterThan(1_000)
    expect(reports).toHaveLength(1)
  })

  it('are counted though the conversation is erased, and refused ones then wait aside', async () => {
    const { calls, outbox, exchange, conversation } = openMemoryRoom()
    exchange('a')
    calls.begin(call, AT)
    calls.estimate(() => 'Four')
    conversation.erase(AT)
    let refuses = true
    const { port, counted } = archive((batch) => refuses && batch.calls.length > 0)
    expect(await outbox.drain(port, owner, AT)).toBeGreaterThan(1_000)
    refuses = false
    const other = openMemoryRoom()
    other.exchange('a')
    other.calls.begin(call, AT)
    other.calls.estimate(() => 'Four')
    other.conversation.erase(AT)
    expect(await other.outbox.drain(port, owner, AT)).toBeNull()
    expect(counted).toMatchObject([{ outputTokens: 1, estimated: true }])
  })
})
