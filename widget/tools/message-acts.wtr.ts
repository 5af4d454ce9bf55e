import { assert } from '@open-wc/testing'
import type { ShownMessage } from '../session/conversation-state.ts'
import { press, type } from '../testing/meet.ts'
import { until } from '../testing/paste.ts'
import { inPlaceOf, question, reply, withTools } from './testing/with-tools.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function beforeEach(body: () => void): void
declare function afterEach(body: () => void): void

let copied: string[] = []
let undo: (() => void)[] = []
beforeEach(() => {
  copied = []
  const writeText = async (text: string): Promise<void> => void copied.push(text)
  undo = [inPlaceOf(navigator, 'clipboard', { writeText })]
})
afterEach(() => {
  for (const one of undo) one()
  sessionStorage.clear()
  for (const twin of document.querySelectorAll('vibethink-twin')) twin.remove()
})

const labels = (root: ShadowRoot, of: string): (string | null)[] =>
  [...root.querySelectorAll(`${of} .acts button`)].map((button) => button.getAttribute('aria-label'))

describe('the acts of a message', () => {
  it('are copy and two thumbs at a reply, copy and edit at the newest question', async () => {
    const older: ShownMessage[] = [
      { ...question, messageId: 'v0', turnId: 't0' },
      { ...reply, messageId: 'r0', turnId: 't0' },
    ]
    const { root } = await withTools({ messages: [...older, question, reply] })
    assert.deepEqual(labels(root, '[data-message=r1]'), ['Copy', 'Good reply', 'Bad reply'])
    assert.deepEqual(labels(root, '[data-message=v1]'), ['Copy', 'Edit your question'])
    assert.deepEqual(labels(root, '[data-message=v0]'), ['Copy'])
  })

  it('can be used by everybody, in both schemes', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const { twin, push } = await withTools()
      twin.theme = scheme
      await twin.updateComplete
      await push('[data-act=down]')
      await assert.isAccessible(twin)
      assert.strictEqual(
        twin.shadowRoot?.querySelectorAll('[style]').length,
        0,
        'no style attribute, for pages that allow none',
      )
      twin.remove()
    }
  })

  const none: [name: string, message: ShownMessage][] = [
    ['a reply that is being written', { ...reply, streaming: true }],
    ['a reply of nothing to see', { ...reply, text: ' \n', outcome: 'failed' }],
  ]
  for (const [name, message] of none) {
    it(`are not there for ${name}`, async () => {
      const { root } = await withTools({
        messages: [{ ...question, messageId: 'v0' }, { ...reply, messageId: 'r0' }, message],
      })
      assert.deepEqual(labels(root, '[data-message=r1]'), [])
    })
  }

  it('do not offer to change a question while its reply is given, and offer it once the turn has ended', async () => {
    const { root, session, settled } = await withTools({ messages: [question, reply], activeTurnId: 't1' })
    assert.deepEqual(labels(root, '.visitor'), ['Copy'])
    session.show({ activeTurnId: null })
    await settled()
    await until(() => labels(root, '.visitor').length === 2)
  })

  it('move no text when they appear', async () => {
    const { root, find, settled } = await withTools()
    const places = (): number[] =>
      [...root.querySelectorAll('.bubble, .reply')].map((one) => one.getBoundingClientRect().top)
    const before = places()
    find('.twin [data-act=copy]', HTMLElement).focus()
    await settled()
    assert.strictEqual(getComputedStyle(find('.twin .acts', HTMLElement)).opacity, '1')
    assert.deepEqual(places(), before)
  })

  it('are one stop for Tab, and the arrows go on from there, the other way round from right to left', async () => {
    const { root, find, focused, twin, settled } = await withTools()
    assert.deepEqual(
      [...root.querySelectorAll<HTMLElement>('.twin .acts button')].map(({ tabIndex }) => tabIndex),
      [0, -1, -1],
    )
    find('.twin [data-act=copy]', HTMLElement).focus()
    const walk = (...keys: string[]): void =>
      keys.forEach((key) => root.activeElement && press(root.activeElement, key))
    walk('ArrowRight', 'ArrowRight')
    assert.strictEqual(focused('[data-act=down]'), true)
    walk('ArrowRight')
    assert.strictEqual(focused('.twin [data-act=copy]'), true)
    walk('End')
    assert.strictEqual(focused('[data-act=down]'), true)
    walk('Home')
    find('.panel', HTMLElement).dir = 'rtl'
    await settled()
    walk('ArrowLeft')
    assert.strictEqual(focused('[data-act=up]'), true)
    assert.strictEqual(twin.opened, true)
  })

  it('come under a finger that is held, go with one that comes down elsewhere, and stay away from one that scrolls', async () => {
    const held = new Map<number, () => void>()
    const { setTimeout, clearTimeout } = window
    undo.push(
      inPlaceOf(window, 'setTimeout', (act: () => void, ms?: number) => {
        if (ms !== 420) return setTimeout(act, ms)
        held.set(1e9 + held.size, act)
        return 1e9 + held.size - 1
      }),
      inPlaceOf(window, 'clearTimeout', (timer: number) => {
        if (!held.delete(timer)) clearTimeout(timer)
      }),
    )
    const { find, root } = await withTools()
    const touch = (target: string, name: string, clientX = 10): void =>
      void find(target, HTMLElement).dispatchEvent(
        new PointerEvent(name, { pointerType: 'touch', clientX, clientY: 10, bubbles: true, composed: true }),
      )
    const shown = (): boolean => root.querySelector('.twin .acts[data-shown]') !== null
    touch('.reply', 'pointerdown')
    touch('.reply', 'pointermove', 14) // no finger is quite still
    assert.strictEqual(held.size, 1)
    for (const act of held.values()) act()
    await until(shown)
    touch('.bubble', 'pointerdown')
    await until(() => !shown())
    assert.strictEqual(held.size, 1)
    touch('.bubble', 'pointermove', 60)
    assert.strictEqual(held.size, 0, 'a finger that scrolls')
    touch('.bubble', 'pointerdown')
    touch('.bubble', 'pointerup')
    assert.strictEqual(held.size, 0, 'a finger that taps')
  })
})

describe('copying', () => {
  it('takes the Markdown of a reply, and says that it is done', async () => {
    const { push, heard, settled } = await withTools()
    await push('.twin [data-act=copy]')
    await until(() => heard() === 'Copied')
    await settled()
    assert.deepEqual(copied, [reply.text])
  })

  it('takes the words of a visitor', async () => {
    const { push } = await withTools()
    await push('.visitor [data-act=copy]')
    await until(() => copied.length > 0)
    assert.deepEqual(copied, [question.text])
  })

  for (const [name, clipboard] of [
    ['refuses', { writeText: () => Promise.reject(new DOMException('', 'NotAllowedError')) }],
    ['is absent', undefined],
  ] as const) {
    it(`says so where the clipboard ${name}, and leaves the selection alone`, async () => {
      undo.push(inPlaceOf(navigator, 'clipboard', clipboard))
      const { push, heard, find, focused } = await withTools()
      const selected = getSelection()?.toString()
      await push('.twin [data-act=copy]')
      await until(() => heard() === 'Could not be copied')
      await until(() => find('.twin .said', HTMLElement).textContent === 'Could not be copied')
      assert.strictEqual(getSelection()?.toString(), selected)
      assert.strictEqual(focused('.twin [data-act=copy]'), true)
    })
  }

  it('takes the code of a block, by a button that Tab reaches from the block', async () => {
    const { root, push, find, focused, heard } = await withTools()
    const block = find('.reply pre', HTMLElement)
    assert.strictEqual(block.querySelector('button') === block.querySelectorAll('*')[1], true, 'before the code')
    await push('.code-act button')
    await until(() => heard() === 'Copied')
    assert.deepEqual(copied, ['const hush = 1'])
    assert.strictEqual(focused('.code-act button'), true)
    assert.strictEqual(getComputedStyle(find('.code-act', HTMLElement)).opacity, '1')
    assert.strictEqual(root.querySelectorAll('.code-act').length, 1)
  })

  it('gives a block its button again when the reply is given anew, and moves no text by it', async () => {
    const { root, session, settled, find } = await withTools()
    await until(() => root.querySelectorAll('.code-act').length === 1)
    const height = find('.reply', HTMLElement).offsetHeight
    session.show({ messages: [question, { ...reply, text: 'An', streaming: true }] })
    await settled()
    assert.strictEqual(root.querySelector('.code-act') === null, true)
    session.show({ messages: [question, { ...reply, text: `Another.\n\n${reply.text}` }] })
    await until(() => root.querySelectorAll('.code-act').length === 1)
    session.show({ messages: [question, reply] })
    await settled()
    assert.strictEqual(root.querySelectorAll('.code-act').length, 1)
    assert.strictEqual(find('.reply', HTMLElement).offsetHeight, height)
  })
})

describe('a thumb', () => {
  const detailsOf = (twin: HTMLElement): unknown[] => {
    const details: unknown[] = []
    twin.addEventListener('twin:feedback', (event) => details.push(event.detail))
    return details
  }

  it('up is told to the room and the page, thanks for it, and can be taken back', async () => {
    const { twin, session, push, find, heard } = await withTools()
    const details = detailsOf(twin)
    await push('[data-act=up]')
    assert.strictEqual(find('[data-act=up]', HTMLElement).ariaPressed, 'true')
    assert.strictEqual(find('[data-act=down]', HTMLElement).ariaPressed, 'false')
    assert.strictEqual(heard(), 'Thank you. It helps.')
    await push('[data-act=up]')
    assert.strictEqual(find('[data-act=up]', HTMLElement).ariaPressed, 'false')
    assert.deepEqual(session.asked, ['open', 'rate t1 up', 'rate t1 '])
    const ids = { turnId: 't1', messageId: 'r1' }
    assert.deepEqual(details, [
      { ...ids, rating: 'up', reason: undefined },
      { ...ids, rating: null, reason: undefined },
    ])
  })

  it('down asks why: a reason and a comment go to the room, the reason alone to the page', async () => {
    const { twin, session, root, push, find, focused, heard } = await withTools()
    const details = detailsOf(twin)
    await push('[data-act=down]')
    assert.strictEqual(heard(), 'What was wrong with it?')
    assert.strictEqual(focused('[data-act=down]'), true)
    root.querySelectorAll<HTMLInputElement>('.chip input')[2]?.click()
    type(find('.why textarea', HTMLTextAreaElement), '  It was the first one. ')
    await push('.why [type=submit]')
    assert.deepEqual(session.asked, ['open', 'rate t1 down', 'rate t1 down off_topic It was the first one.'])
    assert.deepEqual(details.at(-1), { turnId: 't1', messageId: 'r1', rating: 'down', reason: 'off_topic' })
    assert.strictEqual(root.querySelector('.why') === null, true)
    assert.strictEqual(heard(), 'Thank you. It helps.')
    assert.strictEqual(focused('[data-act=down]'), true)
  })

  it('down need not be explained', async () => {
    const { session, push, root } = await withTools()
    await push('[data-act=down]')
    await push('.why [type=submit]')
    assert.deepEqual(session.asked, ['open', 'rate t1 down'])
    assert.strictEqual(root.querySelector('.why') === null, true)
  })

  it('down again takes it back, with the question', async () => {
    const { session, push, root } = await withTools()
    await push('[data-act=down]')
    await push('[data-act=down]')
    assert.deepEqual(session.asked, ['open', 'rate t1 down', 'rate t1 '])
    assert.strictEqual(root.querySelector('.why') === null, true)
  })

  it('down leaves the question with Escape, and the panel open', async () => {
    const { twin, push, root, find, focused, settled } = await withTools()
    await push('[data-act=down]')
    press(find('.why textarea', HTMLTextAreaElement), 'Escape', { isComposing: true })
    await settled()
    assert.strictEqual(root.querySelector('.why') !== null, true, 'an input method has the Escape that ends its word')
    press(find('.why textarea', HTMLTextAreaElement), 'Escape')
    await settled()
    assert.strictEqual(root.querySelector('.why') === null, true)
    assert.strictEqual(focused('[data-act=down]'), true)
    await push('[data-act=down]')
    await push('[data-act=down]')
    press(find('[data-act=down]', HTMLElement), 'Escape')
    await settled()
    assert.strictEqual(twin.opened, true)
  })

  it('down sends no comment that is too long, and says by how much', async () => {
    const { session, push, find, settled } = await withTools()
    await push('[data-act=down]')
    type(find('.why textarea', HTMLTextAreaElement), 'a'.repeat(501))
    await settled()
    assert.strictEqual(find('#why-room', HTMLElement).textContent?.trim(), '1 character too many')
    await push('.why [type=submit]')
    assert.deepEqual(session.asked, ['open', 'rate t1 down'])
  })
})

describe('changing the question', () => {
  it('stands in the place of the bubble, asks again with Enter, and goes on in the composer', async () => {
    const { twin, root, session, push, find, focused, settled } = await withTools()
    await push('[data-act=edit]')
    const field = find('.editor textarea', HTMLTextAreaElement)
    assert.strictEqual(root.activeElement === field, true)
    assert.strictEqual(field.value, question.text)
    assert.strictEqual(field.selectionStart, question.text.length)
    assert.strictEqual(root.querySelector('.bubble') === null, true)
    await assert.isAccessible(twin)
    type(field, 'Which goal was the worst?')
    press(field, 'Enter')
    await settled()
    assert.deepEqual(session.asked, ['open', 'edit t1 Which goal was the worst?'])
    assert.strictEqual(root.querySelector('.editor') === null, true)
    assert.strictEqual(focused('.composer textarea'), true)
  })

  it('shows the new words while there is no line, until the room has them', async () => {
    const { twin, root, session, push, find, settled } = await withTools()
    session.show({ line: 'offline' })
    await push('[data-act=edit]')
    type(find('.editor textarea', HTMLTextAreaElement), 'Which goal was the worst?')
    await push('.editor [type=submit]')
    const bubble = (): string | null | undefined => root.querySelector('.bubble')?.textContent
    assert.strictEqual(bubble(), 'Which goal was the worst?')
    assert.include(find('.visitor .note', HTMLElement).textContent, 'Kept here')
    await assert.isAccessible(twin)
    session.show({ line: 'open' })
    await settled()
    session.show({ messages: [{ ...question, text: 'Which goal was the worst?', edits: 1 }] })
    await settled()
    assert.strictEqual(root.querySelector('.visitor .note') === null, true)
    // What is said later by another device is what stands, whatever the line does.
    session.show({ line: 'offline', messages: [{ ...question, text: 'Which goal was the last?', edits: 2 }] })
    await settled()
    assert.strictEqual(bubble(), 'Which goal was the last?')
  })

  it('shows the old words again when the room does not take the new ones', async () => {
    const { root, session, push, find, settled } = await withTools()
    session.show({ line: 'reconnecting' })
    await push('[data-act=edit]')
    type(find('.editor textarea', HTMLTextAreaElement), 'Which goal was the worst?')
    await push('.editor [type=submit]')
    session.show({ line: 'open', warning: { code: 'turn_not_editable', detail: '' } })
    await settled()
    session.show({ line: 'offline', warning: null })
    await settled()
    assert.strictEqual(root.querySelector('.bubble')?.textContent, question.text)
  })

  it('stays in view below a log that follows its newest line', async () => {
    const long = { ...reply, text: 'A line of a long reply.\n\n'.repeat(60) }
    const { push, find } = await withTools({ messages: [question, long] })
    await push('[data-act=edit]')
    const seen = (): boolean => {
      const [editor, log] = [find('.editor', HTMLElement), find('.log', HTMLElement)].map((one) =>
        one.getBoundingClientRect(),
      )
      return editor !== undefined && log !== undefined && editor.top >= log.top && editor.bottom <= log.bottom
    }
    await until(seen)
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    assert.strictEqual(seen(), true)
  })

  const notAsking: [name: string, key: string, more: object][] = [
    ['Shift and Enter', 'Enter', { shiftKey: true }],
    ['the Enter that ends a composed word', 'Enter', { isComposing: true }],
    ["Safari's Enter that ends a composed word", 'Enter', { keyCode: 229 }],
  ]
  for (const [name, key, more] of notAsking) {
    it(`does not ask with ${name}`, async () => {
      const { session, push, find } = await withTools()
      await push('[data-act=edit]')
      press(find('.editor textarea', HTMLTextAreaElement), key, more)
      assert.deepEqual(session.asked, ['open'])
    })
  }

  it('ends with Escape and leaves everything as it was: the panel too', async () => {
    const { twin, session, push, find, focused, settled } = await withTools()
    await push('[data-act=edit]')
    type(find('.editor textarea', HTMLTextAreaElement), 'Something else')
    press(find('.editor textarea', HTMLTextAreaElement), 'Escape')
    await settled()
    assert.strictEqual(find('.bubble', HTMLElement).textContent, question.text)
    assert.strictEqual(focused('[data-act=edit]'), true)
    assert.strictEqual(twin.opened, true)
    assert.deepEqual(session.asked, ['open'])
  })

  it('keeps its keys to itself', async () => {
    const { push, find } = await withTools()
    await push('[data-act=edit]')
    let heard = 0
    const listen = (): void => void heard++
    document.addEventListener('keydown', listen)
    press(find('.editor textarea', HTMLTextAreaElement), '/')
    document.removeEventListener('keydown', listen)
    assert.strictEqual(heard, 0)
  })

  it('does not ask with too many words or none, and says so', async () => {
    const { session, push, find, settled, heard } = await withTools()
    await push('[data-act=edit]')
    const field = find('.editor textarea', HTMLTextAreaElement)
    type(field, 'a'.repeat(4_002))
    await settled()
    assert.strictEqual(find('#edit-room', HTMLElement).textContent, '2 characters too many')
    press(field, 'Enter')
    await settled()
    assert.strictEqual(heard(), '2 characters too many')
    type(field, ' \n')
    await settled()
    press(field, 'Enter')
    await settled()
    assert.deepEqual(session.asked, ['open'])
    assert.strictEqual(find('.editor [type=submit]', HTMLElement).ariaDisabled, 'true')
  })
})
