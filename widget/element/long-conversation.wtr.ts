import { assert } from '@open-wc/testing'
import { states } from '../gallery/states.ts'
import type { ShownMessage } from '../session/conversation-state.ts'
import { converse } from '../testing/meet.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function afterEach(body: () => void): void

afterEach(() => {
  sessionStorage.clear()
  for (const twin of document.querySelectorAll('vibethink-twin')) twin.remove()
})

const at = new Date().toISOString()
const says = (id: string, role: 'visitor' | 'twin', text: string, more: Partial<ShownMessage> = {}): ShownMessage => ({
  messageId: id,
  turnId: `t${id}`,
  role,
  text,
  at,
  delivery: 'sent',
  streaming: false,
  ...(role === 'twin' && { outcome: 'answered' }),
  ...more,
})
const many = (count: number): ShownMessage[] =>
  Array.from({ length: count }, (_none, i) =>
    says(`m${i}`, i % 2 ? 'twin' : 'visitor', `Message **${i}**, on the long road to the final, and a little more.`),
  )
const shownIn = (root: ShadowRoot): (string | undefined)[] =>
  [...root.querySelectorAll<HTMLElement>('[data-message]')].map(({ dataset }) => dataset['message'])
const fromEnd = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number =>
  scrollHeight - scrollTop - clientHeight
/** Whatever is done without another task. */
async function microtasks(): Promise<void> {
  for (let turn = 0; turn < 20_000; turn++) await Promise.resolve()
}
const streamed = (text: string): ShownMessage => {
  const { outcome: _outcome, ...unfinished } = says('new', 'twin', text, { streaming: true })
  return unfinished
}

describe('a thousand messages', () => {
  it('change nothing but the one that is written', async () => {
    let looks = 0 // a message that is set again is asked again how often it was changed
    const messages = many(999).map((message) => ({
      ...message,
      get edits() {
        looks++
        return 0
      },
    }))
    const { session, root, settled } = await converse({ messages: [...messages, streamed('A')], activeTurnId: 'tnew' })
    const log = root.querySelector('.log')
    if (!log) throw new Error('There is no log')
    await until(() => root.querySelectorAll('[data-act=copy]').length === 999)
    await until(() => root.querySelectorAll('.meta time:empty').length === 0)
    await settled()
    const touched = new Set<Node>()
    const watch = new MutationObserver((records) => records.forEach(({ target }) => touched.add(target)))
    watch.observe(log, { subtree: true, childList: true, characterData: true, attributes: true })
    assert.isAtLeast(looks, 999)
    looks = 0
    session.show({ messages: [...messages, streamed('A word more')] })
    await settled()
    session.show({ messages: [...messages, streamed('A word more, and one')] })
    await settled()
    watch.disconnect()
    assert.strictEqual(looks, 0)
    const newest = root.querySelector('[data-message=new]')
    assert.isAbove(touched.size, 0)
    assert.isTrue([...touched].every((node) => newest?.contains(node)))
  })

  it('cost a frame little: a word is shown well within one', async () => {
    const messages = many(999)
    const { twin, session, root } = await converse({ messages: [...messages, streamed('A')], activeTurnId: 'tnew' })
    await until(() => shownIn(root).length === 1_000)
    const costs: number[] = []
    for (let words = 2; words < 42; words++) {
      session.show({ messages: [...messages, streamed('A word '.repeat(words))] })
      await new Promise((done) => requestAnimationFrame(() => done(undefined)))
      const from = performance.now()
      await twin.updateComplete
      costs.push(performance.now() - from)
    }
    const typical = costs.toSorted((a, b) => a - b)[20] ?? Infinity
    assert.isBelow(typical, 8, 'half a frame, on the slowest machine this runs on')
  })

  it('are there newest first: a window full at once, the others above it, and nothing in view moves', async () => {
    const { session, find, root, settled } = await converse({})
    const log = find('.log', HTMLElement)
    const counts: number[] = []
    const places: number[] = []
    const watch = new MutationObserver(() => counts.push(shownIn(root).length))
    watch.observe(log, { subtree: true, childList: true })
    session.show({ messages: many(600) })
    await until(() => root.querySelector('[data-message=m599]') !== null)
    const newest = find('[data-message=m599]', HTMLElement)
    for (; shownIn(root).length < 600; await new Promise(requestAnimationFrame)) {
      if (fromEnd(log) < 1) places.push(newest.getBoundingClientRect().top)
    }
    watch.disconnect()
    await settled()
    assert.isBelow(counts[0] ?? 600, 600, 'not all at once')
    assert.isAbove((counts[0] ?? 0) * 50, innerHeight, 'a window full')
    assert.deepEqual(
      shownIn(root),
      many(600).map(({ messageId }) => messageId),
    )
    assert.isAbove(places.length, 0)
    assert.isBelow(Math.max(...places) - Math.min(...places), 1)
    assert.isBelow(fromEnd(log), 1)
    assert.strictEqual(log.getAttribute('aria-live'), 'off', 'none of it is read out')
  })

  it('leave a reader alone who has gone up before all were there', async () => {
    const { session, find, root } = await converse({})
    const log = find('.log', HTMLElement)
    session.show({ messages: many(900) })
    await until(() => root.querySelector('[data-message=m899]') !== null && fromEnd(log) < 1)
    log.scrollTop -= 300
    assert.isBelow(shownIn(root).length, 900, 'the rest is still to come')
    await until(() => root.querySelector('.latest') !== null)
    const seen = find('[data-message=m893]', HTMLElement)
    const before = seen.getBoundingClientRect().top
    await until(() => shownIn(root).length === 900)
    await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    assert.isBelow(Math.abs(seen.getBoundingClientRect().top - before), 3)
  })

  it('are all on paper, however early it is printed', async () => {
    const { session, root } = await converse(states['answered'])
    await until(() => root.querySelector('[data-act=copy]') !== null)
    session.show({ messages: many(800) })
    await until(() => root.querySelector('[data-message=m799]') !== null)
    assert.isBelow(shownIn(root).length, 800)
    dispatchEvent(new Event('beforeprint'))
    await microtasks()
    assert.strictEqual(shownIn(root).length, 800)
  })

  it('keep the order of the keyboard: from the field back to the newest, and on to the oldest', async () => {
    const { session, root } = await converse({})
    session.show({ messages: many(60) })
    await until(() => root.querySelectorAll('.tools').length === 60)
    const stops = [...root.querySelectorAll<HTMLElement>('[data-message] [tabindex="0"], .composer textarea')]
    assert.deepEqual(
      stops.map((stop) => stop.closest<HTMLElement>('[data-message]')?.dataset['message']),
      [...many(60).map(({ messageId }) => messageId), undefined],
    )
  })

  it('are drawn where somebody looks, and hold the reader’s place when older ones come', async () => {
    const messages = many(300)
    const { session, find, root, settled } = await converse({ messages, hasOlder: true })
    await until(() => shownIn(root).length === 300)
    const log = find('.log', HTMLElement)
    const first = root.querySelector('[data-message=m0]')
    if (!first) throw new Error('The first message is missing')
    assert.strictEqual(getComputedStyle(first).contentVisibility, 'auto')
    log.scrollTop = 0
    await settled()
    await settled()
    log.scrollTop = 60
    await settled()
    await settled()
    const before = first.getBoundingClientRect().top
    const older = Array.from({ length: 50 }, (_none, i) => says(`old${i}`, 'visitor', `Before all that, ${i}`))
    session.show({ messages: [...older, ...messages] })
    await until(() => shownIn(root).length === 350)
    await settled()
    await settled()
    assert.isBelow(Math.abs(first.getBoundingClientRect().top - before), 3)
  })
})

describe('the messages', () => {
  it('may come in another order, twice, or go, and are what the room says', async () => {
    const { session, root, settled } = await converse({ messages: many(6) })
    const ids = (): (string | undefined)[] =>
      [...root.querySelectorAll<HTMLElement>('[data-message]')].map(({ dataset }) => dataset['message'])
    const [a, b, c, d, e, f] = many(6)
    if (!a || !b || !c || !d || !e || !f) throw new Error('Six were made')
    const kept = root.querySelector('[data-message=m3]')
    for (const order of [[f, d, b], [a, b, c, d, e, f], [d], [], [d, a, d, f], [c, d]]) {
      session.show({ messages: order })
      await settled()
      const shown = [...new Map(order.toReversed().map((one) => [one.messageId, one])).keys()].toReversed()
      assert.deepEqual(ids(), shown)
    }
    assert.isFalse(kept?.isConnected)
  })

  it('keep their nodes when others go and come around them', async () => {
    const messages = many(20)
    const { session, root, settled } = await converse({ messages })
    const tenth = root.querySelector('[data-message=m10]')
    session.show({ messages: [says('older', 'visitor', 'Before'), ...messages.slice(5)] })
    await settled()
    assert.strictEqual(root.querySelector('[data-message=m10]') === tenth, true)
  })
})

describe('the reader', () => {
  it('who reads above is told how many messages have come', async () => {
    const messages = many(40)
    const { session, root, find, settled } = await converse({ messages })
    const log = find('.log', HTMLElement)
    log.scrollTop -= 600
    await until(() => root.querySelector('.latest') !== null)
    assert.include(find('.latest', HTMLElement).textContent, 'Latest')
    session.show({ messages: [...messages, says('n1', 'visitor', 'One')] })
    await settled()
    assert.include(find('.latest', HTMLElement).textContent, '1 new message')
    session.show({ messages: [...messages, says('n1', 'visitor', 'One'), says('n2', 'twin', 'Two')] })
    await settled()
    assert.include(find('.latest', HTMLElement).textContent, '2 new messages')
    find('.latest', HTMLElement).click()
    await until(() => root.querySelector('.latest') === null)
  })

  it('at the newest line stays there when something above it grows late, as a picture does', async () => {
    const { root, find, settled } = await converse({ messages: many(30) })
    const log = find('.log', HTMLElement)
    const late = document.createElement('p')
    late.textContent = 'A caption that came late. '.repeat(40)
    root.querySelector('[data-message=m27] .reply')?.append(late)
    await settled()
    await until(() => log.scrollHeight - log.scrollTop - log.clientHeight < 2)
  })

  it('may select and copy what is said, also on a page where nothing can be selected', async () => {
    document.body.style.userSelect = 'none'
    const { find } = await converse({ messages: many(2) })
    assert.strictEqual(getComputedStyle(find('.reply', HTMLElement)).userSelect, 'text')
    document.body.style.userSelect = ''
  })
})

describe('days', () => {
  it('stand before the first message of each, today and yesterday by their names', async () => {
    const { root } = await converse(states['other days'])
    const [first, ...rest] = [...root.querySelectorAll('.day')].map(({ textContent }) => textContent)
    assert.match(first ?? '', /20\d\d/, 'another year is named')
    assert.deepEqual(rest, ['Yesterday', 'Today'])
  })

  it('say nothing of a conversation of today', async () => {
    const { root } = await converse({ messages: [says('a', 'visitor', 'Hello?')] })
    assert.strictEqual(root.querySelectorAll('.day').length, 0)
  })

  it('that cannot be read are left out', async () => {
    const { root } = await converse({ messages: [says('a', 'visitor', 'Hello?', { at: 'soon' })] })
    assert.strictEqual(root.querySelectorAll('.day').length, 0)
    assert.strictEqual(root.querySelectorAll('.bubble').length, 1)
  })
})

describe('a reply', () => {
  it('ends with questions to ask on, under the newest alone', async () => {
    const { session, root, settled } = await converse(states['follow-ups'])
    const [list, ...more] = root.querySelectorAll<HTMLElement>('.questions')
    assert.strictEqual(more.length, 0)
    assert.strictEqual(list?.ariaLabel, 'Ask on')
    list?.querySelector('button')?.click()
    await settled()
    assert.deepEqual(session.asked, ['open', 'send Which final did you lose your voice in?'])
    assert.strictEqual(root.querySelectorAll('.questions').length, 0)
  })

  for (const [name, change] of [
    ['is being written anew', { activeTurnId: 't1' }],
    ['is the last of a conversation that has ended', { line: 'closed' }],
  ] as const) {
    it(`that ${name} ends with none`, async () => {
      const { root } = await converse({ ...states['follow-ups'], ...change })
      assert.strictEqual(root.querySelectorAll('.questions').length, 0)
    })
  }

  it('brings its tools once it is whole, and not before', async () => {
    const { session, root } = await converse({ messages: [streamed('Hus')], activeTurnId: 'tnew' })
    assert.strictEqual(root.querySelectorAll('[data-act]').length, 0)
    session.show({ messages: [says('new', 'twin', 'Hush.')], activeTurnId: null })
    await until(() => root.querySelectorAll('[data-act=copy]').length === 1)
  })
})

describe('a message that was changed', () => {
  it('says so', async () => {
    const { find } = await converse(states['edited'])
    assert.include(find('.visitor .edited', HTMLElement).textContent, 'Edited')
  })
})

describe('More', () => {
  it('shows the conversations over the log, which cannot be reached meanwhile, and goes with Escape', async () => {
    const { twin, session, root, find, settled } = await converse(states['answered'])
    find('[part=more-button]', HTMLElement).click()
    await until(() => root.querySelector('.sheet') !== null)
    await settled()
    assert.isTrue(find('.log', HTMLElement).inert)
    assert.strictEqual(find('[part=more-button]', HTMLElement).ariaExpanded, 'true')
    await assert.isAccessible(twin)
    root
      .querySelector('.sheet')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }))
    await until(() => root.querySelector('.sheet') === null)
    assert.isTrue(twin.opened)
    assert.deepEqual(session.asked, ['open'])
  })
})

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !isSo(); tries++) await new Promise((done) => setTimeout(done, 10))
  assert.strictEqual(isSo(), true, isSo.toString())
}
