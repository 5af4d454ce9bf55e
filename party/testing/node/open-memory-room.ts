/** The parts of a room that remember, over Node's SQLite: what one wake of a room works with, for tests. */
import { newId } from '../../../schema/domain/id.ts'
import type { Clock, RoomOwner } from '../../core/ports.ts'
import { openCalls } from '../../room/calls.ts'
import { openConversation } from '../../room/conversation.ts'
import { roomFacts } from '../../room/facts.ts'
import { openJournal } from '../../room/journal.ts'
import { openOutbox } from '../../room/outbox.ts'
import { openRatings } from '../../room/ratings.ts'
import { openTranscript } from '../../room/transcript.ts'
import { openTurns } from '../../room/turns.ts'
import { memoryStorage, type MemoryStorage } from './memory-storage.ts'

export const AT = '2026-11-21T12:00:00.000Z'

export const memoryOwner: RoomOwner = {
  tenantId: newId(),
  deploymentId: newId(),
  conversationId: newId(),
  visitorId: newId(),
  celebrityId: newId(),
  campaignId: null,
  origin: 'https://nova.example',
  tier: 'FREE',
}

const STILL: Clock = { now: () => 0, random: () => 0.5 }

/** Wakes on a storage, or in an empty one. */
export function openMemoryRoom(storage: MemoryStorage = memoryStorage(), clock: Clock = STILL) {
  const reports: string[] = []
  const facts = roomFacts(storage)
  const journal = openJournal(storage)
  const transcript = openTranscript(storage)
  const turns = openTurns(storage)
  const calls = openCalls(storage)
  const outbox = openOutbox({
    storage,
    facts,
    transcript,
    calls,
    clock,
    timing: { outboxRetryMs: 100, outboxRetryMaxMs: 1_000 },
    report: (error) => reports.push(String(error)),
  })
  const ratings = openRatings({ storage, journal, transcript, outbox })
  const conversation = openConversation({ storage, facts, journal, transcript, turns, ratings, outbox })
  const exchange = (id: string, reply = 'Yes.'): readonly string[] => {
    const { turnId } = conversation.accept({ messageId: id, text: `Question ${id}` }, AT)
    conversation.beginNext(AT)
    conversation.say(reply)
    return conversation.end(turnId, { outcome: 'answered', model: 'm' }, AT) ?? []
  }
  return { storage, facts, journal, transcript, turns, calls, ratings, outbox, conversation, exchange, reports }
}
