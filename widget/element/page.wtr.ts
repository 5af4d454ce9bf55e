import { assert } from '@open-wc/testing'
import { remy, solara } from '../gallery/cast.ts'
import { states } from '../gallery/states.ts'
import type { TwinSessionOptions } from '../session/twin-session.ts'
import { converse, meet, press, type, type Meeting } from '../testing/meet.ts'
import { obey } from './vibethink-twin.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function afterEach(body: () => void): void

const warn = console.warn
afterEach(() => {
  console.warn = warn
  sessionStorage.clear()
  localStorage.clear()
  Reflect.deleteProperty(window, 'dataLayer')
  for (const twin of document.querySelectorAll('vibethink-twin')) twin.remove()
})

function warnings(): string[] {
  const told: string[] = []
  console.warn = (words: unknown) => void told.push(String(words))
  return told
}

const contextual = { ...remy, contextKeys: ['page', 'plan'] }

/** The twin, and what its sessions are made with. */
async function overheard(config = contextual): Promise<Meeting & { readonly made: TwinSessionOptions[] }> {
  const meeting = await meet({ line: 'open', placesLeft: 900 }, config)
  const made: TwinSessionOptions[] = []
  meeting.twin.openSession = (options) => {
    made.push(options)
    return meeting.session
  }
  return { ...meeting, made }
}

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

/** Why a promise was rejected. */
const nameOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'settled',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  )

describe('an attribute', () => {
  for (const [name, value, words] of [
    ['theme', 'blue', 'light, dark, auto'],
    ['position', 'middle', 'bottom-right, bottom, bottom-left, top-right, top, top-left'],
    ['mode', 'modal', 'bubble, popup, inline, page'],
    ['persist', 'forever', 'local, session, none'],
    ['consent', 'maybe', 'required'],
    ['analytics', 'spy', 'datalayer'],
  ] as const) {
    it(`${name}="${value}" is named once, and changes nothing`, async () => {
      const told = warnings()
      const { twin, root, find, settled } = await converse()
      twin.setAttribute(name, value)
      await settled()
      twin.setAttribute(name, '')
      twin.setAttribute(name, value)
      await settled()
      await twin.send('Hello?')
      assert.deepEqual(told, [`[twin] ${name}="${value}" is none of ${words}`])
      assert.strictEqual(find('.panel', HTMLElement).role, 'dialog')
      assert.strictEqual(find('.panel', HTMLElement).dataset['position'], 'bottom-right')
      assert.strictEqual(root.querySelector('.consent') ?? null, null)
    })
  }

  for (const name of ['disabled', 'open', 'event-words'] as const) {
    it(`${name}="false" is false, as templates mean it`, async () => {
      const { twin } = await meet()
      const read = (): boolean => ({ disabled: twin.disabled, open: twin.opened, 'event-words': twin.eventWords })[name]
      twin.setAttribute(name, '')
      assert.strictEqual(read(), true)
      twin.setAttribute(name, 'false')
      assert.strictEqual(read(), false)
      twin.setAttribute(name, 'true')
      assert.strictEqual(read(), true)
      twin.removeAttribute(name)
      assert.strictEqual(read(), false)
    })
  }

  it('mode="popup" is a bubble', async () => {
    const { twin, launcher, find, settled } = await meet()
    twin.mode = 'popup'
    launcher.click()
    await settled()
    assert.strictEqual(find('.panel', HTMLElement).role, 'dialog')
    assert.strictEqual(getComputedStyle(find('.panel', HTMLElement)).position, 'fixed')
  })

  for (const position of ['bottom-right', 'bottom', 'bottom-left', 'top-right', 'top', 'top-left']) {
    it(`position="${position}" stands above the deployment's, and where it says`, async () => {
      const { twin, launcher, find, settled } = await meet()
      twin.position = position
      await settled()
      launcher.click()
      await settled()
      const { left, right, top, bottom } = find('.panel', HTMLElement).getBoundingClientRect()
      const places = {
        left: Math.abs(left - 24) < 2,
        right: Math.abs(innerWidth - right - 24) < 2,
        top: Math.abs(top - 24) < 2,
        bottom: Math.abs(innerHeight - bottom - 24) < 2,
      }
      const isTall = innerHeight - 48 <= 680 // then it reaches from edge to edge
      assert.strictEqual(places.top, position.startsWith('top') || isTall)
      assert.strictEqual(places.bottom, position.startsWith('bottom') || isTall)
      assert.strictEqual(places.left, position.endsWith('left'))
      assert.strictEqual(places.right, position.endsWith('right'))
      assert.isTrue(/-/.test(position) || Math.abs(left + right - document.documentElement.clientWidth) < 4)
    })
  }

  it('persist reaches the session, and with "none" nothing at all is stored', async () => {
    const { twin, launcher, made, settled } = await overheard()
    twin.setAttribute('persist', 'none')
    launcher.click()
    await settled()
    assert.strictEqual(made[0]?.persist, 'none')
    assert.strictEqual(sessionStorage.length + localStorage.length, 0)
  })

  it('server-url names the Worker it talks to', async () => {
    const { twin, launcher, made, settled } = await overheard()
    twin.setAttribute('server-url', 'https://twins.example')
    launcher.click()
    await settled()
    assert.strictEqual(made[0]?.serverUrl, 'https://twins.example')
  })
})

describe('context', () => {
  it('is merged, filtered by what the deployment takes, and goes along with each message', async () => {
    const told = warnings()
    const { twin, launcher, made, settled } = await overheard()
    twin.setAttribute('dynamic-variables', '{"page": "home", "plan": "gold"}')
    await twin.setContext({ page: 'checkout', visits: 3 })
    await twin.setContext({ plan: null })
    launcher.click()
    await settled()
    assert.deepEqual(made[0]?.context?.(), { page: 'checkout' })
    assert.deepEqual(made[0]?.context?.(), { page: 'checkout' })
    assert.deepEqual(told, ['[twin] context: this deployment takes no "visits"'])
  })

  for (const [name, value] of [
    ['a structure', { a: 1 }],
    ['a text of 301 characters', 'a'.repeat(301)],
    ['not a number', undefined],
  ] as const) {
    it(`of ${name} does not go`, async () => {
      warnings()
      const { twin, launcher, made, settled } = await overheard()
      await twin.setContext({ page: value, plan: 7 })
      launcher.click()
      await settled()
      assert.deepEqual(made[0]?.context?.(), { plan: '7' })
    })
  }

  it('that is no object is refused', async () => {
    const { twin } = await meet()
    for (const facts of [null, 'page', ['page']]) {
      const wrong: unknown = await Reflect.apply(twin.setContext, twin, [facts]).catch((error: unknown) => error)
      assert.instanceOf(wrong, TypeError)
    }
  })

  it('in an attribute that is no JSON is named once, and ignored', async () => {
    const told = warnings()
    const { twin, launcher, made, settled } = await overheard()
    twin.setAttribute('dynamic-variables', 'page=home')
    launcher.click()
    await settled()
    await until(() => told.length > 0)
    assert.deepEqual(made[0]?.context?.() ?? {}, {})
    assert.deepEqual(told, ['[twin] dynamic-variables is no JSON object of names and values'])
  })
})

describe('identity', () => {
  it('by a token or the way to one reaches the session, and another person begins another', async () => {
    const { twin, session, launcher, made, settled } = await overheard()
    await twin.identify('jwt-of-ada')
    assert.deepEqual(made, [], 'nobody has acted')
    launcher.click()
    await settled()
    assert.strictEqual(await made[0]?.identity?.(), 'jwt-of-ada')
    await twin.identify(() => Promise.resolve('jwt-of-bo'))
    assert.strictEqual(await made[1]?.identity?.(), 'jwt-of-bo')
    assert.deepEqual(session.asked, ['open', 'close', 'open'])
  })

  it('that is none is refused', async () => {
    const { twin } = await meet()
    for (const proof of ['', undefined, 7]) {
      const wrong: unknown = await Reflect.apply(twin.identify, twin, [proof]).catch((error: unknown) => error)
      assert.instanceOf(wrong, TypeError)
    }
  })

  it('ends with logout: nothing of the person stays', async () => {
    const { twin, session, launcher, made, find, settled } = await overheard()
    await twin.identify('jwt-of-ada')
    await twin.setContext({ plan: 'gold' })
    launcher.click()
    await settled()
    type(find('textarea', HTMLTextAreaElement), 'A draft of Ada')
    await twin.logout()
    await settled()
    assert.deepEqual(session.asked, ['open', 'forget', 'close'])
    assert.strictEqual(find('textarea', HTMLTextAreaElement).value, '')
    assert.strictEqual(sessionStorage.length, 0)
    find('textarea', HTMLTextAreaElement).blur()
    find('textarea', HTMLTextAreaElement).focus()
    assert.strictEqual(made.at(-1)?.identity, undefined)
    assert.deepEqual(made.at(-1)?.context?.(), {})
  })

  it('ends with logout on a page where nobody has acted yet, too', async () => {
    const { twin, session } = await overheard()
    await twin.logout()
    assert.deepEqual(session.asked, ['forget', 'close'])
  })
})

describe('sending', () => {
  for (const [name, text] of [
    ['nothing', ' \n'],
    ['too much', 'a'.repeat(4_001)],
  ] as const) {
    it(`${name} is refused`, async () => {
      const { twin, session } = await converse()
      assert.strictEqual(await nameOf(twin.send(text)), 'RangeError')
      assert.deepEqual(session.asked, ['open'])
    })
  }

  it('to a twin that is away is refused', async () => {
    const { twin } = await converse(states['away'])
    assert.strictEqual(await nameOf(twin.send('Hello?')), 'InvalidStateError')
  })

  it('may be held back by the page, and the words stay where they were typed', async () => {
    const { twin, session, find, settled } = await converse()
    const heard: unknown[] = []
    twin.addEventListener('twin:before-send', (event) => {
      heard.push(event.detail)
      event.preventDefault()
    })
    assert.strictEqual(await nameOf(twin.send('Hello?')), 'AbortError')
    const field = find('textarea', HTMLTextAreaElement)
    type(field, 'My draft')
    press(field, 'Enter')
    await settled()
    assert.strictEqual(field.value, 'My draft')
    assert.deepEqual(session.asked, ['open'])
    assert.deepEqual(
      heard.map((detail) => Object.keys(Object(detail))),
      [['messageId'], ['messageId']],
    )
  })

  it('names the message before and after by one id', async () => {
    const { twin } = await converse()
    const ids: string[] = []
    for (const name of ['twin:before-send', 'twin:message-sent'] as const) {
      twin.addEventListener(name, (event) => ids.push(event.detail.messageId))
    }
    const id = await twin.send('Hello?')
    assert.deepEqual(ids, [id, id])
  })
})

describe('an event', () => {
  const told = async (words: boolean): Promise<string> => {
    const { twin, session } = await converse()
    twin.eventWords = words
    const details: unknown[] = []
    const hear = (event: Event): void => void details.push(event instanceof CustomEvent && event.detail)
    for (const name of ['twin:before-send', 'twin:message-sent', 'twin:message-received'] as const) {
      twin.addEventListener(name, hear)
    }
    await twin.send('A question')
    session.show({ messages: [question, { ...reply, streaming: true }] })
    session.show({ messages: [question, { ...reply, outcome: 'answered' }] })
    return JSON.stringify(details)
  }

  it('holds no words', async () => {
    const details = await told(false)
    assert.notInclude(details, 'question')
    assert.notInclude(details, 'Good evening')
    assert.include(details, '"messageId":"r1"')
  })

  it('holds the words where the owner has asked for them', async () => {
    const details = await told(true)
    assert.strictEqual(details.split('A question').length, 3)
    assert.include(details, 'Good evening.')
  })

  it('tells of a reply that came while the line was lost', async () => {
    const { twin, session } = await converse({ messages: [question] })
    const heard: string[] = []
    for (const name of ['twin:response-end', 'twin:message-received'] as const) {
      twin.addEventListener(name, () => heard.push(name))
    }
    session.show({ messages: [question, { ...reply, outcome: 'answered' }] })
    assert.deepEqual(heard, ['twin:response-end', 'twin:message-received'])
  })

  it('tells nothing of what was said before this visit', async () => {
    const heard: string[] = []
    const hear = (): void => void heard.push('received')
    document.addEventListener('twin:message-received', hear)
    const { session } = await converse()
    session.show(states['answered'] ?? {})
    document.removeEventListener('twin:message-received', hear)
    assert.deepEqual(heard, [])
  })

  it('says when the words that this is an AI have come into view, once', async () => {
    const { twin, settled } = await meet()
    let times = 0
    twin.addEventListener('twin:disclosure-shown', () => times++)
    await settled()
    assert.strictEqual(times, 0)
    await twin.open({ byPerson: true })
    await twin.close()
    await twin.open({ byPerson: true })
    assert.strictEqual(times, 1)
  })

  it('reaches no data layer that does not', async () => {
    const { twin } = await converse()
    await twin.send('Hello?')
    assert.isFalse('dataLayer' in window)
  })

  it('reaches a data layer that asks for it, without words', async () => {
    const { twin } = await converse()
    twin.setAttribute('analytics', 'datalayer')
    twin.eventWords = true
    const messageId = await twin.send('A secret')
    const layer = (): unknown[] => Array.from(Object(Reflect.get(window, 'dataLayer') ?? []))
    await until(() => layer().length === 2)
    assert.deepEqual(layer(), [
      { event: 'twin:before-send', messageId },
      { event: 'twin:message-sent', messageId },
    ])
  })

  it('survives a data layer that fails', async () => {
    Reflect.set(window, 'dataLayer', {
      push() {
        throw new Error('blocked')
      },
    })
    const { twin } = await converse()
    twin.setAttribute('analytics', 'datalayer')
    assert.strictEqual(await nameOf(twin.send('Hello?')), 'settled')
  })
})

describe('a state', () => {
  it('is there for the page’s style sheet', async () => {
    const { twin, session, settled } = await meet({ line: 'open' })
    const marks = (): string =>
      ['open', 'streaming', 'offline', 'unread'].filter((name) => twin.matches(`:state(${name})`)).join()
    assert.strictEqual(marks(), '')
    await twin.open({ byPerson: true })
    session.show({ messages: [question, { ...reply, streaming: true }], activeTurnId: 't1' })
    await settled()
    assert.strictEqual(marks(), 'open,streaming')
    await twin.close()
    session.show({ messages: [question, { ...reply, outcome: 'answered' }], activeTurnId: null, line: 'offline' })
    await settled()
    assert.strictEqual(marks(), 'offline,unread')
  })
})

describe('a slot', () => {
  it('shows what the page has put into the header and under the first questions', async () => {
    const { twin, settled, find } = await meet()
    twin.innerHTML = '<a slot="header" href="#h">Help</a><p slot="empty">Or call us</p>'
    await twin.open({ byPerson: true })
    await settled()
    for (const one of twin.children) assert.isAbove(one.getBoundingClientRect().height, 0, one.slot)
    assert.strictEqual(find('h2', HTMLElement).textContent, 'AI twin of Remy Vale')
    await assert.isAccessible(twin)
  })
})

describe('leaving', () => {
  it('by destroy closes the line, takes the element off the page, and may be asked twice', async () => {
    const { twin, session } = await converse()
    await twin.destroy()
    await twin.destroy()
    assert.strictEqual(await twin.send('Hello?').catch((error: unknown) => Object(error).name), 'InvalidStateError')
    assert.deepEqual(session.asked, ['open', 'close'])
    assert.isFalse(twin.isConnected)
    await new Promise((done) => setTimeout(done))
    document.body.append(twin)
    assert.deepEqual(session.asked, ['open', 'close'], 'it does not come back to life by itself')
  })

  it('leaves nothing that listens', async () => {
    const asked: string[] = []
    const listen = EventTarget.prototype.addEventListener
    const forget = EventTarget.prototype.removeEventListener
    const outside = (target: unknown): boolean => target === window || target === document || !(target instanceof Node)
    let open = 0
    EventTarget.prototype.addEventListener = function (this: EventTarget, kind, heard, options) {
      const { signal }: { signal?: AbortSignal } = Object(options)
      if (outside(this) && !(this instanceof AbortSignal) && !(this instanceof Animation)) {
        open++
        asked.push(kind)
        if (signal) listen.call(signal, 'abort', () => open--)
      }
      Reflect.apply(listen, this, [kind, heard, options])
    }
    EventTarget.prototype.removeEventListener = function (this: EventTarget, kind, heard, options) {
      if (outside(this)) open--
      Reflect.apply(forget, this, [kind, heard, options])
    }
    try {
      const { twin, settled } = await converse()
      await settled()
      assert.isAbove(open, 0)
      await twin.destroy()
      assert.strictEqual(open, 0, asked.join())
    } finally {
      EventTarget.prototype.addEventListener = listen
      EventTarget.prototype.removeEventListener = forget
    }
  })

  it('for another deployment begins anew', async () => {
    const { twin, session, root, settled } = await converse()
    twin.config = solara
    await settled()
    assert.deepEqual(session.asked, ['open', 'close'])
    assert.strictEqual(root.querySelector('.panel') ?? null, null)
  })
})

describe('a command put into the queue', () => {
  it('is carried out, one after the other', async () => {
    const { twin, session } = await converse({}, contextual)
    const contexts: unknown[] = []
    twin.addEventListener('twin:message-sent', () => contexts.push('sent'))
    for (const command of [['setContext', { page: 'home' }], ['send', 'One'], ['send', 'Two'], ['stop'], ['close']]) {
      obey(command)
    }
    await until(() => !twin.opened)
    assert.deepEqual(session.asked, ['open', 'send One', 'send Two', 'stop'])
  })

  it('that cannot be understood is named, and the next is carried out', async () => {
    const told = warnings()
    const { twin } = await converse()
    for (const command of [['remove'], 'close', ['send', 7], ['close']]) obey(command)
    await until(() => !twin.opened)
    assert.strictEqual(told.length, 3)
  })
})

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !isSo(); tries++) await new Promise((done) => setTimeout(done, 10))
  assert.strictEqual(isSo(), true)
}
