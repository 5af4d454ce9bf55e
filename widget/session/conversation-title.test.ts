import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conversationTitle } from './conversation-title.ts'

describe('the title of a conversation', () => {
  it.each([
    ['Who scored?', 'Who scored?'],
    ['  Who\n\n scored? ', 'Who scored?'],
    ['', ''],
    [
      'What did you feel when the whole stadium sang your name at the very end?',
      'What did you feel when the whole stadium sang your name at…',
    ],
    ['試'.repeat(80), `${'試'.repeat(59)}…`],
    [`${'x'.repeat(58)}⚽🏆🏆`, `${'x'.repeat(58)}⚽…`],
  ])('of %j is %j', (words, title) => {
    expect(conversationTitle(words)).toBe(title)
  })

  it('is one line of at most sixty characters, never with half of one, and its own title', () => {
    const words = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '🏆', 'é', '試'), maxLength: 120 })
    fc.assert(
      fc.property(words, (text) => {
        const title = conversationTitle(text)
        expect(title.length).toBeLessThanOrEqual(60)
        expect(title).not.toMatch(/[\n\p{Cs}]/u)
        expect(conversationTitle(title)).toBe(title)
      }),
    )
  })
})
