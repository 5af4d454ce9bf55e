import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { remy, solara } from '../gallery/cast.ts'
import type { ShownMessage } from '../session/conversation-state.ts'
import { exportJson } from './export-json.ts'

const exportedAt = '2026-11-21T18:05:00.000Z'
const question: ShownMessage = {
  messageId: 'v1',
  turnId: 't1',
  position: 1,
  role: 'visitor',
  text: 'Hello?',
  at: '2026-11-21T18:00:00Z',
  delivery: 'sent',
  streaming: false,
  edits: 2,
}
const { edits: _edits, ...asked } = question
const reply: ShownMessage = {
  ...asked,
  messageId: 'r1',
  role: 'twin',
  text: 'Good **evening**.',
  outcome: 'blocked',
  reason: 'avoided_term',
  sources: [{ title: 'Notes' }, { title: 'Final', url: 'https://remyvale.example/final' }],
  followUps: ['And then?'],
  rating: 'down',
}

describe('exportJson', () => {
  it('says first that the twin is an AI, who pays, and what each message came to', () => {
    expect(JSON.parse(exportJson({ config: solara, messages: [question, reply], exportedAt }))).toEqual({
      format: 'twin-conversation',
      version: 1,
      disclosure: { speaker: 'AI', text: 'You are talking to an AI twin of Remy Vale. It can be wrong.' },
      campaignLabel: 'Paid partnership with Solara',
      twin: { name: 'Remy Vale' },
      deploymentId: solara.deploymentId,
      exportedAt,
      messages: [
        { role: 'visitor', text: 'Hello?', at: '2026-11-21T18:00:00Z', edits: 2 },
        {
          role: 'twin',
          text: 'Good **evening**.',
          at: '2026-11-21T18:00:00Z',
          outcome: 'blocked',
          reason: 'avoided_term',
          sources: [{ title: 'Notes' }, { title: 'Final', url: 'https://remyvale.example/final' }],
          rating: 'down',
        },
      ],
    })
  })

  it('says who is a person, what they changed, and what they have yet to let through', () => {
    const said: ShownMessage = { ...asked, messageId: 'p1', role: 'person', author: 'Maya', text: 'Maya here.' }
    const { outcome: _outcome, reason: _reason, sources: _sources, rating: _rating, ...bare } = reply
    const messages = [
      said,
      { ...bare, outcome: 'answered' as const, revisions: 1 },
      { ...bare, text: '', held: true as const },
    ]
    const at = '2026-11-21T18:00:00Z'
    expect(JSON.parse(exportJson({ config: remy, messages, exportedAt })).messages).toEqual([
      { role: 'person', author: 'Maya', text: 'Maya here.', at },
      { role: 'twin', text: 'Good **evening**.', at, outcome: 'answered', revisions: 1 },
      { role: 'twin', text: '', at, held: true },
    ])
  })

  it('leaves out what was refused, and marks what still waits for the line', () => {
    const messages: ShownMessage[] = [
      { ...asked, delivery: 'refused', problem: 'message_malformed' },
      { ...asked, delivery: 'pending' },
    ]
    expect(JSON.parse(exportJson({ config: remy, messages, exportedAt })).messages).toEqual([
      { role: 'visitor', text: 'Hello?', at: '2026-11-21T18:00:00Z', pending: true },
    ])
  })

  it('gives every word back as it was, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { messages } = JSON.parse(exportJson({ config: remy, messages: [{ ...asked, text }], exportedAt }))
        expect(messages[0].text).toBe(text)
      }),
    )
  })
})
