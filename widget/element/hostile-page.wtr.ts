import { assert } from '@open-wc/testing'
import { remy, solara } from '../gallery/cast.ts'
import { fakeSession } from '../gallery/fake-session.ts'
import { states } from '../gallery/states.ts'
import { drawLauncher } from '../launcher/draw-launcher.ts'
import { converse, meet, type } from '../testing/meet.ts'
import { TwinElement } from './twin-element.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function afterEach(body: () => void): void

const warn = console.warn
afterEach(() => {
  console.warn = warn
  sessionStorage.clear()
  for (const twin of document.querySelectorAll('vibethink-twin')) twin.remove()
  for (const style of document.querySelectorAll('style[data-hostile]')) style.remove()
})

function styleOf(css: string): void {
  const style = document.createElement('style')
  style.dataset['hostile'] = ''
  style.textContent = css
  document.head.append(style)
}

describe('a page that resets everything, loudly', () => {
  const reset = `* { all: unset !important } *, *::before, *::after { display: inline !important; margin: 3px !important;
    font: 40px serif !important; color: red !important; background: lime !important; user-select: none !important;
    visibility: hidden !important; direction: rtl !important; pointer-events: none !important; opacity: 0.1 !important }
    vibethink-twin { position: static !important; transform: scale(3) !important; filter: blur(9px) !important;
    contain: strict !important; clip-path: circle(1px) !important; zoom: 4 !important }`

  it('changes nothing about an open panel but its font', async () => {
    const before = await converse(states['answered'])
    const look = (meeting: typeof before): unknown[] =>
      ['.panel', 'h2', '.bubble', '.reply', '.send', '.field textarea'].map((selector) => {
        const one = meeting.root.querySelector(selector)
        if (!one) throw new Error(`There is no ${selector}`)
        const { color, backgroundColor, fontSize, visibility, userSelect, pointerEvents } = getComputedStyle(one)
        const { width, left } = one.getBoundingClientRect()
        return [selector, color, backgroundColor, fontSize, visibility, userSelect, pointerEvents, width, left]
      })
    const untouched = look(before)
    before.twin.remove()
    styleOf(reset.replaceAll('font: 40px serif', 'font-size: 40px'))
    assert.deepEqual(look(await converse(states['answered'])), untouched)
  })

  it('leaves it as easy to use for everybody', async () => {
    styleOf(reset.replace('opacity: 0.1 !important', ''))
    const { twin } = await converse(states['answered'])
    await assert.isAccessible(twin)
  })
})

describe('a page that would rather not say', () => {
  const hidden = `display: none !important; visibility: hidden; opacity: 0; font-size: 0; color: transparent; height: 0;
    overflow: hidden; position: absolute; left: -9999px; transform: scale(0); clip-path: inset(50%); zoom: 0.01;
    text-indent: -9999px; filter: opacity(0); -webkit-text-fill-color: transparent`

  for (const part of ['disclosure', 'campaign-label', 'header', 'footer']) {
    it(`that this is an AI, and who pays, gets nowhere by the part ${part}`, async () => {
      const look = (): unknown[] =>
        ['.disclosure', '.sponsor'].map((selector) => {
          const one = find(selector, HTMLElement)
          const { color, fontSize, textIndent, filter, clipPath, opacity } = getComputedStyle(one)
          const { width, left } = one.getBoundingClientRect()
          return [one.checkVisibility(), color, fontSize, textIndent, filter, clipPath, opacity, width, left]
        })
      const { find } = await converse(states['answered'], solara)
      const untouched = look()
      styleOf(`vibethink-twin { --_ink: transparent !important; --_muted: transparent !important }
        vibethink-twin::part(${part}) { ${hidden} }`)
      assert.deepEqual(look(), untouched)
    })
  }
})

describe('a page that moves the element', () => {
  it('to another deployment has the first one gone, launcher and all, and can have it back', async () => {
    const session = fakeSession({ line: 'open', placesLeft: 900 })
    const twin = document.createElement('vibethink-twin')
    twin.openSession = () => session
    drawLauncher(twin, remy, location.origin) // as the loader does, before the element is one
    twin.config = remy
    document.body.append(twin)
    await twin.open({ byPerson: true })
    // As the loader takes one away.
    twin.config = undefined
    twin.shadowRoot?.querySelector('.launcher')?.remove()
    await twin.updateComplete
    assert.isNull(twin.shadowRoot?.querySelector('.panel'))
    assert.isFalse(twin.opened)
    twin.config = remy
    drawLauncher(twin, remy, location.origin)
    await twin.open({ byPerson: true })
    assert.isNotNull(twin.shadowRoot?.querySelector('.panel + .launcher, .panel ~ .launcher'))
  })

  it('again and again keeps its conversation, the draft, the place and what is watched', async () => {
    const { twin, session, find, settled } = await converse(states['long'])
    type(find('textarea', HTMLTextAreaElement), 'A draft')
    const boxes = [1, 2, 3].map(() => document.body.appendChild(document.createElement('section')))
    for (const box of boxes) {
      box.append(twin)
      await settled()
    }
    assert.deepEqual(session.asked, ['open'])
    assert.strictEqual(find('textarea', HTMLTextAreaElement).value, 'A draft')
    const log = find('.log', HTMLElement)
    const { messages } = session.state
    session.show({
      messages: messages.map((one) => (one.messageId === 'r12' ? { ...one, text: 'More. '.repeat(200) } : one)),
    })
    await settled()
    await until(() => log.scrollHeight - log.scrollTop - log.clientHeight < 4)
    for (const box of boxes) box.remove()
  })

  it('in one breath, as Turbo and React do, closes nothing', async () => {
    const { twin, session } = await converse()
    for (let times = 0; times < 5; times++) {
      twin.remove()
      document.body.append(twin)
    }
    await new Promise((done) => setTimeout(done, 20))
    assert.deepEqual(session.asked, ['open'])
  })
})

describe('a page with two copies of the script', () => {
  it('has one that speaks, and says so once', async () => {
    const told: string[] = []
    console.warn = (words: unknown) => void told.push(String(words))
    class Earlier extends HTMLElement {}
    customElements.define('earlier-twin', Earlier)
    const { register } = await import('./register.ts')
    register('earlier-twin')
    register('earlier-twin')
    assert.strictEqual(customElements.get('earlier-twin') === Earlier, true)
    assert.deepEqual(told, ['[twin] <earlier-twin> came twice, from two scripts: the first one speaks'])
  })
})

describe('a page with old libraries', () => {
  /** As Prototype.js 1.7 leaves a page. */
  function patch(): () => void {
    const undo: (() => void)[] = []
    const put = (target: object, name: string, value: unknown): void => {
      const before = Object.getOwnPropertyDescriptor(target, name)
      Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true })
      undo.push(() => {
        if (before) Object.defineProperty(target, name, before)
        else Reflect.deleteProperty(target, name)
      })
    }
    put(Array.prototype, 'toJSON', () => '[patched]')
    put(Array.prototype, 'each', () => [])
    put(Object.prototype, 'extend', () => ({}))
    put(Array, 'from', (value: unknown) => [value])
    put(Element.prototype, 'update', () => null)
    put(Element.prototype, 'toggle', () => null)
    put(HTMLElement.prototype, 'show', () => null)
    put(HTMLElement.prototype, 'request', () => null)
    return () => undo.toReversed().forEach((one) => one())
  }

  it('shows, sends and tells as any other', async () => {
    const undo = patch()
    try {
      const { twin, session, root, settled } = await converse(states['answered'])
      const heard: string[] = []
      twin.addEventListener('twin:message-sent', () => heard.push('sent'))
      await twin.setContext({ page: 'home' })
      await twin.send('Hello?')
      await settled()
      assert.deepEqual(session.asked, ['open', 'send Hello?'])
      assert.deepEqual(heard, ['sent'])
      assert.strictEqual(root.querySelectorAll('.message').length, 3)
      await twin.close()
      await twin.open({ byPerson: true })
      assert.isTrue(twin.opened)
    } finally {
      undo()
    }
  })
})

describe('a page that has named its own things as ours', () => {
  it('keeps them, and so do we', async () => {
    const own = document.createElement('div')
    own.innerHTML = `<form id="room" name="documentElement"><input name="children" id="consent-title"><a id="vibethink-twin" name="config"></a></form>
      <img name="visualViewport"><form name="querySelector"></form>`
    document.body.append(own)
    const { twin, session } = await converse()
    await twin.send('Hello?')
    assert.deepEqual(session.asked, ['open', 'send Hello?'])
    own.remove()
  })
})

describe('an element that was written before it was one', () => {
  it('takes what was set on it, and shows it', async () => {
    const twin = document.createElement('div')
    twin.innerHTML = '<late-twin mode="page"></late-twin>'
    const [late] = twin.children
    if (!late) throw new Error('There is no element')
    Object.assign(late, { config: remy, openSession: () => fakeSession(states['answered']), locale: 'de' })
    document.body.append(twin)
    customElements.define('late-twin', class extends TwinElement {})
    if (!(late instanceof TwinElement)) throw new Error('It was not upgraded')
    await late.updateComplete
    assert.strictEqual(late.shadowRoot?.querySelector('h2')?.textContent, 'KI-Zwilling von Remy Vale')
    assert.strictEqual(Object.hasOwn(late, 'config'), false)
    twin.remove()
  })
})

describe('paper', () => {
  it('holds the whole conversation, and nothing to press', async () => {
    const { root } = await converse(states['answered'])
    await until(() => root.querySelectorAll('[data-act=copy]').length > 0)
    const printed = root.adoptedStyleSheets.flatMap((sheet) =>
      [...sheet.cssRules].filter((rule) => rule instanceof CSSMediaRule && rule.conditionText === 'print'),
    )
    const rules = printed.map(({ cssText }) => cssText).join('\n')
    assert.match(rules, /\.log[^}]*overflow: visible/)
    assert.match(rules, /button[^}]*display: none/)
  })
})

describe('a phone', () => {
  it('types in letters of 16 pixels, so that nothing zooms, and with a finger’s room to press', async () => {
    const { find } = await converse()
    assert.strictEqual(getComputedStyle(find('textarea', HTMLTextAreaElement)).fontSize, '16px')
    const send = find('.send', HTMLElement)
    const { width, height } = getComputedStyle(send, '::before')
    assert.deepEqual([width, height], ['46px', '46px'])
  })

  it('whose keyboard is up gives the sheet what can be seen', async () => {
    const { keepAboveKeyboard } = await import('./keyboard-room.ts')
    const seen = Object.assign(new EventTarget(), { scale: 1, height: innerHeight - 300, offsetTop: 12 })
    const real = Object.getOwnPropertyDescriptor(window, 'visualViewport')
    Object.defineProperty(window, 'visualViewport', { value: seen, configurable: true })
    const left = new AbortController()
    const { find } = await meet().then(async (meeting) => {
      await meeting.twin.open({ byPerson: true })
      return meeting
    })
    const panel = find('.panel', HTMLElement)
    keepAboveKeyboard(() => panel, left.signal)
    seen.dispatchEvent(new Event('resize'))
    assert.strictEqual(panel.style.getPropertyValue('--_height'), `${innerHeight - 300}px`)
    assert.strictEqual(panel.style.getPropertyValue('--_top'), '12px')
    seen.height = innerHeight
    seen.dispatchEvent(new Event('resize'))
    assert.strictEqual(panel.style.getPropertyValue('--_height'), '100dvh')
    left.abort()
    seen.height = 100
    seen.dispatchEvent(new Event('resize'))
    assert.strictEqual(panel.style.getPropertyValue('--_height'), '100dvh')
    if (real) Object.defineProperty(window, 'visualViewport', real)
  })
})

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !isSo(); tries++) await new Promise((done) => setTimeout(done, 10))
  assert.strictEqual(isSo(), true, isSo.toString())
}
