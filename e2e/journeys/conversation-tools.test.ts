/** What a person does with a conversation: changes a question, says what they think of a reply, asks on. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { CAST } from '../../schema/local/cast.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { startBadNetwork } from '../wire/bad-network.ts'
import type { BadNetwork } from '../wire/bad-network.ts'
import { visitOwnPage } from './own-page.ts'
import { ask, openPanel, roomOf, secondTab, transcript, visit } from './visit.ts'

const SLOW = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ')

let stack: Stack
let browser: Browser
let network: BadNetwork

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ openai: true }), launchChromium()])
  network = await startBadNetwork(stack.ports.worker)
})
afterAll(async () => {
  await network?.close()
  await browser?.close()
  await stack?.stop()
})

/** As a person does it: point at the question, press the pencil, write, ask again. */
async function change(page: Page, from: string, to: string): Promise<void> {
  await transcript(page).getByText(from, { exact: true }).hover()
  await transcript(page).getByRole('button', { name: 'Edit your question' }).click()
  const field = transcript(page).getByRole('textbox', { name: 'Edit your question' })
  expect(await field.inputValue()).toBe(from)
  await field.fill(to)
  await transcript(page).getByRole('button', { name: 'Ask again' }).click()
}

const said = (page: Page, words: string) => transcript(page).getByText(words, { exact: true })

function archivedWords(conversationId: string): ReturnType<Stack['archived']> {
  return stack.archived(
    CAST.remy.tenantId,
    `select text, edits::text from messages where conversation_id = '${conversationId}' order by position`,
  )
}

function archivedRating(conversationId: string): ReturnType<Stack['archived']> {
  return stack.archived(
    CAST.remy.tenantId,
    `select rating, reason, comment from ratings where conversation_id = '${conversationId}'`,
  )
}

describe('the last question, changed', () => {
  it('is answered anew in its place, in every tab, after a reload and in the archive, which keeps no old word', async () => {
    stack.model.next({ text: 'To Wilbur.' }, { text: 'To nobody.', tokensPerSecond: 20 })
    const { page, context, sockets, errors } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    await ask(page, 'My name is Wilbur.')
    await said(page, 'To Wilbur.').waitFor()
    const room = roomOf(sockets)
    await expect.poll(() => archivedWords(room)).toMatchObject([{ text: 'My name is Wilbur.' }, { text: 'To Wilbur.' }])
    const other = await secondTab(context, stack.site('remyvale'))
    await openPanel(other.page)
    await said(other.page, 'To Wilbur.').waitFor()

    await change(page, 'My name is Wilbur.', 'Never mind my name.')
    await said(other.page, 'To nobody.').waitFor()
    await page.reload()
    await openPanel(page)
    for (const tab of [page, other.page]) {
      await said(tab, 'To nobody.').waitFor()
      expect(await said(tab, 'Never mind my name.').count()).toBe(1)
      expect(await transcript(tab).getByText('Edited', { exact: true }).count()).toBe(1)
      expect(await transcript(tab).innerText()).not.toContain('Wilbur')
    }
    await expect
      .poll(() => archivedWords(room), { timeout: 15_000 })
      .toEqual([
        { text: 'Never mind my name.', edits: '1' },
        { text: 'To nobody.', edits: '0' },
      ])
    const asked = JSON.stringify(stack.model.seen.at(-1)?.body)
    expect(asked).toContain('Never mind my name.')
    expect(asked).not.toContain('Wilbur')
    expect(errors).toEqual([])
    await context.close()
  })

  it('while there is no network: goes once there is one, and only once', async () => {
    stack.model.next({ text: 'With a typo.' }, { text: 'Without it.' })
    const attributes = { 'server-url': network.url }
    const { page, context, sockets } = await visitOwnPage(browser, stack.site('remyvale'), { attributes })
    await openPanel(page)
    await ask(page, 'Who wno?')
    await said(page, 'With a typo.').waitFor()
    const room = roomOf(sockets)
    network.cut()
    await context.setOffline(true)
    await change(page, 'Who wno?', 'Who won?')
    await said(page, 'Who won?').waitFor()
    await transcript(page).getByText('Kept here, and sent when the line is back').waitFor()
    const seen = stack.model.seen.length
    network.mend()
    await context.setOffline(false)
    await said(page, 'Without it.').waitFor()
    expect(await said(page, 'Who won?').count()).toBe(1)
    expect(await transcript(page).innerText()).not.toMatch(/Who wno|With a typo/)
    expect(stack.model.seen.length).toBe(seen + 1)
    await expect
      .poll(() => archivedWords(room))
      .toMatchObject([{ text: 'Who won?', edits: '1' }, { text: 'Without it.' }])
    await context.close()
  })

  it('survives a Worker that dies before the new reply has ended', async () => {
    stack.model.next({ text: 'The first reply.' }, { text: SLOW, tokensPerSecond: 10 })
    const { page, context, sockets } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    await ask(page, 'Tell me of Calder.')
    await said(page, 'The first reply.').waitFor()
    const room = roomOf(sockets)
    await change(page, 'Tell me of Calder.', 'Tell me of Norwick.')
    await transcript(page).getByText('word2').waitFor()
    await stack.killWorker()
    await stack.restartWorker()
    const again = transcript(page).getByRole('button', { name: 'Try again' })
    await again.waitFor({ timeout: 40_000 })
    stack.model.next({ text: 'Norwick, then.' })
    await again.click()
    await said(page, 'Norwick, then.').waitFor()
    expect(await transcript(page).innerText()).not.toMatch(/Calder|The first reply|word2/)
    await expect
      .poll(() => archivedWords(room), { timeout: 15_000 })
      .toMatchObject([{ text: 'Tell me of Norwick.', edits: '1' }, { text: 'Norwick, then.' }])
    await context.close()
  })
})

describe('what a visitor thinks of a reply', () => {
  it('is shown in every tab, changed, explained, kept over a reload, taken back, and archived as it stands', async () => {
    stack.model.next({ text: 'Four to three, in the fog.' })
    const { page, context, sockets } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    await ask(page, 'What was the score?')
    await said(page, 'Four to three, in the fog.').waitFor()
    const room = roomOf(sockets)
    const other = await secondTab(context, stack.site('remyvale'))
    await openPanel(other.page)
    await said(other.page, 'Four to three, in the fog.').waitFor()
    const thumb = (tab: Page, name: string, pressed: boolean) =>
      transcript(tab).getByRole('button', { name, pressed, exact: true }).first()
    /** What was thought of a reply travels with the next one. */
    const askOn = async (): Promise<void> => {
      stack.model.next({ text: 'And so on.' })
      await ask(page, 'Go on.')
      await said(page, 'And so on.').last().waitFor()
    }

    await said(page, 'Four to three, in the fog.').hover()
    await thumb(page, 'Good reply', false).click()
    for (const tab of [page, other.page]) await thumb(tab, 'Good reply', true).waitFor()

    await thumb(page, 'Bad reply', false).click()
    await page.getByRole('radio', { name: 'Not true' }).check()
    await page.getByRole('textbox', { name: 'Tell us more (optional)' }).fill('It was three to three.')
    await page.getByRole('button', { name: 'Send feedback' }).click()
    await transcript(page).getByText('Thank you. It helps.').waitFor()
    for (const tab of [page, other.page]) {
      await thumb(tab, 'Bad reply', true).waitFor()
      await thumb(tab, 'Good reply', false).waitFor()
    }
    await askOn()
    const told = [{ rating: 'down', reason: 'inaccurate', comment: 'It was three to three.' }]
    await expect.poll(() => archivedRating(room), { timeout: 15_000 }).toEqual(told)

    await page.reload()
    await openPanel(page)
    await said(page, 'Four to three, in the fog.').hover()
    await thumb(page, 'Bad reply', true).click()
    for (const tab of [page, other.page]) await thumb(tab, 'Bad reply', false).waitFor()
    await askOn()
    const nothing = [{ rating: null, reason: null, comment: null }]
    await expect.poll(() => archivedRating(room), { timeout: 15_000 }).toEqual(nothing)
    await context.close()
  })

  it('of a reply that was asked for anew counts no more', async () => {
    stack.model.next({ text: 'A poor reply.' }, { text: 'A better reply.' })
    const { page, context } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    await ask(page, 'And now?')
    await said(page, 'A poor reply.').hover()
    await transcript(page).getByRole('button', { name: 'Bad reply' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await transcript(page).getByRole('button', { name: 'Bad reply', pressed: true }).waitFor()
    await change(page, 'And now?', 'And then?')
    await said(page, 'A better reply.').waitFor()
    expect(await transcript(page).getByRole('button', { pressed: true }).count()).toBe(0)
    await context.close()
  })
})

describe('questions to ask on', () => {
  const bare = (words: string): string => words.toLowerCase().replace(/[^a-z0-9]/g, '')

  it('are the owner’s, go with a tap, and never one that was asked, however it was written', async () => {
    const { page, context } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    const asked = ['what was the LOUDEST ground  you ever worked']
    stack.model.next({ text: 'Reply 0.' })
    await ask(page, asked[0] ?? '')
    const offers = transcript(page).getByRole('list', { name: 'Ask on' }).getByRole('button')
    for (let turn = 1; turn < 6; turn += 1) {
      await said(page, `Reply ${turn - 1}.`).waitFor()
      await offers.first().waitFor()
      const offered = await offers.allInnerTexts()
      expect(offered.length).toBeGreaterThan(0)
      expect(offered.length).toBeLessThanOrEqual(3)
      expect(offered.map(bare).filter((one) => asked.map(bare).includes(one))).toEqual([])
      stack.model.next({ text: `Reply ${turn}.` })
      asked.push(offered[0] ?? '')
      await offers.first().click()
      await said(page, offered[0] ?? '').waitFor()
    }
    await said(page, 'Reply 5.').waitFor()
    await offers.first().waitFor()
    const before = await offers.allInnerTexts()
    await page.reload()
    await openPanel(page)
    await offers.first().waitFor()
    expect(await offers.allInnerTexts()).toEqual(before)
    await context.close()
  })
})
