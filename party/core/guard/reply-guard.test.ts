import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replyGuard, type GuardRules } from './reply-guard.ts'

const open: GuardRules = { avoidTerms: [], bannedTopics: [], maxChars: 8_000 }

function guarded(rules: GuardRules, deltas: readonly string[]) {
  const guard = replyGuard(rules)
  let said = ''
  for (const delta of deltas) {
    const { safe, broken } = guard.push(delta)
    said += safe
    if (broken) return { said, broken }
  }
  const { safe, broken } = guard.end()
  return { said: said + safe, broken }
}

describe('replyGuard', () => {
  it('gives back every well-formed text whole, whatever half characters the deltas end in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat({ max: 5 }), (text, size) => {
        const clean = text.replaceAll('\0', '')
        const deltas = Array.from({ length: Math.ceil(clean.length / (size + 1)) }, (_, i) =>
          clean.slice(i * (size + 1), (i + 1) * (size + 1)),
        )
        expect(guarded(open, deltas).said).toBe(clean)
      }),
    )
  })

  it('drops lone surrogates and U+0000, which could be neither sent nor kept', () => {
    expect(guarded(open, ['a\ud83d', 'b\udc4b', '\0c\ud83d', '\udc4b', 'd\ud83d']).said).toBe('abc👋d')
  })

  it('never says more than it may, and ends at a sentence or a word', () => {
    const word = fc.constantFrom(
      'Goal',
      'goes',
      'in.',
      'What',
      'a',
      'night!',
      'Really?',
      'extraordinarily',
      '“In.”',
      'ninety',
    )
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 120 }),
        fc.integer({ min: 60, max: 700 }),
        fc.nat({ max: 9 }),
        (words, maxChars, size) => {
          const text = words.join(' ')
          const deltas = text.match(new RegExp(`[^]{1,${size + 1}}`, 'g')) ?? []
          const { said, broken } = guarded({ ...open, maxChars }, deltas)
          expect(said.length).toBeLessThanOrEqual(maxChars)
          if (text.length <= maxChars) expect({ said, broken }).toEqual({ said: text, broken: undefined })
          else {
            expect(broken).toEqual({ reason: 'too_long', rule: String(maxChars) })
            expect(said).toMatch(/([.!?]["”]?|…)\s?$/)
            expect(text.startsWith(said.replace(/…$/, '').trimEnd())).toBe(true)
          }
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('cuts a word without end inside itself, but never inside a character', () => {
    const { said } = guarded({ ...open, maxChars: 101 }, ['👋'.repeat(400)])
    expect(said.length).toBeLessThanOrEqual(101)
    expect(said).toMatch(/^(👋)+…$/u)
  })

  it('tells an avoided term from a banned topic', () => {
    const rules = { ...open, avoidTerms: ['Kick Cola'], bannedTopics: ['gambling'] }
    expect(guarded(rules, ['Try Kick', ' Cola.'])).toEqual({
      said: 'Try ',
      broken: { reason: 'avoided_term', rule: 'Kick Cola' },
    })
    expect(guarded(rules, ['About gambl', 'ing'])).toEqual({
      said: 'About ',
      broken: { reason: 'banned_topic', rule: 'gambling' },
    })
  })
})
