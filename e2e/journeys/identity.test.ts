/** The members' club: consent comes first, and a person's conversation is theirs, on every device and on no one else's. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { startStack, type Stack } from '../stack.ts'
import { ask, composer, launcher, openPanel, transcript, visit } from './visit.ts'

// (None of them is a question that the deployment suggests: what is found is what was said.)
const NIA_ASKS = 'My left shoe squeaks on easy runs'
const TOM_ASKS = 'Does my watch lie to me?'
/** What the model says to a question. */
const replyTo = (question: string): string => `Slowly. And as for “${question}”: have breakfast first.`

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
beforeEach(() => stack.model.always({ text: replyTo(NIA_ASKS), tokensPerSecond: 60 }))

const club = (): string => stack.site('marlowclub')
const agree = (page: Page): Promise<void> => page.getByRole('button', { name: 'Agree and go on' }).click()
const stored = (page: Page): Promise<string> => page.evaluate(`Object.entries(localStorage).join('\\n')`)

async function signIn(page: Page, name: 'Nia' | 'Tom'): Promise<void> {
  await page.getByRole('button', { name: `Sign in as ${name}` }).click()
  await page.getByText(new RegExp(`^Signed in as ${name}`)).waitFor()
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('You are not signed in').waitFor()
}

/** Asks, agrees where that is asked, and waits for the reply. */
async function talk(page: Page, question: string): Promise<void> {
  stack.model.always({ text: replyTo(question), tokensPerSecond: 60 })
  const reply = transcript(page).getByText(replyTo(question)).first()
  await openPanel(page)
  await ask(page, question)
  const yes = page.getByRole('button', { name: 'Agree and go on' })
  await yes.or(reply).first().waitFor()
  if (await yes.isVisible()) await agree(page)
  await reply.waitFor()
}

describe('on the club’s page', () => {
  it('consent is asked before anything is stored or sent, the words are kept, and agreeing sends them', async () => {
    const { page, context, requests, sockets, errors } = await visit(browser, club())
    await openPanel(page)
    await ask(page, NIA_ASKS)
    await page.getByText('kept with your membership').waitFor()
    expect(await stored(page)).toBe('')
    expect(requests.filter((line) => line.includes('/v1/sessions'))).toEqual([])
    expect(sockets).toEqual([])
    await page.getByRole('button', { name: 'Not now' }).click()
    await expect.poll(() => composer(page).inputValue()).toBe(NIA_ASKS)
    expect(await stored(page)).toBe('')
    await page.getByRole('button', { name: 'Send' }).click()
    await agree(page)
    await transcript(page).getByText(replyTo(NIA_ASKS)).waitFor()
    expect(await transcript(page).getByText(NIA_ASKS, { exact: true }).count()).toBe(1)
    expect(errors).toEqual([])
    await context.close()
  })

  it('Nia finds hers on another device; Tom, on the same one, finds nothing of hers', async () => {
    const first = await visit(browser, club())
    await signIn(first.page, 'Nia')
    expect(await first.page.getByRole('heading', { level: 1 }).innerText()).toBe('Nia, week 5 of 8')
    await talk(first.page, NIA_ASKS)

    const second = await visit(browser, club())
    await signIn(second.page, 'Nia')
    await openPanel(second.page)
    await composer(second.page).fill('x')
    await second.page.getByRole('button', { name: 'Send' }).click()
    await agree(second.page)
    await transcript(second.page).getByText(NIA_ASKS, { exact: true }).first().waitFor()
    await second.context.close()

    await signOut(first.page)
    await expect.poll(() => first.page.getByText(NIA_ASKS).count()).toBe(0)
    await signIn(first.page, 'Tom')
    await talk(first.page, TOM_ASKS)
    expect(await first.page.getByText(NIA_ASKS).count()).toBe(0)
    expect(await stored(first.page)).not.toContain(NIA_ASKS)

    await first.page.reload()
    await first.page.getByText(/^Signed in as Tom/).waitFor()
    await openPanel(first.page)
    await transcript(first.page).getByText(TOM_ASKS, { exact: true }).waitFor()
    expect(await first.page.getByText(NIA_ASKS).count()).toBe(0)
    expect(first.errors).toEqual([])
    await first.context.close()
  })

  it('signing out leaves nothing of hers in this browser, also when nobody has opened the twin again', async () => {
    const { page, context } = await visit(browser, club())
    await signIn(page, 'Nia')
    await talk(page, NIA_ASKS)
    await page.getByRole('button', { name: 'Close' }).click()
    await launcher(page).waitFor()
    expect(await stored(page)).not.toBe('')
    await page.reload({ waitUntil: 'networkidle' })
    await signOut(page)
    await expect.poll(() => stored(page)).toBe('')
    await openPanel(page)
    expect(await page.getByText(NIA_ASKS).count()).toBe(0)
    await context.close()
  })

  it('what the page knows goes along with a message, by the names that the deployment takes', async () => {
    const { page, context } = await visit(browser, club())
    await signIn(page, 'Tom')
    const before = stack.model.seen.length
    await talk(page, TOM_ASKS)
    const asked = JSON.stringify(stack.model.seen.slice(before).map(({ body }) => body))
    expect(asked).toContain('Half marathon')
    expect(asked).not.toContain('Tom Hale')
    await context.close()
  })

  it.each([
    ['on a desktop', { width: 1280, height: 800 }],
    ['on a phone', { width: 390, height: 844 }],
  ])('everybody can use it, and its question (axe, %s)', async (_where, viewport) => {
    const { page, context } = await visit(browser, club(), { viewport, bypassCSP: true })
    await signIn(page, 'Nia')
    await page.evaluate(axeSource)
    expect(await violations(page)).toEqual([])
    await openPanel(page)
    await ask(page, NIA_ASKS)
    await page.getByRole('button', { name: 'Agree and go on' }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await context.close()
  })
})

async function violations(page: Page): Promise<unknown> {
  // What is fading in is not read yet.
  const moving = `document.querySelector('vibethink-twin').shadowRoot.getAnimations().filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime)).length`
  await expect.poll(() => page.evaluate<number>(moving)).toBe(0)
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ target, failureSummary }) => target.join(' ') + ': ' + failureSummary)]))`,
  )
}
