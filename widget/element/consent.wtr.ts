import { assert } from '@open-wc/testing'
import { careful, remy } from '../gallery/cast.ts'
import { fakeSession } from '../gallery/fake-session.ts'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import type { TwinSessionOptions } from '../session/twin-session.ts'
import { meet, press, type, type Meeting } from '../testing/meet.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function afterEach(body: () => void): void

afterEach(() => {
  sessionStorage.clear()
  localStorage.clear()
  for (const twin of document.querySelectorAll('vibethink-twin')) twin.remove()
})

const KEY = `twin:${careful.deploymentId}:consent`

interface Asked extends Meeting {
  readonly made: TwinSessionOptions[]
  readonly answers: unknown[]
  readonly field: () => HTMLTextAreaElement
  answer(words: string): Promise<void>
}

/** The twin of a deployment that asks, opened by a person. */
async function asked(config: TwinConfig = careful, attributes: Readonly<Record<string, string>> = {}): Promise<Asked> {
  const meeting = await meet({ line: 'open', placesLeft: 900 }, config)
  const { twin, session, root, launcher, settled, find } = meeting
  const made: TwinSessionOptions[] = []
  const answers: unknown[] = []
  twin.openSession = (options) => {
    made.push(options)
    return session
  }
  twin.addEventListener('twin:consent', ({ detail }) => answers.push(detail))
  for (const [name, value] of Object.entries(attributes)) twin.setAttribute(name, value)
  launcher.click()
  await until(() => root.querySelector('textarea') !== null)
  await settled()
  return {
    ...meeting,
    made,
    answers,
    field: () => find('.field textarea', HTMLTextAreaElement),
    async answer(words) {
      await until(() => root.querySelector('.consent') !== null)
      const button = [...root.querySelectorAll('.consent button')].find(({ textContent }) => textContent === words)
      if (!(button instanceof HTMLElement)) throw new Error(`No button says ${words}`)
      button.click()
      await until(() => root.querySelector('.consent') === null)
      await settled()
    },
  }
}

describe('where consent is asked for', () => {
  it('looking, opening and typing ask nothing, store nothing and send nothing', async () => {
    const { root, field, session } = await asked()
    field().dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }))
    type(field(), 'My question')
    assert.deepEqual(session.asked, [])
    assert.strictEqual(localStorage.length + sessionStorage.length, 0)
    assert.strictEqual(root.querySelector('.consent') ?? null, null)
  })

  it('the first message asks, and waits with its words', async () => {
    const { twin, root, find, field, session, settled } = await asked()
    type(field(), 'My question')
    press(field(), 'Enter')
    await until(() => root.querySelector('.consent') !== null)
    await settled()
    const question = find('.consent', HTMLElement)
    assert.include(question.textContent, 'keep the conversation for a year')
    assert.include(question.textContent, 'What you wrote is kept here')
    assert.deepEqual(
      [...question.querySelectorAll('a')].map(({ href }) => href),
      ['https://remyvale.example/privacy', 'https://remyvale.example/terms'],
    )
    assert.strictEqual(root.activeElement === question, true)
    assert.deepEqual(session.asked, [])
    assert.strictEqual(localStorage.length + sessionStorage.length, 0)
    await assert.isAccessible(twin)
  })

  it('a yes sends what was kept, is remembered and reaches the session', async () => {
    const { root, field, session, made, answers, answer } = await asked()
    type(field(), 'My question')
    press(field(), 'Enter')
    await answer('Agree and go on')
    assert.deepEqual(session.asked, ['open', 'send My question'])
    assert.deepEqual(answers, [{ granted: true, version: '2026-11' }])
    assert.strictEqual(made[0]?.consent, '2026-11')
    assert.strictEqual(localStorage.getItem(KEY), '2026-11')
    assert.strictEqual(field().value, '')
    assert.strictEqual(root.activeElement === field(), true)
  })

  it('a yes of an earlier page lets what was open be shown again, with its conversation', async () => {
    localStorage.setItem(KEY, '2026-11')
    const session = fakeSession({ line: 'open', placesLeft: 900 })
    const twin = document.createElement('vibethink-twin')
    twin.openSession = () => session
    twin.config = careful
    document.body.append(twin)
    await twin.resume()
    assert.deepEqual(session.asked, ['open'])
  })

  it('a no keeps the words, stores nothing, and the next act asks again', async () => {
    const { root, field, session, answers, answer } = await asked()
    type(field(), 'My question')
    press(field(), 'Enter')
    await answer('Not now')
    assert.deepEqual(session.asked, [])
    assert.strictEqual(field().value, 'My question')
    assert.strictEqual(localStorage.length + sessionStorage.length, 0)
    assert.deepEqual(answers, [{ granted: false, version: '2026-11' }])
    press(field(), 'Enter')
    await until(() => root.querySelector('.consent') !== null)
    await answer('Agree and go on')
    assert.deepEqual(session.asked, ['open', 'send My question'])
  })

  it('Escape is a no, and the panel stays', async () => {
    const { twin, root, find, field, answers } = await asked()
    type(field(), 'My question')
    press(field(), 'Enter')
    await until(() => root.querySelector('.consent') !== null)
    press(find('.consent', HTMLElement), 'Escape')
    await until(() => root.querySelector('.consent') === null)
    assert.isTrue(twin.opened)
    assert.deepEqual(answers, [{ granted: false, version: '2026-11' }])
  })

  it('closing the panel is a no', async () => {
    const { twin, root, field, session, answers } = await asked()
    type(field(), 'My question')
    press(field(), 'Enter')
    await until(() => root.querySelector('.consent') !== null)
    await twin.close()
    await until(() => answers.length === 1)
    assert.deepEqual(session.asked, [])
    await twin.open({ byPerson: true })
    assert.strictEqual(root.querySelector('.consent') ?? null, null)
    assert.strictEqual(field().value, 'My question')
  })

  it('a suggested question, the list and a page’s send ask as well', async () => {
    const { twin, root, session, answer } = await asked()
    root.querySelector<HTMLElement>('.questions button')?.click()
    await answer('Not now')
    root.querySelector<HTMLElement>('[part=more-button]')?.click()
    await answer('Not now')
    const sent = twin.send('By the page').catch((error: unknown) => (error instanceof Error ? error.name : ''))
    await answer('Not now')
    assert.strictEqual(await sent, 'NotAllowedError')
    assert.deepEqual(session.asked, [])
  })

  it('a page’s send to a closed twin opens it, to ask', async () => {
    const { twin, answer, session } = await asked()
    await twin.close()
    const sent = twin.send('By the page')
    await answer('Agree and go on')
    await sent
    assert.isTrue(twin.opened)
    assert.deepEqual(session.asked, ['open', 'send By the page'])
  })

  it('who has agreed to these words is not asked again, and finds the conversation', async () => {
    localStorage.setItem(KEY, '2026-11')
    const { session, field, root } = await asked()
    assert.deepEqual(session.asked, ['open'])
    type(field(), 'My question')
    press(field(), 'Enter')
    assert.deepEqual(session.asked, ['open', 'send My question'])
    assert.strictEqual(root.querySelector('.consent') ?? null, null)
  })

  it('who has agreed to other words is', async () => {
    localStorage.setItem(KEY, '2025-01')
    const { session, field, answer } = await asked()
    assert.deepEqual(session.asked, [])
    type(field(), 'My question')
    press(field(), 'Enter')
    await answer('Agree and go on')
    assert.strictEqual(localStorage.getItem(KEY), '2026-11')
  })

  it('logout forgets that one agreed', async () => {
    localStorage.setItem(KEY, '2026-11')
    const { twin } = await asked()
    await twin.logout()
    assert.strictEqual(localStorage.getItem(KEY), null)
  })

  it('a page cannot do away with it, nor put its own links in the place of the deployment’s', async () => {
    const page = { consent: 'none', 'privacy-url': 'https://other.example/', 'text-contents': '{"consent_text":"x"}' }
    const { find, root, field } = await asked(careful, page)
    type(field(), 'My question')
    press(field(), 'Enter')
    await until(() => root.querySelector('.consent') !== null)
    assert.include(find('#consent-text', HTMLElement).textContent, 'for a year')
    assert.strictEqual(find('.consent a:first-child', HTMLAnchorElement).href, 'https://remyvale.example/privacy')
  })
})

describe('a page that wants consent where its deployment asks for none', () => {
  it('gets a question of our own, with its links, of which the server hears nothing', async () => {
    const page = { consent: 'required', 'privacy-url': '/privacy', 'terms-url': 'javascript:alert(1)' }
    const { root, find, field, made, answer } = await asked(remy, page)
    type(field(), 'My question')
    press(field(), 'Enter')
    await until(() => root.querySelector('.consent') !== null)
    assert.include(find('#consent-text', HTMLElement).textContent, 'the AI twin of Remy Vale')
    assert.deepEqual(
      [...root.querySelectorAll<HTMLAnchorElement>('.consent a')].map(({ href }) => href),
      [new URL('/privacy', location.href).href],
    )
    await answer('Agree and go on')
    assert.strictEqual(made[0]?.consent, undefined)
  })

  it('with persist="session" has it remembered for the session, with "none" for the page alone', async () => {
    for (const [persist, kept] of [
      ['session', 'page'],
      ['none', null],
    ] as const) {
      const { field, twin, session, answer } = await asked(remy, { consent: 'required', persist })
      type(field(), 'One')
      press(field(), 'Enter')
      await answer('Agree and go on')
      assert.strictEqual(sessionStorage.getItem(KEY), kept)
      assert.strictEqual(localStorage.length, 0)
      await twin.send('Two')
      assert.deepEqual(session.asked, ['open', 'send One', 'send Two'])
      twin.remove()
      sessionStorage.clear()
    }
  })
})

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !isSo(); tries++) await new Promise((done) => setTimeout(done, 10))
  assert.strictEqual(isSo(), true, isSo.toString())
}
