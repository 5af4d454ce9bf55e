import { describe, expect, it } from 'vitest'
import { campaignTwin, exampleTwin } from '../testing/example-twin.ts'
import { chooseFollowUps } from './choose-follow-ups.ts'

const QUESTIONS = [
  'Who taught you to dive?',
  'How do you keep gloves dry?',
  'What makes a good save?',
  'Do you sing in the shower?',
]
const choose = (question: string, reply: string, asked: readonly string[] = [question], questions = QUESTIONS) =>
  chooseFollowUps({ context: { ...exampleTwin, questions }, question, reply, asked })

describe('chooseFollowUps', () => {
  it('puts what speaks of the exchange first and fills up in the owner’s order', () => {
    expect(choose('How do you wash them?', 'I wash my gloves in cold rain.')).toEqual([
      'How do you keep gloves dry?',
      'Who taught you to dive?',
      'What makes a good save?',
    ])
  })

  it.each([['How do you keep gloves dry?'], [' how do you keep GLOVES dry'], ['“How do you keep gloves dry”?!']])(
    'never offers what was asked: %s',
    (asked) => {
      expect(choose('And gloves?', 'Gloves, gloves.', ['Hi', asked])).not.toContain('How do you keep gloves dry?')
    },
  )

  it('tells apart what differs in its letters only by a vowel sign', () => {
    expect(choose('?', '', ['हिन'], ['हन', 'हिन'])).toEqual(['हन'])
  })

  it('offers each once, and nothing where there is nothing', () => {
    expect(choose('Hi', 'Hello', ['Hi'], ['Why?', 'why', '…', ''])).toEqual(['Why?'])
    expect(choose('Hi', 'Hello', ['Hi'], [])).toEqual([])
  })

  it('offers nothing that would be declined, or that a campaign avoids', () => {
    const questions = ['Do you like Kick Cola?', 'Any gambling tips?', 'Why?']
    const context = { ...campaignTwin, questions }
    expect(chooseFollowUps({ context, question: 'Hi', reply: 'Hello', asked: [] })).toEqual(['Why?'])
  })
})
