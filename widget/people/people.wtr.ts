import { assert } from '@open-wc/testing'
import type { People, ShownMessage } from '../session/conversation-state.ts'
import { type } from '../testing/meet.ts'
import { until } from '../testing/paste.ts'
import { question, reply, withTools, type Tooled } from '../tools/testing/with-tools.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function afterEach(body: () => void): void

afterEach(() => {
  sessionStorage.clear()
  for (const twin of document.querySelectorAll('vibethink-twin')) twin.remove()
})

const nobody: People = { controller: 'twin', names: [], writing: null, changes: [] }
const answering: People = { ...nobody, controller: 'human', names: ['Maya'] }
const said: ShownMessage = {
  ...question,
  messageId: 'p1',
  turnId: 'p1',
  position: 3,
  role: 'person',
  author: 'Maya',
  text: 'Hello, see https://remyvale.example/scarf',
}
const waiting: ShownMessage = { ...question, messageId: 'v2', turnId: 't2', position: 3, text: 'And now?' }
const { outcome: _outcome, ...begun } = {
  ...reply,
  messageId: 'r2',
  turnId: 't2',
  position: 4,
  text: '',
  streaming: true,
}
const at = '2026-11-21T18:00:00Z'

/** With people in it, once their look is there. */
async function withPeople(people: People, messages: readonly ShownMessage[] = [question, reply]): Promise<Tooled> {
  const meeting = await withTools({ messages, people })
  const isThere = (): boolean => meeting.root.querySelector('.people, .author, .handover, .held') !== null
  if (people !== nobody) await until(isThere)
  await meeting.settled()
  return meeting
}

const words = ({ root }: Tooled, selector: string): string[] =>
  [...root.querySelectorAll(selector)].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim())

describe('what a person says', () => {
  it('stands under their name and that they are a person, apart from the twin and the visitor', async () => {
    const meeting = await withPeople(answering, [question, reply, said])
    assert.deepEqual(words(meeting, '.person .by'), ['M Maya A person from Remy Vale’s team'])
    const box = meeting.find('.person .reply', HTMLElement)
    assert.notStrictEqual(getComputedStyle(box).borderTopStyle, 'none', 'neither bare text nor a tint')
    assert.strictEqual(meeting.root.querySelectorAll('.visitor').length, 1)
    assert.strictEqual(meeting.root.querySelectorAll('.twin').length, 1)
    assert.strictEqual(box.querySelector('a')?.getAttribute('href'), 'https://remyvale.example/scarf')
  })

  it('can be copied, and neither rated nor changed nor asked for again', async () => {
    const failed: ShownMessage = { ...reply, outcome: 'failed', reason: 'model_timeout' }
    const meeting = await withPeople({ ...nobody, names: ['Maya'] }, [question, failed, said])
    const labels = [...meeting.root.querySelectorAll('.acts button')].map((button) => button.getAttribute('aria-label'))
    assert.deepEqual(labels, ['Copy', 'Copy', 'Good reply', 'Bad reply', 'Copy'])
    assert.isNull(meeting.root.querySelector('[part=retry-button]'), 'a person has answered since')
  })

  it('is read to a screen reader politely, with who it is', async () => {
    const meeting = await withPeople(answering, [question, reply])
    meeting.session.show({ messages: [question, reply, said] })
    await meeting.settled()
    assert.strictEqual(
      meeting.heard(),
      'Maya, A person from Remy Vale’s team: Hello, see https://remyvale.example/scarf',
    )
  })

  it('counts as unread behind a closed panel, and is told to the page as a person’s', async () => {
    const { twin, session, launcher, settled } = await withPeople(answering)
    const told: unknown[] = []
    twin.addEventListener('twin:message-received', ({ detail }) => told.push(detail))
    twin.addEventListener('twin:response-end', ({ detail }) => told.push(detail))
    await twin.close({ byPerson: true })
    session.show({ messages: [question, reply, said] })
    await settled()
    assert.deepEqual(told, [{ turnId: 'p1', messageId: 'p1', role: 'person' }])
    assert.strictEqual(launcher.getAttribute('data-unread'), '1')
  })
})

describe('who answers', () => {
  it('is told in a line where it changed, in the state above the composer, to a screen reader and to the page', async () => {
    const meeting = await withTools()
    const told: unknown[] = []
    meeting.twin.addEventListener('twin:handoff', ({ detail }) => told.push(detail))
    const change = { controller: 'human', person: 'Maya', at, after: 2 } as const
    meeting.session.show({ people: { ...answering, changes: [change] } })
    await until(() => meeting.root.querySelector('.people') !== null)
    await meeting.settled()
    assert.deepEqual(words(meeting, '.handover'), ['Maya from Remy Vale’s team is answering now'])
    assert.deepEqual(words(meeting, '.people'), ['MMaya from Remy Vale’s team is answering now'])
    assert.strictEqual(meeting.heard(), 'Maya from Remy Vale’s team is answering now.')
    const back = { controller: 'twin', person: 'Maya', at, after: 2 } as const
    meeting.session.show({ people: { ...nobody, changes: [change, back] } })
    await meeting.settled()
    assert.deepEqual(words(meeting, '.handover').at(-1), 'The AI twin of Remy Vale answers again')
    assert.strictEqual(meeting.heard(), 'The AI twin of Remy Vale answers again.')
    assert.isNull(meeting.root.querySelector('.people'))
    assert.deepEqual(told, [{ controller: 'human' }, { controller: 'twin' }])
  })

  it('is nobody’s reason to take the words away that say that this is an AI twin’s place', async () => {
    const meeting = await withPeople(answering, [question, reply, said])
    assert.include(words(meeting, '.disclosure')[0] ?? '', 'AI twin of Remy Vale')
    assert.include(words(meeting, '.mark')[0] ?? '', 'AI twin')
  })

  it('leaves the composer open to write: a person is not to be stopped, and nobody thinks', async () => {
    const meeting = await withTools({ messages: [question, reply, waiting], people: answering, activeTurnId: 't2' })
    await until(() => meeting.root.querySelector('.people') !== null)
    await meeting.settled()
    assert.strictEqual(meeting.find('.send', HTMLElement).getAttribute('aria-label'), 'Send')
    assert.isNull(meeting.root.querySelector('.thinking'))
    assert.isNull(meeting.root.querySelector('[data-act=edit]'))
  })

  it('is said of a person who has gone for now, too', async () => {
    const meeting = await withPeople({ ...answering, names: [] })
    assert.deepEqual(words(meeting, '.people'), ['A person from Remy Vale’s team will answer you here'])
  })

  it('offers nothing to ask again for while a person does, and what nobody answered once the twin is back', async () => {
    const cut: ShownMessage = { ...reply, outcome: 'stopped', reason: 'taken_over' }
    const meeting = await withPeople(answering, [question, cut])
    assert.deepEqual(words(meeting, '.twin .note'), ['A person took over here.'])
    const handed = { ...nobody, changes: [{ controller: 'twin', person: 'Maya', at, after: 2 }] } as const
    meeting.session.show({ people: handed })
    await meeting.settled()
    assert.strictEqual(meeting.root.querySelectorAll('[part=retry-button]').length, 1)
  })
})

describe('a reply that a person reads first', () => {
  it('is said to be held, calmly, and can be stopped; nothing of it is shown', async () => {
    const meeting = await withTools({ messages: [question, reply, waiting, begun], activeTurnId: 't2' })
    assert.deepEqual(words(meeting, '.thinking'), ['Remy Vale is thinking'])
    const held = { ...nobody, controller: 'held' } as const
    meeting.session.show({ messages: [question, reply, waiting, { ...begun, held: true }], people: held })
    await until(() => meeting.root.querySelector('.held') !== null)
    await meeting.settled()
    assert.deepEqual(words(meeting, '.thinking'), ['Being checked by a person before you see it'])
    assert.isNull(meeting.root.querySelector('.ring, [data-busy]'), 'nothing breathes')
    meeting.find('.send', HTMLElement).click()
    assert.include(meeting.session.asked, 'stop')
    meeting.session.show({ messages: [question, reply, waiting, { ...begun, held: true, text: 'Out.' }] })
    await meeting.settled()
    assert.deepEqual(words(meeting, '.held'), [])
    assert.include(words(meeting, '.twin .reply').at(-1) ?? '', 'Out')
  })

  it('is told to a screen reader when it is held and when it was changed', async () => {
    const meeting = await withPeople({ ...nobody, controller: 'held' }, [question, reply, waiting, begun])
    const held = { ...nobody, controller: 'held' } as const
    meeting.session.show({ messages: [question, reply, waiting, { ...begun, held: true }], people: held })
    await meeting.settled()
    assert.strictEqual(meeting.heard(), 'Being checked by a person before you see it.')
    const changed: ShownMessage = { ...reply, text: 'The *first* one.', revisions: 1 }
    meeting.session.show({ messages: [question, changed] })
    await meeting.settled()
    assert.strictEqual(meeting.heard(), 'Edited. Remy Vale: The first one.')
    assert.deepEqual(words(meeting, '.twin .edited'), ['Edited'])
    assert.deepEqual(words(meeting, '.twin .reply'), ['The first one.'])
  })
})

describe('writing', () => {
  it('is told to a person who is there, not at every letter, and to nobody otherwise', async () => {
    const typed = ({ session }: Tooled): number => session.asked.filter((one) => one === 'typing').length
    const alone = await withTools()
    type(alone.find('.composer textarea', HTMLTextAreaElement), 'Is anybody')
    assert.strictEqual(typed(alone), 0)
    alone.twin.remove()
    const meeting = await withPeople(answering)
    const field = meeting.find('.composer textarea', HTMLTextAreaElement)
    for (const words of ['H', 'He', 'Hel', '']) type(field, words)
    assert.strictEqual(typed(meeting), 1)
  })

  it('of a person is shown with their name, and told once', async () => {
    const meeting = await withPeople(answering)
    meeting.session.show({ people: { ...answering, writing: { name: 'Maya' } } })
    await meeting.settled()
    assert.deepEqual(words(meeting, '.people'), ['MMaya is writing…'])
    assert.strictEqual(meeting.heard(), 'Maya is writing…')
    meeting.session.show({ people: answering })
    await meeting.settled()
    assert.deepEqual(words(meeting, '.people'), ['MMaya from Remy Vale’s team is answering now'])
  })

  it('of a person who says no more of it ends after a while', async () => {
    const meeting = await withPeople(answering)
    meeting.session.show({ people: { ...answering, writing: { name: 'Maya' } } })
    await meeting.settled()
    await until(() => !words(meeting, '.people')[0]?.includes('writing'))
  })
})

describe('people', () => {
  it('can be met by everybody, in both schemes, without a style attribute', async () => {
    const changes = [{ controller: 'human', person: 'Maya', at, after: 2 }] as const
    for (const scheme of ['light', 'dark'] as const) {
      const { twin } = await withPeople({ ...answering, changes }, [question, reply, said])
      twin.theme = scheme
      await twin.updateComplete
      await assert.isAccessible(twin)
      assert.strictEqual(twin.shadowRoot?.querySelectorAll('[style]').length, 0)
      twin.remove()
    }
  })
})
