import { assert } from '@open-wc/testing'
import { known, paste, until, type Pasted } from './testing/paste.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function afterEach(body: () => void): void

afterEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  for (const frame of document.querySelectorAll('iframe')) frame.remove()
})

const script = (id?: string): string =>
  `<script async src="/v1/twin.js"${id ? ` data-deployment-id="${id}"` : ''}></script>`
const placed = (id: string): string => `<vibethink-twin deployment-id="${id}"></vibethink-twin>`
const older = `<script src="/twin-widget.js"></script>
  <div id="vibethink-twin" data-celebrity-id="remy-vale" data-theme="dark" data-position="bottom-left"></div>`
const isDrawn = ({ launchers }: Pasted): boolean => launchers().length > 0

const embeds: [name: string, markup: string, twins: string[]][] = [
  ['the script alone', script('a'), ['a']],
  ['the script in the head of the page, before anything else', `${script('a')}<main>Words</main>`, ['a']],
  ['the element before the script', placed('a') + script(), ['a']],
  ['the element after the script', script() + placed('a'), ['a']],
  ['both forms for one deployment', script('a') + placed('a'), ['a']],
  ['both forms for one deployment, the other way round', placed('a') + script('a'), ['a']],
  ['the script twice', script('a') + script('a'), ['a']],
  ['both names of the script', `${script('a')}<script src="/twin-widget.js" data-deployment-id="a"></script>`, ['a']],
  ['two deployments, by two scripts', script('a') + script('b'), ['a', 'b']],
  ['two deployments, by two elements', placed('a') + placed('b') + script(), ['a', 'b']],
  ['one deployment placed twice', placed('a') + placed('a') + script(), ['a']],
  ['the older embed', older, ['found-by-name']],
]

describe('an embed', () => {
  for (const [name, markup, expected] of embeds) {
    it(`${name}: each twin once, one request each, and nothing kept`, async () => {
      const pasted = await paste(markup, ({ launchers }) => launchers().length === expected.length)
      const shown = pasted.twins().filter(({ shadowRoot }) => shadowRoot)
      assert.deepEqual(
        shown.map((twin) => twin.getAttribute('deployment-id')),
        expected,
      )
      assert.lengthOf(pasted.requests, expected.length)
      for (const line of pasted.requests) assert.match(line, /^GET \/v1\/embed(\/[ab]|\?celebrity=remy-vale) omit$/)
      assert.deepEqual(pasted.touched, [])
      assert.deepEqual(pasted.warnings, [])
      assert.strictEqual(pasted.page.querySelectorAll('[style], style').length, 0)
    })
  }

  it('takes in an element that comes later', async () => {
    const pasted = await paste(script('a'), isDrawn)
    const later = pasted.page.createElement('vibethink-twin')
    pasted.page.body.append(later)
    later.setAttribute('deployment-id', 'b')
    await until(() => pasted.launchers().length === 2)
    assert.lengthOf(pasted.requests, 2)
  })

  it('gives way to an element of the same deployment that is placed later', async () => {
    const pasted = await paste(script('a'), isDrawn)
    pasted.page.body.insertAdjacentHTML('afterbegin', placed('a'))
    await until(() => pasted.twins().length === 1 && pasted.launchers().length === 1)
    assert.strictEqual(pasted.page.body.firstElementChild?.localName, 'vibethink-twin')
  })

  it('of the older form keeps the look its page gave', async () => {
    const pasted = await paste(older, isDrawn)
    const [launcher] = pasted.launchers()
    assert.strictEqual(launcher?.dataset['position'], 'bottom-left')
    assert.strictEqual(pasted.twins()[0]?.getAttribute('theme'), 'dark')
  })

  it('names its button for everybody', async () => {
    const pasted = await paste(script('a'), isDrawn)
    const [launcher] = pasted.launchers()
    assert.match(launcher?.ariaLabel ?? '', /^Talk to the AI twin of Remy Vale/)
    assert.strictEqual(launcher?.tagName, 'BUTTON')
  })
})

describe('a person', () => {
  it('who comes near brings the panel, and still nothing is kept', async () => {
    const pasted = await paste(script('a'), isDrawn)
    pasted.launchers()[0]?.dispatchEvent(new PointerEvent('pointerenter'))
    await until(() => 'updateComplete' in (pasted.twins()[0] ?? {}))
    assert.deepEqual(pasted.touched, [])
    assert.lengthOf(pasted.requests, 1)
  })

  it('who clicks gets the panel, the session and the focus', async () => {
    const pasted = await paste(script('a'), isDrawn)
    pasted.launchers()[0]?.click()
    const root = pasted.twins()[0]?.shadowRoot
    await until(() => root?.activeElement?.localName === 'textarea' && pasted.requests.length > 1)
    assert.match(pasted.requests[1] ?? '', /^POST \/v1\/sessions/)
    assert.lengthOf(
      pasted.requests.filter((line) => line.includes('embed')),
      1,
    )
    assert.lengthOf(root?.querySelectorAll('.launcher') ?? [], 1)
    assert.deepEqual(
      pasted.events.map(({ name }) => name),
      ['twin:ready', 'twin:open'],
    )
  })
})

describe('a refusal', () => {
  const refusals: [name: string, markup: string][] = [
    ['by the script', script('a')],
    ['by the element', placed('a') + script()],
    ['by the older embed', older],
  ]
  for (const [name, markup] of refusals) {
    it(`${name} shows the visitor nothing, and tells the owner once what to add`, async () => {
      const detail = 'Add https://stranger.example to the allowed domains of this deployment.'
      const pasted = await paste(
        markup,
        ({ warnings }) => warnings.length > 0,
        () => ({
          status: 403,
          body: { type: 'about:blank', title: 'Refused', status: 403, code: 'origin_not_allowed', detail },
        }),
      )
      assert.deepEqual(pasted.launchers(), [])
      assert.lengthOf(pasted.warnings, 1)
      assert.include(pasted.warnings[0], 'origin_not_allowed')
      assert.include(pasted.warnings[0], detail)
      assert.deepEqual(
        pasted.events.map(({ name: event }) => event),
        ['twin:error'],
      )
      assert.propertyVal(pasted.events[0]?.detail, 'code', 'origin_not_allowed')
      assert.deepEqual(pasted.touched, [])
    })
  }

  const broken: [name: string, body: unknown][] = [
    ['nothing', null],
    ['a list', []],
    ['a twin without a name', { ...Object(known('/v1/embed/a').body), twin: {} }],
    ['no disclosure', { ...Object(known('/v1/embed/a').body), disclosure: '' }],
    ['a sponsor without words', { ...Object(known('/v1/embed/a').body), sponsor: { brand: 'Solara' } }],
  ]
  for (const [name, body] of broken) {
    it(`is what an answer with ${name} is taken for`, async () => {
      const pasted = await paste(
        script('a'),
        ({ warnings }) => warnings.length > 0,
        () => ({ status: 200, body }),
      )
      assert.deepEqual(pasted.launchers(), [])
    })
  }
})

describe('the queue', () => {
  it('carries out what the page asked for before the script came', async () => {
    const pasted = await paste(`<script>VibeThinkTwin = [['open']]</script>${script('a')}`, ({ twins }) =>
      Boolean(twins()[0]?.shadowRoot?.querySelector('.panel')),
    )
    assert.strictEqual(pasted.twins()[0]?.hasAttribute('open'), true)
  })
})
