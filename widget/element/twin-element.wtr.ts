import { assert } from '@open-wc/testing'
import { remy, solara } from '../gallery/cast.ts'
import { states } from '../gallery/states.ts'
import { converse, meet, press, type } from '../testing/meet.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function afterEach(body: () => void): void

afterEach(() => {
  sessionStorage.clear()
  for (const twin of document.querySelectorAll('vibethink-twin')) twin.remove()
  for (const style of document.querySelectorAll('style[data-hostile]')) style.remove()
})

const question = {
  messageId: 'v1',
  turnId: 't1',
  position: 1,
  role: 'visitor',
  text: 'Hello?',
  at: '2026-11-21T18:00:00Z',
  delivery: 'sent',
  streaming: false,
} as const
const reply = { ...question, messageId: 'r1', position: 2, role: 'twin', text: 'Good evening.' } as const

// Compared by hand: an assertion that fails would print the whole of an element.
describe('every state', () => {
  for (const [name, state] of Object.entries(states)) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`${name} can be used by everybody (${scheme})`, async () => {
        const { twin, root } = await converse(state, { ...remy, theme: { ...remy.theme, scheme } })
        await assert.isAccessible(twin)
        assert.strictEqual(root.querySelectorAll('[style]').length, 0, 'no style attribute, for pages that allow none')
        assert.strictEqual(root.querySelectorAll('style').length, 0)
      })
    }
  }

  it('the launcher alone can be used by everybody', async () => {
    const { twin } = await meet()
    await assert.isAccessible(twin)
  })
})

describe('opening', () => {
  it('takes the focus into the composer, and closing takes it back', async () => {
    const { launcher, root, find, settled } = await meet()
    launcher.focus()
    launcher.click()
    await settled()
    assert.strictEqual(root.activeElement === find('textarea', HTMLTextAreaElement), true)
    assert.strictEqual(launcher.ariaExpanded, 'true')
    press(find('textarea', HTMLTextAreaElement), 'Escape')
    await settled()
    assert.strictEqual(root.activeElement === launcher, true)
    await until(() => !root.querySelector('.panel'))
    assert.strictEqual(launcher.ariaExpanded, 'false')
  })

  it('says who speaks: in the name of the dialog, and in the header', async () => {
    const { find } = await converse()
    assert.strictEqual(find('[role=dialog]', HTMLElement).ariaLabel, 'AI twin of Remy Vale')
    assert.strictEqual(find('h2', HTMLElement).textContent, 'AI twin of Remy Vale')
    assert.include(find('p.disclosure', HTMLElement).textContent, 'AI twin')
  })

  it('by the attribute shows the panel, takes no focus and acts for nobody', async () => {
    const { twin, session, root, settled } = await meet()
    twin.setAttribute('open', '')
    await settled()
    assert.strictEqual(root.querySelector('.panel') !== null, true)
    assert.strictEqual(root.activeElement === null, true)
    assert.deepEqual(session.asked, [])
  })

  it('by the page, before anybody has acted on it, begins no conversation', async () => {
    const { twin, session } = await meet()
    await twin.open({ byPerson: false })
    assert.deepEqual(session.asked, [])
    assert.strictEqual(sessionStorage.length, 0)
  })

  it('while disabled begins no conversation, and the composer stays closed', async () => {
    const { twin, session, launcher, find, settled } = await meet()
    twin.disabled = true
    launcher.click()
    await settled()
    assert.strictEqual(find('textarea', HTMLTextAreaElement).disabled, true)
    assert.deepEqual(session.asked, [])
    assert.strictEqual(await twin.send('Hello?').catch(() => 'refused'), 'refused')
  })
})

describe('writing', () => {
  it('sends with Enter, empties the field and keeps the focus', async () => {
    const { session, root, find, settled } = await converse()
    const field = find('textarea', HTMLTextAreaElement)
    type(field, 'Hello?')
    press(field, 'Enter')
    await settled()
    assert.deepEqual(session.asked, ['open', 'send Hello?'])
    assert.strictEqual(field.value, '')
    assert.strictEqual(root.activeElement === field, true)
  })

  const notSending: [name: string, key: string, more: object][] = [
    ['Shift and Enter', 'Enter', { shiftKey: true }],
    ['the Enter that ends a composed word', 'Enter', { isComposing: true }],
    ["Safari's Enter that ends a composed word", 'Enter', { keyCode: 229 }],
    ['any other key', 'a', {}],
  ]
  for (const [name, key, more] of notSending) {
    it(`does not send with ${name}`, async () => {
      const { session, find } = await converse()
      const field = find('textarea', HTMLTextAreaElement)
      type(field, '東京')
      press(field, key, more)
      assert.deepEqual(session.asked, ['open'])
    })
  }

  for (const [name, words] of [
    ['nothing', ''],
    ['blanks', ' \n '],
    ['too much', 'a'.repeat(4_001)],
  ] as const) {
    it(`does not send ${name}`, async () => {
      const { session, find } = await converse()
      const field = find('textarea', HTMLTextAreaElement)
      type(field, words)
      press(field, 'Enter')
      assert.deepEqual(session.asked, ['open'])
    })
  }

  it('keeps its keys to itself', async () => {
    const { find } = await converse()
    const leaked: string[] = []
    const hear = (event: Event): void => void leaked.push(event.type)
    for (const kind of ['keydown', 'keyup', 'keypress']) document.addEventListener(kind, hear)
    const field = find('textarea', HTMLTextAreaElement)
    for (const kind of ['keydown', 'keyup', 'keypress']) {
      field.dispatchEvent(new KeyboardEvent(kind, { key: '/', bubbles: true, composed: true }))
    }
    for (const kind of ['keydown', 'keyup', 'keypress']) document.removeEventListener(kind, hear)
    assert.deepEqual(leaked, [])
  })

  it('asks a suggested question at a click', async () => {
    const { session, root, settled } = await converse()
    const [first] = root.querySelectorAll<HTMLElement>('.questions button')
    first?.click()
    await settled()
    assert.deepEqual(session.asked, ['open', `send ${remy.suggestions[0]}`])
    assert.strictEqual(root.querySelector('.questions') === null, true)
  })
})

describe('a reply', () => {
  it('turns Send into Stop in place, and back', async () => {
    const { session, find, settled } = await converse({ messages: [question], activeTurnId: 't1' })
    const button = find('.send', HTMLElement)
    assert.strictEqual(button.ariaLabel, 'Stop the reply')
    button.click()
    assert.deepEqual(session.asked, ['open', 'stop'])
    session.show({ activeTurnId: null, messages: [question, { ...reply, outcome: 'stopped' }] })
    await settled()
    assert.strictEqual(find('.send', HTMLElement) === button, true)
    assert.strictEqual(button.ariaLabel, 'Send')
  })

  it('grows without building again what stands', async () => {
    const { session, find, settled } = await converse({
      messages: [question, { ...reply, streaming: true }],
      activeTurnId: 't1',
    })
    const paragraph = find('.reply p', HTMLElement)
    session.show({ messages: [question, { ...reply, streaming: true, text: 'Good evening. And welcome ' }] })
    await settled()
    assert.strictEqual(find('.reply p', HTMLElement) === paragraph, true)
    assert.include(paragraph.textContent, 'And welcome')
  })

  it('that begins anew after a retry stands alone', async () => {
    const { session, find, settled } = await converse({
      messages: [question, { ...reply, outcome: 'failed', reason: 'model_cut_off' }],
    })
    find('[part=retry-button]', HTMLElement).click()
    assert.deepEqual(session.asked, ['open', 'retry t1'])
    session.show({ messages: [question, { ...reply, text: 'Once more.', outcome: 'answered' }] })
    await settled()
    assert.strictEqual(find('.reply', HTMLElement).textContent, 'Once more.')
  })

  it('is announced once, whole, and never word by word', async () => {
    const { session, find, settled } = await converse({
      messages: [question, { ...reply, text: 'Good', streaming: true }],
      activeTurnId: 't1',
    })
    const status = find('[role=status]', HTMLElement)
    session.show({ messages: [question, { ...reply, text: 'Good eve', streaming: true }] })
    await settled()
    assert.notInclude(status.textContent, 'Good')
    session.show({ activeTurnId: null, messages: [question, { ...reply, outcome: 'answered' }] })
    await settled()
    assert.strictEqual(status.textContent, 'Remy Vale: Good evening.')
    assert.strictEqual(find('[role=log]', HTMLElement).ariaLive, 'off')
  })

  it('that fails is announced at once', async () => {
    const { session, find, settled } = await converse({
      messages: [question, { ...reply, streaming: true }],
      activeTurnId: 't1',
    })
    session.show({ activeTurnId: null, messages: [question, { ...reply, outcome: 'failed', reason: 'model_timeout' }] })
    await settled()
    assert.include(find('[role=alert]', HTMLElement).textContent, 'No answer came in time')
  })

  it('that ends behind a closed panel leaves a mark on the launcher until it is read', async () => {
    const { twin, session, launcher, settled } = await converse({
      messages: [question, { ...reply, streaming: true }],
      activeTurnId: 't1',
    })
    await twin.close()
    await settled()
    session.show({ activeTurnId: null, messages: [question, { ...reply, outcome: 'answered' }] })
    assert.strictEqual(launcher.getAttribute('data-unread'), '1')
    launcher.click()
    await settled()
    assert.strictEqual(launcher.hasAttribute('data-unread'), false)
  })
})

describe('the reader', () => {
  it('stays where they are while a reply grows, and can jump to its end', async () => {
    const { session, root, find, settled } = await converse(states['long'] ?? {})
    const log = find('.log', HTMLElement)
    assert.isBelow(log.scrollHeight - log.scrollTop - log.clientHeight, 2)
    log.scrollTop -= 300
    await settled()
    await settled()
    const read = root.querySelector('[data-message=r9]')
    const place = read?.getBoundingClientRect().top
    session.show({
      messages: [...session.state.messages, { ...reply, messageId: 'new', text: 'More. '.repeat(80), streaming: true }],
      activeTurnId: 't1',
    })
    await settled()
    await settled()
    assert.isBelow(Math.abs((read?.getBoundingClientRect().top ?? 0) - (place ?? 0)), 1)
    find('.latest', HTMLElement).click()
    await until(() => log.scrollHeight - log.scrollTop - log.clientHeight < 4 && !root.querySelector('.latest'))
  })

  it('keeps what they read in place when older messages come in above', async () => {
    const { session, root, find, settled } = await converse(states['long'] ?? {})
    const log = find('.log', HTMLElement)
    log.scrollTop = 100
    await until(() => session.asked.includes('loadOlder'))
    const first = root.querySelector('[data-message=v1]')
    const before = first?.getBoundingClientRect().top ?? 0
    const older = Array.from({ length: 10 }, (_, i) => ({ ...question, messageId: `old${i}`, text: 'Before all that' }))
    session.show({ messages: [...older, ...session.state.messages] })
    await settled()
    assert.isBelow(Math.abs((first?.getBoundingClientRect().top ?? 0) - before), 2)
  })
})

describe('a campaign', () => {
  it('says who pays, always and above the first reply', async () => {
    const { root, find } = await converse({ messages: [question, { ...reply, outcome: 'answered' }] }, solara)
    const label = find('.sponsor', HTMLParagraphElement)
    assert.strictEqual(label.textContent, 'Paid partnership with Solara')
    assert.isFalse(find('.log', HTMLElement).contains(label), 'it does not scroll away')
    assert.strictEqual(
      label.compareDocumentPosition(root.querySelector('.reply') ?? root),
      Node.DOCUMENT_POSITION_FOLLOWING,
    )
  })
})

describe('the page', () => {
  it('hears of everything by events that cross the shadow root and hold no words', async () => {
    const heard: Event[] = []
    const names = [
      'twin:open',
      'twin:close',
      'twin:message-sent',
      'twin:response-start',
      'twin:response-end',
      'twin:connection-change',
      'twin:error',
    ] as const
    const hear = (event: Event): void => void heard.push(event)
    for (const name of names) document.addEventListener(name, hear)
    const { twin, session } = await converse()
    await twin.send('A secret')
    session.show({ messages: [question, { ...reply, streaming: true }] })
    session.show({ messages: [question, { ...reply, outcome: 'answered' }] })
    session.show({ warning: { code: 'rate_limited', detail: 'slow down' } })
    await twin.close()
    for (const name of names) document.removeEventListener(name, hear)
    assert.deepEqual(
      heard.map((event) => event.type),
      [
        'twin:connection-change',
        'twin:open',
        'twin:message-sent',
        'twin:response-start',
        'twin:response-end',
        'twin:error',
        'twin:close',
      ],
    )
    const details = JSON.stringify(heard.map((event) => event instanceof CustomEvent && event.detail))
    assert.notInclude(details, 'secret')
    assert.notInclude(details, 'Good evening')
    assert.strictEqual(
      heard.every((event) => event.bubbles && event.composed),
      true,
    )
  })

  it('cannot bend the element with its own style', async () => {
    const style = document.createElement('style')
    style.dataset['hostile'] = ''
    style.textContent = `body > * { display: none !important; color: red !important; font-size: 40px !important; transform: rotate(9deg) !important }
      vibethink-twin { position: static; opacity: 0; text-transform: uppercase; letter-spacing: 1em; line-height: 4 }`
    document.head.append(style)
    const { launcher, find } = await meet()
    const face = launcher.querySelector('.face')?.getBoundingClientRect()
    assert.deepEqual([face?.width, face?.height], [56, 56])
    assert.strictEqual(innerWidth - (face?.right ?? 0), 24)
    launcher.click()
    await new Promise((done) => setTimeout(done))
    const { fontSize, textTransform, letterSpacing } = getComputedStyle(find('h2', HTMLElement))
    assert.deepEqual([fontSize, textTransform, letterSpacing], ['18px', 'none', 'normal'])
  })

  it('of one scheme may hold a twin of the other', async () => {
    const { twin, find } = await converse({}, { ...remy, theme: { ...remy.theme, scheme: 'dark' } })
    assert.strictEqual(getComputedStyle(twin).colorScheme, 'dark')
    assert.strictEqual(getComputedStyle(find('.panel', HTMLElement)).colorScheme, 'dark')
    twin.theme = 'light'
    await twin.updateComplete
    assert.strictEqual(getComputedStyle(find('.panel', HTMLElement)).colorScheme, 'light')
  })

  it('may define the element twice', async () => {
    const again = await import(`../element/vibethink-twin.ts?again=${Date.now()}`)
    assert.strictEqual(typeof again.obey, 'function')
  })

  it('may move the element without ending its conversation', async () => {
    const { twin, session, settled } = await converse()
    const elsewhere = document.body.appendChild(document.createElement('div'))
    elsewhere.append(twin)
    await settled()
    assert.deepEqual(session.asked, ['open'])
    elsewhere.remove()
    await until(() => session.asked.includes('close'))
  })

  it('may take the element out and bring it back: the conversation goes on', async () => {
    const { twin, session } = await converse()
    twin.remove()
    await until(() => session.asked.includes('close'))
    assert.deepEqual(session.asked, ['open', 'close'])
    document.body.append(twin)
    assert.deepEqual(session.asked, ['open', 'close', 'open'])
    const quiet = await meet()
    quiet.twin.remove()
    await new Promise((done) => setTimeout(done))
    document.body.append(quiet.twin)
    assert.deepEqual(quiet.session.asked, [], 'nobody has acted')
  })

  it('may hold a twin of endless words, which are broken and push nothing out', async () => {
    const endless = 'N'.repeat(200)
    const texts = { greeting: endless, suggestions: [endless, endless] }
    const { root } = await converse({}, { ...remy, ...texts, twin: { ...remy.twin, name: endless, tagline: endless } })
    const panel = root.querySelector('.panel')?.getBoundingClientRect()
    for (const one of root.querySelectorAll('.panel :is(button, .greeting, h2, p, textarea)')) {
      if (one.closest('.unseen')) continue
      assert.isAtMost(one.getBoundingClientRect().right, panel?.right ?? 0, one.className || one.tagName)
    }
    for (const one of root.querySelectorAll('.header, .log'))
      assert.isAtMost(one.scrollWidth, one.clientWidth, one.className)
  })

  it('may hold two twins', async () => {
    const one = await converse()
    const other = await meet({}, solara)
    other.launcher.click()
    await other.settled()
    assert.notStrictEqual(one.root.querySelector('[role=dialog]'), null)
    assert.strictEqual(other.root.querySelector('.sponsor')?.textContent, 'Paid partnership with Solara')
  })
})

/** Waits for what the browser does in its own time, such as a scroll event. */
async function until(isSo: () => boolean): Promise<void> {
  for (let frame = 0; frame < 120 && !isSo(); frame++)
    await new Promise((done) => requestAnimationFrame(() => done(undefined)))
  assert.strictEqual(isSo(), true)
}
