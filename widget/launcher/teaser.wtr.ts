import { assert } from '@open-wc/testing'
import { remy } from '../gallery/cast.ts'
import en from '../locales/en.ts'
import ar from '../locales/ar.ts'
import { until } from '../testing/paste.ts'
import { drawLauncher } from './draw-launcher.ts'
import { tease, type Teasing } from './teaser.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function afterEach(body: () => void): void

const text = 'Somebody, somewhere, is about to score. Shall we talk about it?'
const look = { ...remy, proactive: { text, delaySeconds: 0 } }
const restore: (() => void)[] = []

afterEach(() => {
  for (const undo of restore.splice(0).toReversed()) undo()
  localStorage.clear()
  for (const twin of document.querySelectorAll('vibethink-twin')) twin.remove()
})

/** What the page says of itself, for one test. */
function pretend(object: object, name: string, value: unknown): void {
  const own = Object.getOwnPropertyDescriptor(object, name)
  Object.defineProperty(object, name, { configurable: true, get: () => value })
  restore.push(() => void (own ? Object.defineProperty(object, name, own) : Reflect.deleteProperty(object, name)))
}

interface Stage {
  readonly host: HTMLElement
  readonly launcher: HTMLButtonElement
  readonly card: () => HTMLElement | null
  readonly opened: () => number
  find(part: string): HTMLElement
}

/** The closed twin of a page, about to say something. */
async function stage(more: Partial<Teasing> = {}, attributes: Record<string, string> = {}): Promise<Stage> {
  const host = document.createElement('vibethink-twin')
  for (const [name, value] of Object.entries(attributes)) host.setAttribute(name, value)
  Reflect.set(host, 'config', look)
  document.body.append(host)
  const launcher = drawLauncher(host, look, location.origin)
  let opened = 0
  const card = (): HTMLElement | null => host.shadowRoot?.querySelector<HTMLElement>('.teaser') ?? null
  void tease({ host, look, serverUrl: location.origin, words: en, open: () => opened++, ...more })
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  return {
    host,
    launcher,
    card,
    opened: () => opened,
    find(part) {
      const found = card()?.querySelector<HTMLElement>(`.${part}`)
      if (!found) throw new Error(`The card has no ${part}`)
      return found
    },
  }
}

const remembered = (): string | null => localStorage.getItem(`twin:teaser:${remy.deploymentId}`)

describe('the teaser', () => {
  it('says who speaks and what, beside the launcher, and keeps nothing', async () => {
    const { card, find, launcher } = await stage()
    assert.strictEqual(find('who').textContent, 'AI twin of Remy Vale')
    assert.strictEqual(find('words').textContent, text)
    assert.isNotNull(card()?.querySelector('img'))
    const [box, button] = [card(), launcher].map((one) => one?.getBoundingClientRect() ?? new DOMRect())
    assert.isTrue(box && button && box.bottom <= button.top - 4, 'it covers the launcher')
    assert.isTrue(box && box.right <= innerWidth && box.left >= 0)
    assert.strictEqual(localStorage.length, 0)
  })

  it('takes no focus and moves nothing', async () => {
    const shifts = new PerformanceObserver(() => {})
    shifts.observe({ type: 'layout-shift', buffered: true })
    const field = document.body.appendChild(document.createElement('input'))
    restore.push(() => field.remove())
    field.focus()
    const { card } = await stage()
    assert.strictEqual(document.activeElement, field)
    assert.deepEqual(
      shifts.takeRecords().filter((entry) => Reflect.get(entry, 'hadRecentInput') === false),
      [],
    )
    assert.isNotNull(card())
  })

  it('is announced once, politely', async () => {
    const { host, card } = await stage()
    const live = card()?.querySelectorAll('[role=status], [role=alert], [aria-live]')
    assert.lengthOf(live ?? [], 1)
    assert.strictEqual(live?.[0]?.textContent, text)
    host.setAttribute('data-changed', '')
    assert.strictEqual(card()?.querySelector('[role=status]')?.childNodes.length, 1)
  })

  it('has nothing that axe would object to', async () => {
    const { host } = await stage()
    const animations = host.shadowRoot?.getAnimations() ?? []
    await Promise.all(animations.map(({ finished }) => finished))
    await assert.isAccessible(host)
  })

  it('opens the twin where it is clicked, and goes when that has happened', async () => {
    const { host, card, find, opened } = await stage()
    find('follow').click()
    assert.strictEqual(opened(), 1)
    assert.isNotNull(card())
    host.dispatchEvent(new CustomEvent('twin:open'))
    assert.isNull(card())
    assert.strictEqual(remembered(), text)
  })

  it('goes for good where it is dismissed, and the focus stays in reach', async () => {
    const { host, card, find, launcher } = await stage()
    find('dismiss').focus()
    find('dismiss').click()
    assert.isNull(card())
    assert.strictEqual(host.shadowRoot?.activeElement, launcher)
    assert.strictEqual(remembered(), text)
    assert.isNull((await stage()).card())
    const other = { ...look, proactive: { text: 'Something new.', delaySeconds: 0 } }
    assert.isNotNull((await stage({ look: other })).card(), 'other words are another matter')
  })

  it('goes for Escape, which nobody else hears', async () => {
    const { card, find } = await stage()
    let heard = 0
    const listen = (): number => heard++
    document.addEventListener('keydown', listen)
    restore.push(() => document.removeEventListener('keydown', listen))
    find('follow').focus()
    find('follow').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }))
    assert.isNull(card())
    assert.strictEqual(heard, 0)
    assert.strictEqual(remembered(), text)
  })

  it('goes when the page opens the twin, which is no act of a person', async () => {
    const { host, card } = await stage()
    host.dispatchEvent(new CustomEvent('twin:open'))
    assert.isNull(card())
    assert.isNull(remembered())
  })

  it('goes with the deployment whose words they are', async () => {
    const { card, launcher } = await stage()
    launcher.remove()
    await until(() => card() === null)
    assert.isNull(remembered())
  })

  const silent: [name: string, prepare: () => void, attributes?: Record<string, string>][] = [
    ['on a later page of the visit', () => pretend(document, 'referrer', `${location.origin}/before`)],
    ['after a reload', () => pretend(performance, 'getEntriesByType', () => [{ type: 'reload' }])],
    ['on the way back', () => pretend(performance, 'getEntriesByType', () => [{ type: 'back_forward' }])],
    ['where data is short', () => pretend(navigator, 'connection', { saveData: true })],
    ['beside an open panel', () => {}, { open: '' }],
    [
      'where storage is denied, since nobody could remember',
      () =>
        pretend(window, 'localStorage', {
          getItem: () => {
            throw new DOMException('denied', 'SecurityError')
          },
          clear: () => {},
        }),
    ],
  ]
  for (const [name, prepare, attributes] of silent) {
    it(`says nothing ${name}`, async () => {
      prepare()
      assert.isNull((await stage({}, attributes)).card())
    })
  }

  it('says something to who comes from another site', async () => {
    pretend(document, 'referrer', 'https://search.example/')
    assert.isNotNull((await stage()).card())
  })

  it('waits until the page is before somebody’s eyes', async () => {
    pretend(document, 'visibilityState', 'hidden')
    const { card } = await stage()
    assert.isNull(card())
    document.dispatchEvent(new Event('visibilitychange'))
    await Promise.resolve()
    assert.isNull(card())
    pretend(document, 'visibilityState', 'visible')
    document.dispatchEvent(new Event('visibilitychange'))
    await until(() => card() !== null)
  })

  it('covers no more than a third of a phone, however much it has to say', async () => {
    const long = { ...look, proactive: { text: `${text} `.repeat(20), delaySeconds: 0 } }
    const { card } = await stage({ look: long })
    assert.isAtMost(card()?.getBoundingClientRect().height ?? Infinity, innerHeight / 3 + 1)
    assert.isAtMost(card()?.scrollWidth ?? Infinity, card()?.clientWidth ?? 0)
  })

  for (const position of ['top-left', 'top', 'top-right', 'bottom-left', 'bottom', 'bottom-right']) {
    it(`stands beside a launcher at ${position}`, async () => {
      const { card, launcher } = await stage({}, { position, launcher: 'face' })
      const [box, button] = [card(), launcher].map((one) => one?.getBoundingClientRect() ?? new DOMRect())
      if (!box || !button) throw new Error('Nothing stands')
      const gap = position.startsWith('top') ? box.top - button.bottom : button.top - box.bottom
      assert.isTrue(gap >= 4 && gap < 24, `gap ${gap}`)
      if (position.endsWith('left')) assert.closeTo(box.left, 24, 1)
      else if (position.endsWith('right')) assert.closeTo(innerWidth - box.right, 24, 1)
      else assert.closeTo(box.left + box.width / 2, innerWidth / 2, 1)
    })
  }

  it('runs from right to left in a language that does', async () => {
    const { card, find } = await stage({ words: ar })
    assert.strictEqual(getComputedStyle(card() ?? document.body).direction, 'rtl')
    assert.isTrue(find('dismiss').getBoundingClientRect().left < find('who').getBoundingClientRect().left)
  })

  it('shows hostile words as words', async () => {
    const hostile = '<img src=x onerror="window.executed = 1">{name}$&'
    const { find, card } = await stage({ look: { ...look, proactive: { text: hostile, delaySeconds: 0 } } })
    assert.strictEqual(find('words').textContent, hostile)
    assert.lengthOf(card()?.querySelectorAll('img') ?? [], 1)
  })
})
