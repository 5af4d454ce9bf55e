import fc from 'fast-check'
import { expect, it } from 'vitest'
import { splitPassages } from './split-passages.ts'

it('keeps short paragraphs together and headings with what is below them', () => {
  expect(splitPassages('Hello.\n\nThere.\n\n## Half-time\nWater.\n\nOranges.')).toEqual([
    { heading: null, text: 'Hello.\n\nThere.' },
    { heading: 'Half-time', text: 'Water.\n\nOranges.' },
  ])
})

it.each([
  ['of nothing but marks', '# ######'],
  ['too long to be one', `# ${'#'.repeat(90_000)}x`],
])('takes a heading %s as text, at once', (_case, line) => {
  const begun = performance.now()
  const passages = splitPassages(line)
  expect(performance.now() - begun).toBeLessThan(500)
  expect(passages.every(({ heading }) => heading === null)).toBe(true)
  expect(
    passages
      .map(({ text }) => text)
      .join('')
      .replaceAll(' ', ''),
  ).toBe(line.replaceAll(' ', ''))
})

it('cuts a long paragraph at its sentences', () => {
  const passages = splitPassages('A sentence of a certain length stands here. '.repeat(60))
  expect(passages.length).toBeGreaterThan(2)
  for (const { text } of passages) expect(text).toMatch(/^A sentence.*here\.$/s)
})

it('loses no word, exceeds no length and halves no character', () => {
  const paragraph = fc
    .array(fc.constantFrom('word', 'goal!', 'now.', '🏟️', 'x'.repeat(900), 'a'), { maxLength: 300 })
    .map((words) => words.join(' '))
  fc.assert(
    fc.property(fc.array(paragraph, { maxLength: 5 }), (paragraphs) => {
      const passages = splitPassages(paragraphs.join('\n\n'))
      const letters = (text: string): string => text.replace(/\s+/g, '')
      expect(letters(passages.map(({ text }) => text).join(''))).toBe(letters(paragraphs.join('')))
      for (const { text } of passages) expect(text.length <= 800 && !/\p{Surrogate}/u.test(text)).toBe(true)
    }),
    { numRuns: 50 },
  )
})
