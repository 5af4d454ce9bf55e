import { describe, expect, it } from 'vitest'
import { campaignTwin, exampleTwin } from '../testing/example-twin.ts'
import { composeAnswer } from './compose-answer.ts'
import type { SpokenMessage, TwinContext } from './ports.ts'

const ask = (question: string, context: TwinContext = exampleTwin, history: SpokenMessage[] = []) =>
  composeAnswer({ context, history, question })

describe('composeAnswer', () => {
  it('answers in the twin’s own sentences and names the source', () => {
    const { text, sources } = ask('How do you wash your gloves?')
    expect(text).toContain('I wash my gloves in cold rain.')
    expect(sources).toEqual([{ title: 'On gloves' }])
  })

  it.each([
    'Are you human?',
    'are you a real person',
    'Who are you?',
    'Am I talking to a bot?',
    'Is this really you?',
    'are you an AI',
  ])('is truthful when asked: %s', (question) => {
    expect(ask(question).text).toMatch(/AI twin of Nova Reed.*not a human being/)
  })

  it.each(['What is the capital of France?', 'Who won the election?', '???', '', '你好吗'])(
    'says honestly that it does not know: %j',
    (question) => {
      const { text, sources } = ask(question)
      expect(text).toMatch(/^I don’t know/)
      expect(sources).toEqual([])
    },
  )

  it('greets, and takes thanks', () => {
    expect(ask('Hello!').text).toMatch(/^Hello! I’m the AI twin/)
    expect(ask('thanks').text).toMatch(/^You’re welcome/)
  })

  it('goes on in the same text when asked for more', () => {
    const passages = [
      { title: 'On saves', text: 'A save begins with the feet.' },
      { title: 'On saves', text: 'Then the hands finish it.' },
    ]
    const context = { ...exampleTwin, passages }
    const first = ask('How does a save begin?', context).text
    expect(
      ask('And then?', context, [
        { role: 'visitor', text: 'How does a save begin?' },
        { role: 'twin', text: first },
      ]).text,
    ).toContain('Then the hands')
  })

  it('leaves out sentences that name what a campaign avoids, and what hangs on them', () => {
    const passages = [{ title: 'Half-time', text: 'I drink tea at half-time. Kick Cola when it is late. I like both.' }]
    const { text } = ask('What do you drink at half-time?', { ...campaignTwin, passages })
    expect(text).toBe('I drink tea at half-time.')
  })

  it('never names a source whose title may not be said', () => {
    const passages = [{ title: 'Kick Cola nights', text: 'I drink tea at half-time.' }]
    expect(ask('What do you drink at half-time?', { ...campaignTwin, passages })).toEqual({
      text: 'I drink tea at half-time.',
      sources: [],
    })
  })
})
