/** The playground, held to the element's manifest: nothing of it is missing, and what is set is seen, heard and copied. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CAST } from '../../schema/local/cast.ts'
import { analyzeElement, fieldsOf, rows } from '../../widget/build/analyze-element.ts'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { startStack, type Stack } from '../stack.ts'
import { visit, type Visit } from './visit.ts'

const REPLY = 'Halden Arena, in the rain, on a Wednesday.'

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

/** The page with its controls made, and the twin on its stage. */
async function enter(options: Parameters<typeof visit>[2] = {}): Promise<Visit> {
  const visited = await visit(browser, 'about:blank', options)
  await visited.page.goto(stack.site('playground'))
  await visited.page.locator('html[data-ready]').waitFor()
  await onStage(visited.page).locator('.launcher').waitFor()
  return visited
}

const onStage = (page: Page): FrameLocator => page.frameLocator('#stage')
const twin = (page: Page): Locator => onStage(page).locator('vibethink-twin')
const snippetOf = (page: Page): Promise<string> => page.getByRole('region', { name: 'the snippet' }).innerText()
const heard = (page: Page, name: string): Promise<number> =>
  page.locator(`[data-entry="events-${name}"] output`).innerText().then(Number)

/** Opens the panel on the stage as a person does. */
async function openTwin(page: Page): Promise<void> {
  await onStage(page)
    .getByRole('button', { name: /^Talk to/ })
    .click()
  await onStage(page)
    .getByRole('textbox', { name: /^Message to/ })
    .waitFor()
}

describe('the playground', () => {
  it('has an entry, with a name and a control or a sign, for everything in the manifest', async () => {
    const element = await analyzeElement()
    const isPublic = ({ privacy = 'public' }: Readonly<Record<string, unknown>>): boolean => privacy === 'public'
    const members = rows(element['members']).filter(isPublic)
    const fields = members.filter(({ kind }) => kind === 'field')
    const names = (list: unknown): string[] => rows(list).map(({ name }) => String(name))
    const wanted = [
      ...rows(element['attributes'])
        .filter(({ fieldName }) => !fieldName || fields.some(({ name }) => name === fieldName))
        .map(({ name }) => `attributes-${String(name)}`),
      ...names(fields.filter(({ attribute }) => !attribute)).map((name) => `properties-${name}`),
      ...names(members.filter(({ kind }) => kind === 'method')).map((name) => `methods-${name}`),
      ...names(element['events']).map((name) => `events-${name}`),
      ...names(element['cssParts']).map((name) => `parts-${name}`),
      ...names(element['slots']).map((name) => `slots-${name}`),
      ...names(element['cssStates']).map((name) => `states-${name}`),
      ...names(element['cssProperties']).map((name) => `tokens-${name.slice(2)}`),
    ]
    expect(wanted.length).toBeGreaterThan(80)
    const { page, context } = await enter()
    const shown: string[] = await page.evaluate(
      `[...document.querySelectorAll('[data-entry]')].filter((entry) => entry.checkVisibility() && entry.querySelector('input, select, textarea, button, output')).map((entry) => entry.dataset.entry)`,
    )
    expect(shown.toSorted()).toEqual(wanted.toSorted())
    await context.close()
  })

  it('changes the element and the snippet alike, and leaves out what equals the default', async () => {
    const { page, context, errors } = await enter()
    expect(await snippetOf(page)).toMatch(
      /^<script\s+async\s+crossorigin\s+src="[^"]+\/v1\/embed\/[0-9a-f-]+\/twin\.js"\s+data-deployment-id="[0-9a-f-]+"\s*><\/script>$/,
    )
    await page.getByLabel('launcher-label', { exact: true }).fill('Say "hello"')
    await expect.poll(() => twin(page).getAttribute('launcher-label')).toBe('Say "hello"')
    await onStage(page).getByText('Say "hello"').waitFor()
    await page.getByLabel('position', { exact: true }).selectOption('top-left')
    await expect.poll(() => twin(page).getAttribute('position')).toBe('top-left')
    await page.getByLabel('mode', { exact: true }).selectOption('inline')
    await expect.poll(() => twin(page).getAttribute('mode')).toBe('inline')
    await page.getByLabel('mode', { exact: true }).selectOption('bubble')
    await expect.poll(() => twin(page).getAttribute('mode')).toBe(null)
    await page.getByLabel('server-url', { exact: true }).fill(stack.platformUrl)
    const snippet = await snippetOf(page)
    expect(snippet).toContain('data-launcher-label="Say &quot;hello&quot;"')
    expect(snippet).toContain('data-position="top-left"')
    expect(snippet).not.toMatch(/data-mode|data-server-url/)
    expect(errors).toEqual([])
    await context.close()
  })

  it('takes no value that is none, says why, and keeps the one before', async () => {
    const { page, context } = await enter()
    const texts = page.getByLabel('text-contents', { exact: true })
    await texts.fill('{ "send": "Go" }')
    await texts.fill('{ "send": ')
    await page.getByText(/^No JSON yet/).waitFor()
    expect(await texts.getAttribute('aria-invalid')).toBe('true')
    expect(await snippetOf(page)).toContain('data-text-contents="{ &quot;send&quot;: &quot;Go&quot; }"')
    await page.getByLabel('privacy-url', { exact: true }).fill('javascript:alert(1)')
    await page.getByText('A whole address is wanted: https://…').waitFor()
    await page.getByLabel('--twin-offset', { exact: true }).fill('8px; } body { display: none')
    await page.getByText('No value a style sheet can hold.').waitFor()
    expect(await snippetOf(page)).not.toMatch(/javascript|display/)
    await context.close()
  })

  it('hears the element, calls it, and says what it answered', async () => {
    const { page, context, errors, violations } = await enter()
    await expect.poll(() => heard(page, 'twin:ready')).toBe(1)
    await openTwin(page)
    await page.getByRole('button', { name: 'send()' }).click()
    await onStage(page).getByRole('log').getByText('on a Wednesday.').waitFor()
    await expect.poll(() => heard(page, 'twin:message-received')).toBe(1)
    await expect.poll(() => page.locator('[data-entry="methods-send"] .answer').innerText()).toMatch(/^"[\w-]+"$/)
    const events = page.getByRole('region', { name: 'Events' })
    await expect.poll(() => events.innerText()).toMatch(/twin:message-received\s+\{"turnId":/)
    await expect.poll(() => page.getByLabel('Is it in the state open?').innerText()).toBe('on')
    await page.getByLabel('preventDefault() each time').check()
    await page.getByRole('button', { name: 'send()' }).click()
    await expect.poll(() => page.locator('[data-entry="methods-send"] .answer').innerText()).toMatch(/^AbortError/)
    await page.getByRole('button', { name: 'close()' }).click()
    await expect.poll(() => heard(page, 'twin:close')).toBe(1)
    expect(errors).toEqual([])
    expect(await violations()).toEqual([])
    await context.close()
  })

  it('identifies a member through its own server', async () => {
    const { page, context, errors } = await enter()
    await page.getByLabel('deployment-id', { exact: true }).selectOption({ index: 1 })
    await expect.poll(() => onStage(page).getByText('Ask Ada’s twin about your week').count()).toBe(1)
    await page.getByLabel('tokenProvider', { exact: true }).selectOption('nia')
    await openTwin(page)
    await onStage(page).getByRole('textbox').fill('How slow is easy?')
    await onStage(page).getByRole('button', { name: 'Send' }).click()
    await onStage(page).getByRole('button', { name: 'Agree and go on' }).click()
    await onStage(page).getByRole('log').getByText('on a Wednesday.').waitFor()
    expect(await heard(page, 'twin:error')).toBe(0)
    expect(errors).toEqual([])
    await context.close()
  })

  it('outlines the part that is pointed at, and gives it declarations that the snippet keeps', async () => {
    const { page, context } = await enter()
    const launcher = onStage(page).locator('.launcher')
    const outline = (): Promise<string> => launcher.evaluate((part) => getComputedStyle(part).outlineColor)
    await page.locator('[data-entry="parts-launcher"]').hover()
    await expect.poll(outline).toBe('rgb(229, 0, 125)')
    await page.locator('[data-entry="slots-header"]').hover()
    await expect.poll(outline).not.toBe('rgb(229, 0, 125)')
    await page.locator('[data-entry="parts-pill"] button').click()
    await page.getByLabel('Declarations for pill').fill('border-radius: 3px; nonsense')
    await expect
      .poll(() =>
        onStage(page)
          .locator('.pill')
          .evaluate((pill) => getComputedStyle(pill).borderRadius),
      )
      .toBe('3px')
    expect(await snippetOf(page)).toContain('vibethink-twin::part(pill) {\n    border-radius: 3px;')
    await context.close()
  })

  it('applies a token to the twin as it is typed', async () => {
    const { page, context } = await enter()
    const right = (): Promise<string> =>
      onStage(page)
        .locator('.launcher')
        .evaluate((one) => getComputedStyle(one).right)
    await expect.poll(right).toBe('24px')
    await page.getByLabel('--twin-offset', { exact: true }).fill('60px')
    await expect.poll(right).toBe('60px')
    expect(await snippetOf(page)).toContain('--twin-offset: 60px;')
    await context.close()
  })

  it.each([
    ['a script tag', 'script'],
    ['an element', 'element'],
  ] as const)('writes %s that, pasted on a page, gives the same twin', async (_what, form) => {
    const { page, context, errors } = await enter()
    await page.getByLabel('theme', { exact: true }).selectOption('dark')
    await page.getByLabel('launcher-label', { exact: true }).fill('Ask & "see" <b>')
    await page.getByLabel('event-words', { exact: true }).check()
    await page.getByLabel('dynamic-variables', { exact: true }).fill('{"match": "Halden \\"H\\" & <co>"}')
    await page.getByLabel('--twin-offset', { exact: true }).fill('40px')
    if (form === 'element') await page.getByLabel('header', { exact: true }).fill('Live & <b>tonight</b>')
    await page.getByRole('radio', { name: form === 'script' ? 'Script tag' : 'Element' }).check()
    await page.getByLabel('Pin this version by its digest').check()
    const attributes = (host: Locator): Promise<unknown> =>
      host.evaluate((one) =>
        Object.fromEntries([...one.attributes].map(({ name, value }) => [name, value === 'true' ? '' : value])),
      )
    await expect
      .poll(() => attributes(twin(page)))
      .toMatchObject({ 'dynamic-variables': '{"match": "Halden \\"H\\" & <co>"}' })
    const staged = await attributes(twin(page))
    const snippet = await snippetOf(page)
    expect(snippet).toMatch(/integrity="sha384-[\w+/=]{64}"/)

    const owner = await openOwnersPage(snippet)
    const pasted = await context.newPage()
    await pasted.goto(owner.origin)
    await pasted.getByText('Ask & "see" <b>').waitFor()
    const host = pasted.locator('vibethink-twin')
    const { 'data-turbo-permanent': _mark, ...own } = fieldsOf(await attributes(host))
    expect(own).toEqual(staged)
    expect(await host.locator('.launcher').evaluate((one) => getComputedStyle(one).right)).toBe('40px')
    if (form === 'element') expect(await host.locator('[slot=header]').textContent()).toBe('Live & <b>tonight</b>')
    owner.close()
    expect(errors).toEqual([])
    await context.close()
  })

  it('hands out the policy that its own stage runs under', async () => {
    const { page, context } = await enter()
    const policy = await page.getByRole('region', { name: 'the policy' }).innerText()
    const written = policy.replace(/^Content-Security-Policy:\s*/, '').split(/;\s*/)
    const served = await page.evaluate<string>(
      `fetch('/stage.html').then((answer) => answer.headers.get('content-security-policy'))`,
    )
    expect(served).toBe([...written, `frame-ancestors 'self'`].join('; '))
    expect(policy).toContain(`script-src ${stack.platformUrl}`)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy the policy' }).click()
    await page.getByRole('button', { name: 'Copy the policy' }).getByText('Copied').waitFor()
    const copied = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(copied).toBe(`Content-Security-Policy: ${written.join('; ')}`)
    await context.close()
  })

  it('shows the twin on a phone, in the dark and from right to left', async () => {
    const { page, context } = await enter()
    await page.getByRole('radio', { name: 'Phone' }).check()
    expect(await twin(page).evaluate(() => [innerWidth, innerHeight])).toEqual([390, 844])
    await page.getByRole('radio', { name: 'Dark' }).check()
    await expect.poll(() => twin(page).getAttribute('theme')).toBe('dark')
    await page.getByLabel('Page in').selectOption('ar')
    await expect.poll(() => onStage(page).locator('html').getAttribute('dir')).toBe('rtl')
    await expect.poll(() => onStage(page).locator('.launcher').getAttribute('aria-label')).toMatch(/\p{Script=Arabic}/u)
    await context.close()
  })
})

describe('everybody can use it', () => {
  it.each([
    ['on a desktop', { viewport: { width: 1280, height: 800 } }],
    ['in the dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
    ['on a phone', { viewport: { width: 390, height: 844 } }],
  ] as const)('%s (axe)', async (_where, options) => {
    const { page, context } = await enter({ ...options, bypassCSP: true })
    await page.getByLabel('text-contents', { exact: true }).fill('{')
    await page.locator('[data-entry="parts-panel"] button').click()
    await page.evaluate(axeSource)
    const violations: unknown = await page.evaluate(
      `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ target, failureSummary }) => target.join(' ') + ': ' + failureSummary)]))`,
    )
    expect(violations).toEqual([])
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await context.close()
  })

  it('with keys: a switch is turned and a method is called', async () => {
    const { page, context } = await enter()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate<string>('document.activeElement.id')).toBe('controls')
    await page.getByLabel('disabled', { exact: true }).focus()
    await page.keyboard.press('Space')
    await expect.poll(() => twin(page).getAttribute('disabled')).not.toBe(null)
    await page.getByRole('button', { name: 'open()' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => heard(page, 'twin:open')).toBe(1)
    await context.close()
  })
})

/** A page of somebody's own with the snippet on it, on an origin that the deployment has been told to allow. */
async function openOwnersPage(snippet: string): Promise<{ readonly origin: string; close(): void }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="en"><title>Pasted</title><link rel="icon" href="data:,">${snippet}`)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The owner’s page has no port.')
  const origin = `http://owner.localhost:${address.port}`
  const list = `${stack.platformUrl}/admin/v1/deployments/${CAST.deployments.remyWidget}/allowed-domains`
  const allowed = await fetch(list, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ origin }),
  })
  if (!allowed.ok) throw new Error(`The origin was not allowed: ${await allowed.text()}`)
  return { origin, close: () => void server.close() }
}
