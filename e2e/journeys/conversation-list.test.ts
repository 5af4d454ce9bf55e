/** A visitor's conversations: which there are, another one, a name, an end for good, a copy to keep, a very long one. */
import { readFile } from 'node:fs/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { CAST } from '../../schema/local/cast.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { openRoomFile } from '../wire/room-file.ts'
import { ask, composer, openPanel, roomOf, secondTab, transcript, visit } from './visit.ts'
import type { Visit } from './visit.ts'

const SLOW = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ')

let stack: Stack
let browser: Browser

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ openai: true }), launchChromium()])
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

const said = (page: Page, words: string): Locator => transcript(page).getByText(words, { exact: true })
const sheet = (page: Page): Locator => page.getByRole('region', { name: 'Your conversations' })
const listed = (page: Page): Locator => sheet(page).getByRole('listitem')

async function openList(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click()
  await sheet(page).waitFor()
}

async function pick(page: Page, name: string): Promise<void> {
  await openList(page)
  await listed(page)
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click()
  await sheet(page).waitFor({ state: 'detached' })
}

async function startNew(page: Page): Promise<void> {
  await openList(page)
  await sheet(page).getByRole('button', { name: 'New conversation', exact: true }).click()
  await sheet(page).waitFor({ state: 'detached' })
}

async function erase(page: Page, name: string): Promise<void> {
  await sheet(page)
    .getByRole('button', { name: `Delete ${name}` })
    .click()
  await sheet(page).getByRole('button', { name: 'Delete', exact: true }).click()
}

/** A visitor who has asked something and been answered. */
async function talker(question: string, reply: string): Promise<Visit & { readonly room: string }> {
  stack.model.next({ text: reply })
  const visitor = await visit(browser, stack.site('remyvale'))
  await openPanel(visitor.page)
  await ask(visitor.page, question)
  await said(visitor.page, reply).waitFor()
  return { ...visitor, room: roomOf(visitor.sockets) }
}

async function talkOn(page: Page, question: string, reply: string): Promise<void> {
  stack.model.next({ text: reply })
  await ask(page, question)
  await said(page, reply).waitFor()
}

async function archivedWords(room: string): Promise<string> {
  const rows = await stack.archived(CAST.remy.tenantId, `select text from messages where conversation_id = '${room}'`)
  return JSON.stringify(rows)
}

function keptWords(room: string): string {
  const file = openRoomFile(stack.roomsFolder, room)
  const words = file.words()
  file.close()
  return words
}

describe('several conversations', () => {
  it('are begun, named, chosen, and are the same after a reload', async () => {
    const { page, context, errors } = await talker('Tell me of the fog.', 'It came in at Norwick.')
    await startNew(page)
    expect(await said(page, 'It came in at Norwick.').count()).toBe(0)
    await talkOn(page, 'Tell me of the rain.', 'It always rains.')
    await openList(page)
    expect(await listed(page).count()).toBe(2)
    await sheet(page).getByRole('button', { name: 'Rename Tell me of the fog.' }).click()
    await sheet(page).getByRole('textbox', { name: 'Name of the conversation' }).fill('Norwick')
    await sheet(page).getByRole('button', { name: 'Save', exact: true }).click()
    await listed(page)
      .getByRole('button', { name: /^Norwick/ })
      .click()
    await said(page, 'It came in at Norwick.').waitFor()
    expect(await said(page, 'It always rains.').count()).toBe(0)
    await page.reload()
    await openPanel(page)
    await said(page, 'It came in at Norwick.').waitFor()
    await openList(page)
    const names = await listed(page).allInnerTexts()
    expect(names.map((one) => one.split('\n')[0])).toEqual(['Tell me of the rain.', 'Norwick'])
    expect(errors).toEqual([])
    await context.close()
  })

  it('never mix, though one is left while its reply is being written', async () => {
    const { page, context } = await talker('A first word.', 'And a first reply.')
    await startNew(page)
    stack.model.next({ text: SLOW, tokensPerSecond: 20 })
    await ask(page, 'Count, please.')
    await transcript(page).getByText('word5').waitFor()
    await pick(page, 'A first word.')
    await said(page, 'And a first reply.').waitFor()
    await talkOn(page, 'A second word.', 'And a second reply.')
    expect(await transcript(page).innerText()).not.toMatch(/word\d|Count, please/)
    await pick(page, 'Count, please.')
    await said(page, SLOW).waitFor()
    expect(await transcript(page).innerText()).not.toMatch(/first|second/)
    await context.close()
  })
})

describe('a conversation that is deleted', () => {
  it('leaves no word in the room nor in the archive, and its other tab is told', async () => {
    const shown = await talker('My doctor is called Aldous.', 'Then ask Aldous.')
    const { page, context } = shown
    await startNew(page)
    await talkOn(page, 'What is a corner?', 'A set piece.')
    const other = roomOf(shown.sockets)
    await expect.poll(() => archivedWords(shown.room)).toContain('Aldous')
    expect(keptWords(shown.room)).toContain('Aldous')

    // Not the one that is shown.
    await openList(page)
    await erase(page, 'My doctor is called Aldous.')
    await expect.poll(() => listed(page).count()).toBe(1)
    await expect.poll(() => archivedWords(shown.room)).toBe('[]')
    expect(keptWords(shown.room)).not.toContain('Aldous')
    expect(await archivedWords(other)).toContain('A set piece.')

    // The one that is shown, here and in another tab.
    const tab = await secondTab(context, stack.site('remyvale'))
    await openPanel(tab.page)
    await said(tab.page, 'A set piece.').waitFor()
    await erase(page, 'What is a corner?')
    for (const one of [page, tab.page]) await expect.poll(() => said(one, 'A set piece.').count()).toBe(0)
    await expect.poll(() => archivedWords(other)).toBe('[]')
    expect(keptWords(other)).not.toContain('corner')

    // And one can talk on, in both, about something new.
    await page.getByRole('button', { name: 'Back to the conversation' }).click()
    await composer(tab.page).waitFor()
    stack.model.next({ text: 'Something new.' })
    await ask(tab.page, 'And now?')
    for (const one of [page, tab.page]) await said(one, 'Something new.').waitFor()
    await page.reload()
    await openPanel(page)
    await said(page, 'Something new.').waitFor()
    expect(await transcript(page).innerText()).not.toMatch(/corner|Aldous/)
    await context.close()
  })

  it('is gone for good though the Worker dies before it has answered', async () => {
    const { page, context, room } = await talker('My address is 9 Fold Lane.', 'Noted, and forgotten.')
    await expect.poll(() => archivedWords(room)).toContain('Fold Lane')
    await startNew(page)
    await page.route('**/v1/conversations/*', async (route) => {
      if (route.request().method() !== 'DELETE') return route.fallback()
      await route.fetch()
      await stack.killWorker()
      await route.abort()
    })
    await openList(page)
    await erase(page, 'My address is 9 Fold Lane.')
    await sheet(page).getByText('It could not be deleted. Check the line and try again.').waitFor()
    await page.unroute('**/v1/conversations/*')
    await stack.restartWorker()
    await sheet(page).getByRole('button', { name: 'Delete', exact: true }).click()
    await sheet(page).getByText('My address is 9 Fold Lane.').waitFor({ state: 'detached' })
    await expect.poll(() => archivedWords(room), { timeout: 30_000 }).toBe('[]')
    expect(keptWords(room)).not.toContain('Fold Lane')
    await page.getByRole('button', { name: 'Back to the conversation' }).click()
    await talkOn(page, 'Who am I?', 'Nobody I know.')
    await context.close()
  })
})

describe('a long conversation', () => {
  const turns = (many: number) =>
    Array.from({ length: many }, (_, index) => ({ question: `Question ${index}?`, reply: `Reply **${index}**.` }))

  /** The Worker sleeps while its room learns what was said. */
  async function longTalk(many: number): Promise<Visit> {
    const visitor = await talker('The very first.', 'The very first reply.')
    await stack.killWorker()
    const file = openRoomFile(stack.roomsFolder, visitor.room)
    file.add(turns(many))
    file.close()
    await stack.restartWorker()
    await visitor.page.reload()
    await openPanel(visitor.page)
    await transcript(visitor.page)
      .getByText(`Reply ${many - 1}.`)
      .waitFor()
    return visitor
  }

  async function saved(page: Page, name: string): Promise<string> {
    const download = page.waitForEvent('download')
    await sheet(page).getByRole('button', { name }).click()
    const file = await download
    await sheet(page).getByText('Saved.', { exact: true }).waitFor()
    return readFile(await file.path(), 'utf8')
  }

  it('is saved whole, as text and as JSON', async () => {
    const { page, context } = await longTalk(80)
    await openList(page)
    const { messages, disclosure }: { messages: { text: string; role: string }[]; disclosure: { speaker: string } } =
      JSON.parse(await saved(page, 'Save as JSON'))
    const expected = [
      'The very first.',
      'The very first reply.',
      ...turns(80).flatMap(({ question, reply }) => [question, reply]),
    ]
    expect(messages.map(({ text }) => text)).toEqual(expected)
    expect(messages.map(({ role }) => role)).toEqual(expected.map((_, index) => (index % 2 ? 'twin' : 'visitor')))
    expect(disclosure.speaker).toBe('AI')
    const lines = (await saved(page, 'Save as text')).split('\n').filter((line) => line.startsWith('    '))
    expect(lines.map((line) => line.trim())).toEqual(expected)
    await context.close()
  })

  it('of 998 messages opens at its newest line, is read back without a jump, answers at once, and ends in a new one', async () => {
    const { page, context } = await longTalk(498)
    const log = transcript(page)
    const measure = () =>
      log.evaluate((box) => ({
        fromEnd: box.scrollHeight - box.scrollTop - box.clientHeight,
        count: box.querySelectorAll('[data-message]').length,
      }))
    await expect.poll(async () => (await measure()).fromEnd).toBeLessThan(2)
    expect(await page.getByRole('button', { name: 'Latest' }).count()).toBe(0)

    // Back to the beginning, as a reader goes there: what is being read stays where it is when older messages come.
    await log.evaluate((box) => {
      const jumps: number[] = []
      Object.assign(window, { jumps })
      let count = 0
      let reading: Element | undefined
      let place = 0
      const look = (): void => {
        const all = [...box.querySelectorAll('[data-message]')]
        if (count > 0 && all.length > count && reading) jumps.push(reading.getBoundingClientRect().top - place)
        count = all.length
        const { top } = box.getBoundingClientRect()
        reading = all.find((one) => one.getBoundingClientRect().bottom > top + 1)
        place = reading?.getBoundingClientRect().top ?? 0
        requestAnimationFrame(look)
      }
      look()
    })
    await log.hover()
    for (let { count } = await measure(); count < 998;) {
      await page.mouse.wheel(0, -10_000)
      await expect.poll(async () => (await measure()).count, { interval: 20 }).toBeGreaterThan(count)
      ;({ count } = await measure())
    }
    const jumps = await page.evaluate<number[]>('window.jumps')
    expect(jumps.length).toBeGreaterThan(10)
    expect(jumps.filter((by) => Math.abs(by) > 40)).toEqual([])
    const questions = await log.getByText(/^Question \d+\?$/).allTextContents() // (what is out of sight is not set)
    expect(questions).toEqual(turns(498).map(({ question }) => question))

    // With all of it on the page, a key is drawn at once.
    const delays = await composer(page).evaluate(async (field) => {
      const frame = () => new Promise((done) => requestAnimationFrame(done))
      const took: number[] = []
      for (const letter of 'Still here?') {
        const began = performance.now()
        if (field instanceof HTMLTextAreaElement) field.value += letter
        field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
        await frame()
        await frame()
        took.push(performance.now() - began)
      }
      return took.sort((one, two) => one - two)
    })
    expect(delays[5]).toBeLessThan(100)

    // The last place is taken; the next word goes into a new conversation.
    await talkOn(page, 'The very last?', 'The very last.')
    await page.getByText('This conversation is full. Start a new one, and we go on from there.').waitFor()
    expect(await composer(page).count()).toBe(0)
    await page.getByRole('button', { name: 'Start a new conversation' }).click()
    await talkOn(page, 'A fresh start?', 'A fresh start.')
    expect(await transcript(page).innerText()).not.toContain('very last')
    await openList(page)
    expect(await listed(page).count()).toBe(2)
    await context.close()
  })
})
