/** A line that is taken away in the middle: nothing is lost, nothing is said twice, and what was written goes in order. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { CAST } from '../../schema/local/cast.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { startBadNetwork } from '../wire/bad-network.ts'
import type { BadNetwork } from '../wire/bad-network.ts'
import { ownTab, visitOwnPage } from './own-page.ts'
import { ask, composer, launcher, openPanel, roomOf, transcript } from './visit.ts'
import type { Visit } from './visit.ts'

const COUNTED = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ')

let stack: Stack
let browser: Browser
let network: BadNetwork

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ openai: true }), launchChromium()])
  network = await startBadNetwork(stack.ports.worker)
})
afterEach(() => network?.mend())
afterAll(async () => {
  await network?.close()
  await browser?.close()
  await stack?.stop()
})

const said = (page: Page, words: string): Locator => transcript(page).getByText(words, { exact: true })

function visitBadly(): Promise<Visit> {
  return visitOwnPage(browser, stack.site('remyvale'), { attributes: { 'server-url': network.url } })
}

describe('websockets that a network takes away in the middle of a reply', () => {
  it('are not missed: the reply goes on over HTTP, whole and once, and can be stopped', async () => {
    stack.model.next({ text: COUNTED, tokensPerSecond: 12 }, { text: COUNTED, tokensPerSecond: 8 })
    const { page, context, requests } = await visitBadly()
    await openPanel(page)
    await ask(page, 'Count, please.')
    await transcript(page).getByText('word3').waitFor()
    expect(network.sockets()).toBe(1)
    network.blockSockets()
    await transcript(page).getByText('word59').waitFor()
    expect(await said(page, COUNTED).count()).toBe(1)
    expect(await said(page, 'Count, please.').count()).toBe(1)
    expect(requests.some((one) => /^GET .*\/stream\?after=\d+$/.test(one))).toBe(true)
    expect(network.sockets()).toBe(0)

    const seen = stack.model.seen.length
    await ask(page, 'Once more.')
    await expect.poll(() => stack.model.seen[seen]?.tokensSent).toBeGreaterThan(3)
    await page.getByRole('button', { name: 'Stop the reply' }).click()
    await transcript(page).getByText('Stopped here, as you asked.').waitFor()
    await expect.poll(() => stack.model.seen[seen]?.end).toBe('aborted')

    await page.reload()
    await openPanel(page)
    await said(page, COUNTED).waitFor()
    expect(await said(page, 'Once more.').count()).toBe(1)
    await context.close()
  })

  it('leave two tabs in step, one over HTTP and one over a socket', async () => {
    network.blockSockets()
    const over = await visitBadly()
    await openPanel(over.page)
    stack.model.next({ text: 'Over HTTP.' }, { text: COUNTED, tokensPerSecond: 20 })
    await ask(over.page, 'How do you hear me?')
    await said(over.page, 'Over HTTP.').waitFor()
    const tab = await ownTab(over, stack.site('remyvale'), {})
    await openPanel(tab.page)
    await said(tab.page, 'Over HTTP.').waitFor()
    expect([over.sockets.length > 0, tab.sockets.length]).toEqual([true, 1])
    await ask(tab.page, 'Count, please.')
    await transcript(over.page).getByText('word5').waitFor()
    // Either may stop what the other has asked.
    await over.page.getByRole('button', { name: 'Stop the reply' }).click()
    for (const page of [over.page, tab.page]) await transcript(page).getByText('Stopped here, as you asked.').waitFor()
    // The times are written once all is quiet.
    const texts = () => Promise.all([over.page, tab.page].map((page) => transcript(page).innerText()))
    await expect.poll(async () => new Set(await texts()).size).toBe(1)
    // And what one of them deletes is gone for both.
    await tab.page.getByRole('button', { name: 'More' }).click()
    await tab.page.getByRole('button', { name: 'Delete How do you hear me?' }).click()
    await tab.page.getByRole('button', { name: 'Delete', exact: true }).click()
    for (const page of [over.page, tab.page]) await said(page, 'Over HTTP.').waitFor({ state: 'detached' })
    stack.model.next({ text: 'From the beginning.' })
    await ask(over.page, 'Who are you?')
    for (const page of [over.page, tab.page]) await said(page, 'From the beginning.').waitFor()
    await over.context.close()
  })
})

describe('a network that is unplugged', () => {
  it('keeps what is written, over the closing of the panel, and sends it once and in order when it is back', async () => {
    stack.model.next(
      { text: 'Before.' },
      { text: 'To the first.' },
      { text: 'To the second.' },
      { text: 'To the third.' },
    )
    const { page, context, sockets } = await visitBadly()
    await openPanel(page)
    await ask(page, 'Zero.')
    await said(page, 'Before.').waitFor()
    const room = roomOf(sockets)
    network.cut()
    await context.setOffline(true)
    await page
      .locator('[part~=notice]', { hasText: 'You are offline. What you write is kept and sent when you are back.' })
      .waitFor()
    for (const words of ['One.', 'Two.', 'Three.']) await ask(page, words)
    await expect.poll(() => transcript(page).getByText('Kept here, and sent when the line is back').count()).toBe(3)
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await composer(page).waitFor({ state: 'hidden' })
    await launcher(page).click()
    expect(await transcript(page).getByText('Kept here, and sent when the line is back').count()).toBe(3)
    const seen = stack.model.seen.length
    network.mend()
    await context.setOffline(false)
    await said(page, 'To the third.').waitFor()
    const archived = () =>
      stack.archived(
        CAST.remy.tenantId,
        `select text from messages where conversation_id = '${room}' and role = 'visitor' order by position`,
      )
    await expect
      .poll(archived, { timeout: 15_000 })
      .toEqual(['Zero.', 'One.', 'Two.', 'Three.'].map((text) => ({ text })))
    expect(stack.model.seen.length - seen).toBe(3)
    const order = (await transcript(page).innerText()).match(/(?:Zero|One|Two|Three|Before|To the \w+)\./g)
    expect(order?.filter((one) => !one.startsWith('To'))).toEqual(['Zero.', 'Before.', 'One.', 'Two.', 'Three.'])
    expect(order?.filter((one) => one.startsWith('To'))).toEqual(['To the first.', 'To the second.', 'To the third.'])
    expect(await page.getByText('Kept here').count()).toBe(0)
    await context.close()
  })

  it('in the middle of a reply shows what came, and the rest when it is back', async () => {
    stack.model.next({ text: COUNTED, tokensPerSecond: 20 })
    const { page, context } = await visitBadly()
    await openPanel(page)
    await ask(page, 'Count, please.')
    await transcript(page).getByText('word5').waitFor()
    network.cut()
    await context.setOffline(true)
    await page.locator('[part~=notice]', { hasText: 'You are offline.' }).waitFor()
    expect(await transcript(page).innerText()).toContain('word5')
    network.mend()
    await context.setOffline(false)
    await said(page, COUNTED).waitFor()
    expect(await said(page, 'Count, please.').count()).toBe(1)
    await context.close()
  })
})
