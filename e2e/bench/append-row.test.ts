import { expect, it } from 'vitest'
import { withRow } from './append-row.ts'

const soak = { heading: 'soak', introduction: 'Long.\n\n| a | b |\n|---|---|' }
const SOAK = '\n## soak\n\nLong.\n\n| a | b |\n|---|---|\n'
const FAULTS = '\n## faults\n\n| x |\n|---|\n| 1 |\n'

it('begins a section, and goes on in it', () => {
  const once = withRow('# Found\n', soak, '| 1 | 2 |')
  expect(once).toBe(`# Found\n${SOAK}| 1 | 2 |\n`)
  expect(withRow(once, soak, '| 3 | 4 |')).toBe(`# Found\n${SOAK}| 1 | 2 |\n| 3 | 4 |\n`)
})

it('leaves other sections as they are, and the last one last', () => {
  const once = withRow(`# Found\n${FAULTS}`, soak, '| 1 | 2 |')
  expect(once).toBe(`# Found\n${SOAK}| 1 | 2 |\n${FAULTS}`)
  expect(withRow(`${once}| 2 |\n`, soak, '| 3 | 4 |')).toBe(`# Found\n${SOAK}| 1 | 2 |\n| 3 | 4 |\n${FAULTS}| 2 |\n`)
})
