/** What pages suffer from embedded chats, and we shall not make them suffer: policies, styles, weight, frameworks, copies. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { brotliCompressSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ASSETS_FOLDER } from '../../edge/local/build-platform.ts'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { CDN, DEPLOYMENT, openStage, SCRIPT_TAG } from '../stage/open-stage.ts'
import { field, launcher, log, open, pageWith, PLAIN, say, twin } from './at-stage.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

const NOTE_VIOLATIONS = `
  window.noted = []
  document.addEventListener('securitypolicyviolation', (event) => window.noted.push(event.violatedDirective + ' ' + event.blockedURI))
`
const STRICT = [
  "default-src 'none'",
  `script-src ${CDN}`,
  `connect-src ${CDN} ${CDN.replace('https', 'wss')}`,
  `img-src ${CDN} data:`,
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ')

describe('pain 1: a blank widget where the domain is not allowed', () => {
  it('is a line for the owner that names the origin to add, an event with the code, and nothing for the visitor', async () => {
    const detail = 'Add https://fan.example to the allowed domains of this deployment.'
    const stage = await openStage(browser, {
      pages: { '/': PLAIN },
      before: `window.heard = []; document.addEventListener('twin:error', ({ detail }) => window.heard.push(detail))`,
      embed: () => ({
        status: 403,
        body: { type: 'about:blank', title: 'Not allowed here', status: 403, code: 'origin_not_allowed', detail },
      }),
    })
    await twin(stage.page).and(stage.page.locator('[refused]')).waitFor({ state: 'attached' })
    expect(stage.warnings.join()).toContain('https://fan.example')
    expect(await stage.page.evaluate('window.heard')).toEqual([
      { code: 'origin_not_allowed', origin: 'https://fan.example' },
    ])
    expect(await launcher(stage.page).count()).toBe(0)
    await stage.close()
  })
})

describe('pains 3 and 4: policies broken by styles, eval, blobs, worklets and fonts', () => {
  it('works under default-src none and Trusted Types without a single violation', async () => {
    const stage = await openStage(browser, {
      pages: { '/': PLAIN },
      headers: { 'content-security-policy': STRICT },
      before: NOTE_VIOLATIONS,
    })
    await open(stage.page)
    await say(stage.page, 'Good evening')
    await log(stage.page).getByText('Good evening.', { exact: true }).waitFor()
    expect(await stage.page.evaluate('window.noted')).toEqual([])
    expect(stage.requests.filter((request) => /blob:|fonts?\b|woff/.test(request))).toEqual([])
    await stage.close()
  })
})

describe('pain 5: styles that bleed, in and out', () => {
  const HOSTILE = `<style>
    * { all: unset !important; color: rgb(1, 2, 3) !important; font-size: 7px !important; display: inline !important }
    button, textarea, section, p { position: static !important; transform: rotate(9deg) !important; opacity: 0.1 !important }
    vibethink-twin { display: none !important; visibility: hidden !important; zoom: 3 !important; filter: blur(9px) !important }
    *::before, *::after { content: 'x' !important }
  </style>`
  const measured = `(() => {
    const root = document.querySelector('vibethink-twin').shadowRoot
    const look = (selector) => {
      const style = getComputedStyle(root.querySelector(selector))
      const names = ['color', 'fontSize', 'display', 'position', 'transform', 'opacity', 'padding', 'borderRadius', 'lineHeight']
      const { width, height } = root.querySelector(selector).getBoundingClientRect()
      return [...names.map((name) => style[name]), Math.round(width), Math.round(height)]
    }
    return ['.panel', '.header', 'textarea', '.send', '.disclosure'].map(look)
  })()`

  it('leaves the element as it is on a clean page', async () => {
    const looks: unknown[] = []
    for (const head of ['', HOSTILE]) {
      const stage = await openStage(browser, { pages: { '/': pageWith(`<p>Words</p>${SCRIPT_TAG}`, head) } })
      await open(stage.page)
      const moving = `document.querySelector('vibethink-twin').shadowRoot.getAnimations().length`
      await expect.poll(() => stage.page.evaluate(moving)).toBe(0)
      looks.push(await stage.page.evaluate(measured))
      await stage.close()
    }
    expect(looks[1]).toEqual(looks[0])
  })

  it("leaves the page's own styles alone", async () => {
    const stage = await openStage(browser, { pages: { '/': PLAIN } })
    const look = `JSON.stringify([document.styleSheets.length, document.adoptedStyleSheets.length, document.documentElement.getAttribute('style'),
      document.body.getAttribute('style'), document.body.className, getComputedStyle(document.querySelector('h1')).font])`
    await launcher(stage.page).waitFor()
    const before = await stage.page.evaluate(look)
    await open(stage.page)
    expect(await stage.page.evaluate(look)).toBe(before)
    await stage.close()
  })
})

describe('pain 6: weight before anybody asked', () => {
  it('is at most 3,000 bytes of brotli, and moves nothing', async () => {
    const stage = await openStage(browser, {
      pages: { '/': PLAIN },
      before: `window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value }).observe({ type: 'layout-shift', buffered: true })`,
    })
    await launcher(stage.page).waitFor()
    const scripts = stage.requests.filter((request) => request.includes(CDN) && !request.includes('/v1/embed'))
    expect(scripts).toEqual([`GET ${CDN}/v1/twin.js`])
    expect(brotliCompressSync(await readFile(`${ASSETS_FOLDER}/v1/twin.js`)).length).toBeLessThanOrEqual(3_000)
    await open(stage.page)
    expect(await stage.page.evaluate('window.shift')).toBe(0)
    await stage.close()
  })
})

describe('pain 13: SPA and Turbo: doubled, vanished and leaking bubbles', () => {
  const turbo = createRequire(import.meta.url).resolve('@hotwired/turbo')
  const links = '<a id="one" href="/">One</a> <a id="two" href="/two">Two</a>'

  it('survives Turbo: one launcher after every visit, and the conversation with it', async () => {
    const source = await readFile(turbo.replace(/\.umd\.js$|\.cjs$/, '.js').replace('es2017-umd', 'es2017-esm'), 'utf8')
    const head = `<script type="module">${source.replaceAll('</script', '<\\/script')}</script>`
    const body = `${links}<h1>Fan page</h1>`
    const stage = await openStage(browser, {
      pages: { '/': pageWith(body, head + SCRIPT_TAG), '/two': pageWith(`${body}<p>Second</p>`, head + SCRIPT_TAG) },
    })
    await launcher(stage.page).waitFor()
    for (const step of ['two', 'one', 'two']) {
      await stage.page.locator(`#${step}`).click()
      await stage.page.waitForURL(step === 'two' ? '**/two' : 'https://fan.example/')
      await expect.poll(() => launcher(stage.page).count()).toBe(1)
    }
    await open(stage.page)
    await say(stage.page, 'Good evening')
    await log(stage.page).getByText('Good evening.', { exact: true }).waitFor()
    expect(stage.errors).toEqual([])
    await stage.close()
  })

  it('is not reset by being moved within the document', async () => {
    const stage = await openStage(browser, { pages: { '/': pageWith(`<div id="elsewhere"></div>${SCRIPT_TAG}`) } })
    await open(stage.page)
    await say(stage.page, 'Good evening')
    await log(stage.page).getByText('Good evening.', { exact: true }).waitFor()
    await stage.page.evaluate(`document.getElementById('elsewhere').append(document.querySelector('vibethink-twin'))`)
    await say(stage.page, 'Still there?')
    await log(stage.page).getByText('Still there?').waitFor()
    await expect.poll(() => stage.frames.filter(({ type }) => type === 'message-send').length).toBe(2)
    expect(stage.sockets.length).toBe(1)
    await stage.close()
  })
})

describe('pain 14: two copies', () => {
  it('of the script in two versions are one twin, without an error', async () => {
    const older = SCRIPT_TAG.replace('/v1/twin.js', '/v1/twin.js?another-version')
    const stage = await openStage(browser, { pages: { '/': pageWith(SCRIPT_TAG + older + SCRIPT_TAG) } })
    await open(stage.page)
    expect(await twin(stage.page).count()).toBe(1)
    expect(stage.errors).toEqual([])
    await stage.close()
  })

  it('of the element, one of them somebody else’s, do not crash the page', async () => {
    const squatter = `<script>customElements.define('vibethink-twin', class extends HTMLElement {})</script>`
    const stage = await openStage(browser, { pages: { '/': pageWith(SCRIPT_TAG, squatter) } })
    await launcher(stage.page).click()
    await expect.poll(() => stage.warnings.join()).toMatch(/twin/)
    expect(stage.errors).toEqual([])
    await stage.close()
  })
})

describe('beyond the 25: script optimisers, patched globals, clobbered names, frozen prototypes', () => {
  it.each([
    [
      'a script whose tag is gone when it runs',
      pageWith(
        `<script>fetch('${CDN}/v1/twin.js').then((a) => a.text()).then((code) => (0, eval)(code))</script><script type="x" src="${CDN}/v1/twin.js" data-deployment-id="${DEPLOYMENT}"></script>`,
      ),
    ],
    ['a script in the head, before there is a body', pageWith('<p>Words</p>', SCRIPT_TAG.replace('async ', ''))],
    ['a module script', pageWith(SCRIPT_TAG.replace('async', 'type="module"'))],
    [
      'a page that names its things as the document does',
      pageWith(
        `<form name="body"><input name="createElement"><input name="querySelector"></form><img name="currentScript"><img name="head"><a id="VibeThinkTwin"></a><a id="CSS"></a><a id="config"></a>${SCRIPT_TAG}`,
      ),
    ],
    [
      'a page with Prototype.js and friends',
      pageWith(
        SCRIPT_TAG,
        `<script>
      String.prototype.toJSON = function () { return this + '!' }
      Array.prototype.each = function () {}; Array.prototype.include = function () {}
      Element.prototype.remove = Element.prototype.remove
      Function.prototype.bind = function (to) { const act = this; return function () { return act.apply(to, arguments) } }
      Array.from = function (list) { return [].slice.call(list) }
      window.$ = window.$$ = function () { return null }
    </script>`,
      ),
    ],
    [
      'a page that froze the prototypes',
      pageWith(
        SCRIPT_TAG,
        `<script>
      for (const one of [Object, Array, Function, Promise, Map, Set, Element, HTMLElement, Node, EventTarget]) Object.freeze(one.prototype)
    </script>`,
      ),
    ],
  ])('the twin opens and answers on %s', async (_case, html) => {
    const stage = await openStage(browser, { pages: { '/': html } })
    await open(stage.page)
    await say(stage.page, 'Good evening')
    await log(stage.page).getByText('Good evening.', { exact: true }).waitFor()
    expect(stage.errors).toEqual([])
    expect(stage.frames.filter(({ type }) => type === 'message-send')).toMatchObject([{ text: 'Good evening' }])
    await stage.close()
  })

  it('a page brought back from the back-forward cache goes on where it was', async () => {
    const stage = await openStage(browser, { pages: { '/': PLAIN, '/two': pageWith('<h1>Second</h1>') } })
    await open(stage.page)
    await say(stage.page, 'Good evening')
    await log(stage.page).getByText('Good evening.', { exact: true }).waitFor()
    await stage.page.goto('https://fan.example/two')
    await stage.page.goBack()
    await launcher(stage.page).or(field(stage.page)).first().waitFor()
    await field(stage.page).waitFor()
    await say(stage.page, 'Back again')
    await expect
      .poll(() => stage.frames.filter((frame) => 'text' in frame && frame.text === 'Back again').length)
      .toBe(1)
    await stage.close()
  })

  it('stands where the page says above its cookie banner', async () => {
    const style = '<style>vibethink-twin { --twin-z-index: 5; --twin-offset: 40px }</style>'
    const stage = await openStage(browser, { pages: { '/': pageWith(SCRIPT_TAG, style) } })
    await launcher(stage.page).waitFor()
    expect(await twin(stage.page).evaluate((element) => getComputedStyle(element).zIndex)).toBe('5')
    const box = await launcher(stage.page).boundingBox()
    const width = stage.page.viewportSize()?.width ?? 0
    expect(width - (box?.x ?? 0) - (box?.width ?? 0)).toBe(40)
    await stage.close()
  })
})
