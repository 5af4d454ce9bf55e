/** Each page a customer may have: open, ask, read a streamed reply, come back, and nothing broken on the way. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { rawRequest } from '../wire/raw-request.ts'
import { ask, composer, launcher, openPanel, transcript, visit } from './visit.ts'

const REPLY = 'The loudest ground I ever worked was **Halden Arena**, in the rain, on a Wednesday.'

let stack: Stack
let browser: Browser
let axeSource: string

beforeAll(async () => {
  axeSource = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
  ;[stack, browser] = await Promise.all([startStack({ openai: true }), launchChromium()])
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})
beforeEach(() => stack.model.always({ text: REPLY, tokensPerSecond: 60 }))

const PAGES: readonly (readonly [name: string, url: (stack: Stack) => string])[] = [
  ["the celebrity's own site", ({ site }) => site('remyvale')],
  ['the element placed by hand', ({ site }) => site('remyvale', '/placed.html')],
  ['the older embed', ({ site }) => site('remyvale', '/classic.html')],
  ["Solara's campaign", ({ site }) => site('solara')],
  ["Kick Cola's campaign", ({ site }) => site('kickcola')],
  ['the page under a strict policy', ({ site }) => site('strict')],
  ['the portal', ({ platformUrl }) => `${platformUrl}/remy-vale`],
  ['the white-label host', ({ whiteLabelUrl }) => whiteLabelUrl],
]

describe.each(PAGES)('on %s', (_name, urlOf) => {
  it('a visitor asks, reads the reply as it comes, and finds it again after a reload', async () => {
    const { page, context, errors, violations } = await visit(browser, urlOf(stack))
    await openPanel(page)
    await ask(page, 'What was the loudest ground?')
    await transcript(page).getByText('The loudest', { exact: false }).waitFor()
    await transcript(page).getByText('on a Wednesday.').waitFor()
    expect(await transcript(page).locator('strong').textContent()).toBe('Halden Arena')
    await expect.poll(() => page.getByText(/AI twin of/).count()).toBeGreaterThan(0)
    await page.reload({ waitUntil: 'networkidle' })
    await openPanel(page)
    await transcript(page).getByText('on a Wednesday.').waitFor()
    expect(errors).toEqual([])
    expect(await violations()).toEqual([])
    await context.close()
  })

  it.each(['light', 'dark'] as const)('everybody can use the open panel (axe, %s)', async (colorScheme) => {
    const { page, context } = await visit(browser, urlOf(stack), { colorScheme, bypassCSP: true })
    await openPanel(page)
    await ask(page, 'Hello?')
    await transcript(page).getByText('on a Wednesday.').waitFor()
    expect(await axeViolations(page, axeSource)).toEqual([])
    await context.close()
  })
})

describe('on a phone', () => {
  it.each(PAGES.filter(([name]) => /own site|portal/.test(name)))('%s fits', async (_name, urlOf) => {
    const { page, context, errors } = await visit(browser, urlOf(stack), {
      viewport: { width: 360, height: 640 },
      isMobile: true,
      hasTouch: true,
    })
    await openPanel(page)
    await ask(page, 'Hello?')
    await transcript(page).getByText('on a Wednesday.').waitFor()
    const box = await composer(page).boundingBox()
    expect(box && box.x >= 0 && box.x + box.width <= 360 && box.y + box.height <= 640).toBe(true)
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
    expect(errors).toEqual([])
    await context.close()
  })
})

describe('with the keyboard alone', () => {
  it('a visitor opens, asks, reads, closes, and is back where they were', async () => {
    const { page, context } = await visit(browser, stack.site('remyvale'))
    await launcher(page).focus()
    await page.keyboard.press('Enter')
    await composer(page).waitFor()
    await expect.poll(() => composer(page).evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.type('Hello?')
    await page.keyboard.press('Enter')
    await transcript(page).getByText('on a Wednesday.').waitFor()
    await page.keyboard.press('Escape')
    await composer(page).waitFor({ state: 'hidden' })
    await expect.poll(() => launcher(page).evaluate((element) => element.matches(':focus'))).toBe(true)
    await context.close()
  })
})

describe('on a page that is not on the list', () => {
  it('the visitor sees nothing broken and the owner reads what to add', async () => {
    const { page, context, warnings, sockets } = await visit(browser, stack.site('stranger'))
    const origin = stack.site('stranger').slice(0, -1)
    expect(await launcher(page).count()).toBe(0)
    expect(warnings.filter((line) => line.includes(origin) && line.includes('origin_not_allowed'))).toHaveLength(1)
    expect(sockets).toEqual([])
    await page.screenshot() // it still paints
    await context.close()
  })
})

describe('on the white-label host', () => {
  it('nothing says our name: not the page, its files, its headers, its addresses, its socket nor what it leaves behind', async () => {
    const { page, context } = await visit(browser, 'about:blank')
    const told: string[] = []
    const hosts = new Set<string>()
    let frames = 0
    page.on('response', async (response) => {
      hosts.add(new URL(response.url()).host)
      told.push(response.url(), JSON.stringify(response.headers()), await response.text().catch(() => ''))
    })
    page.on('console', (line) => told.push(line.text()))
    page.on('websocket', (socket) => {
      hosts.add(new URL(socket.url()).host)
      socket.on('framereceived', ({ payload }) => {
        frames += 1
        told.push(payload.toString())
      })
      socket.on('framesent', ({ payload }) => told.push(payload.toString()))
    })
    await page.goto(stack.whiteLabelUrl, { waitUntil: 'networkidle' })
    await openPanel(page)
    await ask(page, 'Hello?')
    await transcript(page).getByText('on a Wednesday.').waitFor()
    told.push(await page.content())
    told.push(
      await page.evaluate<string>(
        'JSON.stringify([Object.getOwnPropertyNames(window), { ...localStorage }, { ...sessionStorage }, document.cookie])',
      ),
    )
    for (const { url, body } of await linkedFiles(stack, page)) told.push(url, body)
    expect(told.length).toBeGreaterThan(20)
    expect(frames).toBeGreaterThan(3)
    expect([...hosts]).toEqual([new URL(stack.whiteLabelUrl).host]) // everything is first-party
    expect(told.filter((text) => /vibethink/i.test(text))).toEqual([])
    await context.close()
  })

  it('a phone that puts it on its home screen gets the customer’s name and picture', async () => {
    const { page, context, violations } = await visit(browser, stack.whiteLabelUrl)
    const devtools = await context.newCDPSession(page)
    const { url, errors, data } = await devtools.send('Page.getAppManifest')
    expect(url).toBe(`${stack.whiteLabelUrl}manifest.webmanifest`)
    expect(errors).toEqual([])
    expect(JSON.parse(data ?? '')).toMatchObject({
      short_name: 'Ada Marlow',
      icons: [{ src: '/media/ada-marlow.svg' }],
    })
    expect(await violations()).toEqual([])
    await context.close()
  })
})

/** What a page names and no browser asked for by itself: its manifest, icons, the picture of a preview, and what robots read. */
async function linkedFiles(
  stack: Stack,
  page: Page,
): Promise<readonly { readonly url: string; readonly body: string }[]> {
  const linked = await page.evaluate<string[]>(
    `[...document.querySelectorAll('link[href], meta[content^="http"]')].map((one) => one.href || one.content)`,
  )
  const paths = [...new Set([...linked.map((url) => new URL(url).pathname), '/robots.txt', '/favicon.ico', '/nothing'])]
  const host = new URL(stack.whiteLabelUrl).host
  return Promise.all(
    paths.map(async (path) => {
      const headers = [
        ['Host', host],
        ['Accept', 'text/html'],
      ] as const
      const answer = await rawRequest({ port: stack.ports.worker, path, headers })
      return { url: path, body: `${JSON.stringify([...answer.headers])} ${answer.body}` }
    }),
  )
}

async function axeViolations(page: Page, source: string): Promise<unknown> {
  await page.evaluate(source)
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ target, failureSummary }) => target.join(' ') + ': ' + failureSummary)]))`,
  )
}
