import { describe, expect, it } from 'vitest'
import { campaignTwin, exampleTwin } from '../testing/example-twin.ts'
import type { ModelPart, ReplyModel } from './ports.ts'
import { runTurn, type TurnPorts, type TurnRequest } from './run-turn.ts'

const request: TurnRequest = {
  context: exampleTwin,
  history: [],
  question: 'How?',
  again: false,
  first: true,
  nonce: 'n',
}
const text = (...texts: string[]): ModelPart[] => texts.map((part) => ({ type: 'text', text: part }))
const failed: ModelPart = { type: 'failed', reason: 'model_unavailable' }

function model(
  name: string,
  parts: readonly ModelPart[],
  onPart: (index: number) => void = () => undefined,
): ReplyModel {
  return {
    name,
    async *stream() {
      for (const [index, part] of parts.entries()) {
        onPart(index)
        yield part
      }
    },
  }
}

async function turn(
  parts: readonly ModelPart[],
  change: Partial<TurnRequest> = {},
  fallback: readonly ModelPart[] = text('By heart.'),
  granted = true,
) {
  let said = ''
  const counted: unknown[] = []
  const ports: TurnPorts = {
    model: model('m', parts),
    fallbackModel: { ...model('f', fallback), isFree: true },
    say: (more: string) => void (said += more),
    asks: ({ name }) => Promise.resolve(granted && counted.push(name) > 0),
    used: ({ inputTokens, outputTokens }) => counted.push([inputTokens, outputTokens]),
  }
  const end = await runTurn(ports, { ...request, ...change }, new AbortController().signal)
  return { said, end, counted }
}

describe('runTurn', () => {
  it('says what the model says', async () => {
    expect(await turn(text('With ', 'both feet.'))).toMatchObject({
      said: 'With both feet.',
      end: { outcome: 'answered', model: 'm' },
    })
  })

  it.each([
    ['\n', '  ', '\n\n'],
    ['\u200b', '\ufeff\u2060'],
  ])('takes a reply of nothing to see (%j) for none', async (...blanks) => {
    expect(await turn(text(...blanks))).toMatchObject({
      said: '',
      end: { outcome: 'failed', reason: 'model_garbled', model: 'm' },
    })
    expect((await turn(text(...blanks, ' Hi', ' there.'))).said).toBe('Hi there.')
  })

  it('leaves a reply room below the longest disclosure', async () => {
    const brand = 'B'.repeat(120)
    const context = {
      ...campaignTwin,
      config: { ...campaignTwin.config, guardrails: { ...campaignTwin.config.guardrails, maxResponseLength: 100 } },
      ...(campaignTwin.campaign && { campaign: { ...campaignTwin.campaign, brand } }),
    }
    const { said, end } = await turn(text('A first sentence. ', 'A second one that is longer. '), { context })
    expect(said).toBe(`*Paid partnership with ${brand}.*\n\nA first sentence. A second one that is longer. `)
    expect(end.outcome).toBe('answered')
  })

  it('says who pays above the first reply, in it, and only there', async () => {
    expect((await turn(text('Hi.'), { context: campaignTwin })).said).toBe('*Paid partnership with Solara.*\n\nHi.')
    expect((await turn(text('Hi.'), { context: campaignTwin, first: false })).said).toBe('Hi.')
    expect((await turn([failed], { context: campaignTwin })).said).toBe('')
  })

  it('falls back only when asked again, and only before the first word', async () => {
    expect(await turn([failed])).toMatchObject({ said: '', end: { outcome: 'failed', reason: 'model_unavailable' } })
    expect(await turn([failed], { again: true })).toMatchObject({
      said: expect.stringMatching(/^I can’t reach my full voice right now.*By heart\.$/s),
      end: { outcome: 'answered', model: 'f' },
    })
    expect(await turn([...text('Half. '), failed], { again: true })).toMatchObject({
      said: 'Half. ',
      end: { outcome: 'failed', model: 'm' },
    })
  })

  it('guards the fallback too', async () => {
    const { said, end } = await turn([failed], { again: true, context: campaignTwin }, text('Drink Kick', ' Cola'))
    expect(end).toMatchObject({ outcome: 'blocked', reason: 'avoided_term', breach: { rule: 'Kick Cola' } })
    expect(said).not.toContain('Kick')
  })

  it('lets no source name what the reply may not', async () => {
    const sources: ModelPart = {
      type: 'sources',
      sources: [
        { title: 'On feet' },
        { title: 'Kick Cola nights' },
        { title: 'Drinks', url: 'https://kick-cola.example/' },
      ],
    }
    const { end } = await turn([...text('Feet.'), sources], { context: campaignTwin })
    expect(end.sources).toEqual([{ title: 'On feet' }])
  })

  it('replaces what it cut with a line that names nothing forbidden, within the length', async () => {
    const { said, end } = await turn(text('A fan of gamb', 'ling, me'))
    expect(end).toMatchObject({ outcome: 'blocked', reason: 'banned_topic' })
    expect(said).toMatch(/^A fan of \n\nI’ll leave that one there/)
  })

  it('tells of the call before it is made and of its count once it is known, but not of what is free', async () => {
    const usage: ModelPart = { type: 'usage', inputTokens: 40, outputTokens: 2 }
    expect((await turn([...text('Hello.'), usage])).counted).toEqual(['m', [40, 2]])
    const failed: ModelPart = { type: 'failed', reason: 'model_unavailable' }
    const twice = await turn([failed], { again: true })
    expect(twice).toMatchObject({ end: { model: 'f' }, counted: ['m'] })
  })

  it('calls no model about what it declines', async () => {
    expect((await turn(text('Bet!'), { question: 'Is gambling fun?' })).counted).toEqual([])
  })

  it('calls a reply without a word garbled', async () => {
    expect((await turn(text('', '\0', '\ud800'))).end).toMatchObject({ outcome: 'failed', reason: 'model_garbled' })
  })

  it.each([false, true])('says nothing and asks no model where nobody pays (asked again: %s)', async (again) => {
    const { said, end, counted } = await turn(text('Words.'), { again }, text('By heart.'), false)
    expect(end).toEqual({ outcome: 'failed', reason: 'twin_resting', model: null })
    expect(said).toBe('')
    expect(counted).toEqual([])
  })

  it('says nothing more once it is stopped, held text included', async () => {
    const abort = new AbortController()
    let said = ''
    const talker = model('m', text('One. ', 'Two kick ', 'Three.'), (index) => index === 2 && abort.abort())
    const end = await runTurn(
      {
        model: talker,
        fallbackModel: talker,
        say: (more) => void (said += more),
        asks: () => Promise.resolve(true),
        used: () => undefined,
      },
      { ...request, context: campaignTwin, first: false },
      abort.signal,
    )
    expect(end.outcome).toBe('stopped')
    expect(said).toBe('One. Two ')
  })
})
