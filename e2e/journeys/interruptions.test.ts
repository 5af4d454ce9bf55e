/** What bad luck does to a conversation: reloads, kills, an absent database, failing models, a second tab. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../../schema/local/cast.ts'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { ask, composer, openPanel, secondTab, transcript, visit } from './visit.ts'

const COUNTED = Array.from({ length: 120 }, (_, index) => `word${index}`).join(' ')

let stack: Stack
let browser: Browser

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ openai: true }), launchChromium()])
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

describe('a reload in the middle of a reply', () => {
  it('shows the whole reply once, as if nothing had happened', async () => {
    stack.model.next({ text: COUNTED, tokensPerSecond: 40 })
    const { page, context, errors } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    await ask(page, 'Count, please.')
    await transcript(page).getByText('word10').waitFor()
    await page.reload()
    await openPanel(page)
    await transcript(page).getByText('word119').waitFor()
    expect(await transcript(page).getByText(COUNTED, { exact: true }).count()).toBe(1)
    expect(await transcript(page).getByText('Count, please.', { exact: true }).count()).toBe(1)
    expect(errors).toEqual([])
    await context.close()
  })
})

describe('two tabs', () => {
  it('see one conversation, and each what the other asked', async () => {
    stack.model.next(
      { text: 'To the first tab.', tokensPerSecond: 40 },
      { text: 'To the second tab.', tokensPerSecond: 40 },
    )
    const first = await visit(browser, stack.site('remyvale'))
    await openPanel(first.page)
    const second = await secondTab(first.context, stack.site('remyvale'))
    await openPanel(second.page)
    await ask(first.page, 'From the first.')
    await transcript(second.page).getByText('To the first tab.').waitFor()
    await ask(second.page, 'From the second.')
    await transcript(first.page).getByText('To the second tab.').waitFor()
    for (const { page } of [first, second]) {
      expect(await transcript(page).getByText('From the first.', { exact: true }).count()).toBe(1)
      expect(await transcript(page).getByText('From the second.', { exact: true }).count()).toBe(1)
    }
    await first.context.close()
  })
})

describe('a model that fails', () => {
  it.each([
    ['answers 429', { kind: 'status', status: 429 }],
    ['answers 500', { kind: 'status', status: 500 }],
    ['answers garbage', { kind: 'garbage' }],
    ['is cut in the middle', { kind: 'cut', afterTokens: 3 }],
    ['hangs before its first word', { kind: 'hang', afterTokens: 0 }],
    ['hangs in the middle', { kind: 'hang', afterTokens: 3 }],
  ] as const)('leaves an honest line and a working retry when it %s', async (_case, fault) => {
    stack.model.next({ text: 'Never to be read to its end.', tokensPerSecond: 100, fault })
    const { page, context } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    await ask(page, 'Hello?')
    const again = transcript(page).getByRole('button', { name: 'Try again' })
    await again.waitFor()
    expect(await transcript(page).getAttribute('aria-busy')).toBe('false')
    stack.model.next({ text: 'All is well again.' })
    await again.click()
    await transcript(page).getByText('All is well again.').waitFor()
    await again.waitFor({ state: 'detached' })
    await context.close()
  })
})

describe('the Worker, killed in the middle of a reply and started again', () => {
  it('keeps what was said, says that the line broke, and answers the retry', async () => {
    stack.model.next({ text: COUNTED, tokensPerSecond: 20 })
    const { page, context } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    await ask(page, 'Count, please.')
    await transcript(page).getByText('word5').waitFor()
    await stack.killWorker()
    await stack.restartWorker()
    const again = transcript(page).getByRole('button', { name: 'Try again' })
    await again.waitFor({ timeout: 40_000 })
    expect(await transcript(page).getByText('word5').count()).toBe(1)
    expect(await transcript(page).getByText('Count, please.', { exact: true }).count()).toBe(1)
    stack.model.next({ text: 'From the beginning, then.' })
    await again.click()
    await transcript(page).getByText('From the beginning, then.').waitFor()
    await context.close()
  })

  it('sends what was written while nobody listened, once', async () => {
    const { page, context } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    stack.model.next({ text: 'Before.' }, { text: 'After.' })
    await ask(page, 'One.')
    await transcript(page).getByText('Before.').waitFor()
    await stack.killWorker()
    await ask(page, 'Two, into the void.')
    await stack.restartWorker()
    await transcript(page).getByText('After.').waitFor({ timeout: 40_000 })
    expect(await transcript(page).getByText('Two, into the void.', { exact: true }).count()).toBe(1)
    await context.close()
  })
})

describe('the database, away and back', () => {
  it('is not missed by a conversation that runs, and gets every message once it is back', async () => {
    const { page, context } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    stack.model.next({ text: 'While it was there.' }, { text: 'While it was away.' })
    await ask(page, 'First question.')
    await transcript(page).getByText('While it was there.').waitFor()
    await stack.stopDatabase()
    await ask(page, 'Second question, in the dark.')
    await transcript(page).getByText('While it was away.').waitFor()
    await stack.restartDatabase()
    const kept =
      "select text from messages where text in ('Second question, in the dark.', 'While it was away.') order by position"
    await expect
      .poll(() => stack.archived(CAST.remy.tenantId, kept), { timeout: 90_000, interval: 500 })
      .toEqual([{ text: 'Second question, in the dark.' }, { text: 'While it was away.' }])
    await context.close()
  }, 150_000)

  it('missing when a visitor first comes: an honest line, and a way on once it is back', async () => {
    await stack.stopDatabase()
    await stack.killWorker() // its caches are gone with it
    await stack.restartWorker()
    const { page, context } = await visit(browser, stack.site('remyvale'))
    expect(await composer(page).count()).toBe(0)
    await stack.restartDatabase()
    stack.model.next({ text: 'Here again.' })
    await page.reload({ waitUntil: 'networkidle' })
    await openPanel(page)
    await ask(page, 'Are you there?')
    await transcript(page).getByText('Here again.').waitFor()
    await context.close()
  })
})
