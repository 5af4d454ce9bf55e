/** A campaign's page in a real browser: while it runs, before it begins and after it has ended, also under a visitor's eyes. */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { CAST } from '../../schema/local/cast.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { ask, composer, transcript, visit } from './visit.ts'

/** Set: what was seen is kept there as pictures. */
const PICTURES = process.env['TWIN_PICTURES']
const CAMPAIGN = `/admin/v1/campaigns/${CAST.kickCola.campaignId}`
const DAY_MS = 86_400_000

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
afterEach(async () => {
  await dated(Date.now() - DAY_MS, null)
})

const url = (): string => `${stack.platformUrl}/remy-vale/${CAST.kickCola.campaignSlug}`

/** Changes the campaign's dates over the admin route, and has it approved again. */
async function dated(from: number, until: number | null): Promise<void> {
  const moment = (at: number): string => new Date(Math.floor(at / 1000) * 1000).toISOString()
  for (const body of [{ startsAt: moment(from), endsAt: until && moment(until) }, { status: 'APPROVED' }]) {
    const answer = await fetch(`${stack.platformUrl}${CAMPAIGN}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${stack.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(answer.status, await answer.text()).toBe(200)
  }
}

async function axeViolations(page: Page): Promise<unknown> {
  await page.evaluate(axeSource)
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ target, failureSummary }) => target.join(' ') + ': ' + failureSummary)]))`,
  )
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return
  await mkdir(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
}

const STATES: readonly (readonly [name: string, dates: () => readonly [number, number | null], status: number])[] = [
  ['during', () => [Date.now() - DAY_MS, Date.now() + 60 * DAY_MS], 200],
  ['before', () => [Date.now() + 3 * DAY_MS, Date.now() + 60 * DAY_MS], 200],
  ['after', () => [Date.now() - 60 * DAY_MS, Date.now() - DAY_MS], 410],
]
const LOOKS = [
  { name: 'desktop', viewport: { width: 1280, height: 800 } },
  { name: 'dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { name: 'phone', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  { name: 'small', viewport: { width: 320, height: 640 } },
  { name: 'arabic', viewport: { width: 390, height: 844 }, locale: 'ar-EG' },
] as const

describe.each(STATES)('%s its time', (state, dates, status) => {
  it.each(LOOKS)('everybody can use the page: $name', async ({ name, ...look }) => {
    await dated(...dates())
    const { page, context, errors, violations } = await visit(browser, 'about:blank', { ...look, bypassCSP: true })
    const answer = await page.goto(url(), { waitUntil: 'networkidle' })
    expect(answer?.status()).toBe(status)
    if (state === 'during') await page.locator('ai-twin textarea').waitFor()
    await picture(page, `${state}-${name}`)
    expect(await page.getByText(/Kick Cola/).first().isVisible()).toBe(true)
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
    expect(await axeViolations(page)).toEqual([])
    expect(errors.filter((line) => !line.includes('410'))).toEqual([])
    expect(await violations()).toEqual([])
    await context.close()
  })
})

describe('a campaign’s page', () => {
  it('tells before it begins when that is, on the campaign’s clock and on the visitor’s', async () => {
    await dated(Date.UTC(2099, 5, 1, 10), null)
    const { page, context, violations } = await visit(browser, url(), { locale: 'de-DE', timezoneId: 'America/New_York' })
    const times = page.locator('dd time')
    expect(await times.first().textContent()).toContain('1. Juni 2099 um 11:00') // London
    expect(await times.last().textContent()).toContain('1. Juni 2099 um 06:00') // New York
    expect(await page.locator('#yours').isVisible()).toBe(true)
    expect(await violations()).toEqual([]) // its one script runs under its policy
    await context.close()
  })

  it('says the time once where both clocks show the same', async () => {
    await dated(Date.UTC(2099, 5, 1, 10), null)
    const { page, context } = await visit(browser, url(), { locale: 'en-GB', timezoneId: 'Europe/London' })
    expect(await page.locator('#yours').isVisible()).toBe(false)
    await context.close()
  })

  it('is read to the end of a reply that had begun, says thank you, and leads on once it is loaded again', async () => {
    stack.model.next({ text: 'Under the lights, in the rain, and then he hit the post. '.repeat(12), tokensPerSecond: 20 })
    await dated(Date.now() - DAY_MS, Date.now() + 6_000)
    const { page, context } = await visit(browser, url())
    await composer(page).waitFor()
    await ask(page, 'Can you commentate our five-a-side?')
    await transcript(page).getByText('Under the lights').waitFor()
    await page.getByText('This campaign has come to its end').first().waitFor({ timeout: 40_000 })
    const said = await transcript(page).innerText()
    expect(said.match(/then he hit the post/g)).toHaveLength(12)
    await picture(page, 'ended-while-open')
    await page.reload()
    await page.getByText('This campaign has ended.').waitFor()
    await page.locator('a.onward').click()
    await page.waitForURL(`${stack.platformUrl}/remy-vale`)
    await context.close()
  })

  it('answers a visitor on our own host, in the campaign’s name', async () => {
    stack.model.next({ text: 'A cold one at half-time.', tokensPerSecond: 60 })
    const { page, context, errors, violations } = await visit(browser, url())
    await composer(page).waitFor()
    await ask(page, 'What shall I drink?')
    await transcript(page).getByText('A cold one at half-time.').waitFor()
    await transcript(page).getByText('Paid partnership with Kick Cola').waitFor()
    expect([errors, await violations()]).toEqual([[], []])
    await context.close()
  })
})
