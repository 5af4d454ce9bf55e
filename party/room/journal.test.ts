import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../testing/node/memory-storage.ts'
import { openJournal, type Journal } from './journal.ts'

type Step = { readonly do: 'delta'; readonly text: string } | { readonly do: 'message' } | { readonly do: 'end' }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ do: fc.constant('delta' as const), text: fc.string({ unit: 'grapheme', maxLength: 8 }) }),
    },
    { weight: 2, arbitrary: fc.constant({ do: 'message' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'end' as const }) },
  ),
  { maxLength: 60 },
)

function take(journal: Journal, step: Step): string {
  if (step.do === 'delta') return journal.appendDelta(step.text)
  if (step.do === 'message') {
    return journal.append({
      type: 'message-added',
      position: 1,
      messageId: 'm',
      turnId: 't',
      text: '"\u2028👋',
      at: 'now',
    })
  }
  journal.compact()
  return journal.append({ type: 'reply-end', turnId: 't', outcome: 'answered' })
}

const numberOf = (frame: string): number => {
  const parsed: unknown = JSON.parse(frame)
  return Array.isArray(parsed) ? parsed[0] : (parsed as { seq: number }).seq
}

describe('the journal', () => {
  it('numbers without a gap and replays the same bytes from any number, before and after compaction and a wake', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const storage = memoryStorage()
        const journal = openJournal(storage)
        const sent = taken.map((step) => take(journal, step))
        expect(sent.map(numberOf)).toEqual(sent.map((_, index) => index + 1))
        const woken = openJournal(storage)
        expect(woken.lastSeq).toBe(sent.length)
        for (let after = 0; after <= sent.length; after += 1) {
          expect(Array.from(woken.replayAfter(after))).toEqual(sent.slice(after))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('keeps one row for a whole reply', () => {
    const storage = memoryStorage()
    const journal = openJournal(storage)
    for (let count = 0; count < 500; count += 1) journal.appendDelta(`word ${count} `)
    take(journal, { do: 'end' })
    expect(storage.sql.exec('select 1 from frames').toArray()).toHaveLength(2)
    expect(Array.from(journal.replayAfter(250))[0]).toBe('[251,"word 250 "]')
  })

  it('counts on from the last of a joined row', () => {
    const storage = memoryStorage()
    const journal = openJournal(storage)
    journal.appendDelta('one ')
    journal.appendDelta('two ')
    journal.compact()
    expect(openJournal(storage).appendDelta('three')).toBe('[3,"three"]')
  })

  it('knows what the running reply says so far, and nothing once it has ended', () => {
    const journal = openJournal(memoryStorage())
    journal.appendDelta('So ')
    take(journal, { do: 'message' })
    journal.appendDelta('far')
    expect(journal.runningText()).toBe('So far')
    take(journal, { do: 'end' })
    expect(journal.runningText()).toBe('')
  })
})
