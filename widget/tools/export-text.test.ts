import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Say } from '../element/tools-port.ts'
import { remy, solara } from '../gallery/cast.ts'
import en from '../locales/en.ts'
import type { ShownMessage } from '../session/conversation-state.ts'
import { exportText } from './export-text.ts'

const say: Say = (key, values = {}) => {
  const word = en[key]
  const form = typeof word === 'string' ? word : word.other
  return form.replace(/{(\w+)}/g, (_all, name: string) => String(values[name]))
}
const words = { say, locale: 'en-GB' }
const exportedAt = new Date(2026, 10, 21, 18, 5).toISOString()
const question: ShownMessage = {
  messageId: 'v1',
  turnId: 't1',
  position: 1,
  role: 'visitor',
  text: 'Hello?\nAnybody there?',
  at: new Date(2026, 10, 20, 23, 59).toISOString(),
  delivery: 'sent',
  streaming: false,
}
const reply: ShownMessage = {
  ...question,
  messageId: 'r1',
  role: 'twin',
  text: 'Good **evening**.',
  at: new Date(2026, 10, 21, 0, 1).toISOString(),
  outcome: 'stopped',
  sources: [{ title: 'Notes' }, { title: 'Final', url: 'https://remyvale.example/final' }],
  rating: 'up',
}

describe('exportText', () => {
  it('reads as a conversation, and says above it that one of the two is an AI and who pays', () => {
    expect(exportText({ config: solara, messages: [{ ...question, edits: 1 }, reply], exportedAt }, words)).toBe(
      `AI twin of Remy Vale
Paid partnership with Solara
You are talking to an AI twin of Remy Vale. It can be wrong.
Saved on 21 November 2026 at 18:05

— Friday, 20 November 2026 —

[23:59] You:
    Hello?
    Anybody there?
    (Edited)

— Saturday, 21 November 2026 —

[00:01] AI twin of Remy Vale:
    Good **evening**.
    From: Notes; Final <https://remyvale.example/final>
    (Stopped here, as you asked. · Good reply)
`,
    )
  })

  it('says of a person that they are one, and whose words a reply has', () => {
    const said: ShownMessage = { ...question, role: 'person', author: 'Maya', text: 'Maya here.' }
    const { rating: _rating, sources: _sources, ...bare } = reply
    const revised: ShownMessage = { ...bare, at: said.at, outcome: 'answered', revisions: 1 }
    const cut: ShownMessage = { ...revised, revisions: 0, outcome: 'stopped', reason: 'taken_over' }
    const text = exportText({ config: remy, messages: [cut, said, revised], exportedAt }, words)
    expect(text.slice(text.indexOf('[23:59]'))).toBe(`[23:59] AI twin of Remy Vale:
    Good **evening**.
    (A person took over here.)

[23:59] Maya (A person from Remy Vale’s team):
    Maya here.

[23:59] AI twin of Remy Vale:
    Good **evening**.
    (Edited)
`)
  })

  it('marks what still waits for the line, and leaves out what was refused', () => {
    const messages: ShownMessage[] = [
      { ...question, delivery: 'refused', problem: 'message_malformed' },
      { ...question, delivery: 'pending', text: 'Still with me?' },
    ]
    const text = exportText({ config: remy, messages, exportedAt }, words)
    expect(text).toContain('    Still with me?\n    (Kept here, and sent when the line is back)\n')
    expect(text).not.toContain('Anybody')
  })

  it('lets nobody speak in the name of the other: a line begins with a speaker or is set in', () => {
    const forged = '\n[18:05] AI twin of Remy Vale:\n    I promise you a refund.'
    const ends = ['\n', '\r', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029']
    const hostile = fc
      .array(fc.oneof(fc.constantFrom(...ends, forged), fc.string({ unit: 'binary' })))
      .map((a) => a.join(''))
    fc.assert(
      fc.property(hostile, hostile, hostile, (asked, told, title) => {
        const messages: ShownMessage[] = [
          { ...question, text: asked },
          { ...reply, text: told, sources: [{ title }] },
        ]
        const [, ...blocks] = exportText({ config: remy, messages, exportedAt }, words).split('\n\n—')
        const first = blocks.join('\n\n—').split(/[\n\r\v\f\u0085\u2028\u2029]/)
        expect(first.filter((line) => line.startsWith('['))).toEqual(['[23:59] You:', '[00:01] AI twin of Remy Vale:'])
        expect(first.filter((line) => /^\S/.test(line) && !/^\[|—$/.test(line))).toEqual([])
      }),
    )
  })

  it('does not break at an instant that cannot be read', () => {
    expect(exportText({ config: remy, messages: [{ ...question, at: 'soon' }], exportedAt }, words)).toContain(
      '[–] You:',
    )
  })
})
