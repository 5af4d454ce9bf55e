/** What a visitor sees when nothing is left to spend, and when very many ask at once: an honest line, and a moment's patience. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../../schema/local/cast.ts'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { ask, openPanel, transcript, visit } from './visit.ts'

const { remyWidget } = CAST.deployments
const RESTING = 'The twin is resting for now.'

let stack: Stack
let browser: Browser

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ openai: true }), launchChromium()])
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

async function admin(method: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${stack.platformUrl}/admin/v1/deployments/${remyWidget}${path}`, {
    method,
    headers: { authorization: `Bearer ${stack.adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
}

const allow = (messages: number) =>
  admin('PUT', '/budgets', { rules: [{ of: 'visitor', per: 'day', messages, tokens: null }] })

describe('a twin with nothing left to spend', () => {
  it('rests, keeps what is said meanwhile, and is back once it is paid for again', async () => {
    await allow(1)
    stack.model.always({ text: 'Here I am.' })
    const { page, context, errors } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    await ask(page, 'First?')
    await transcript(page).getByText('Here I am.').waitFor()
    const calls = stack.model.seen.length
    await ask(page, 'Second?')
    await transcript(page).getByText(RESTING).waitFor()
    await transcript(page).getByRole('button', { name: 'Try again' }).waitFor()
    await ask(page, 'Third?')
    await page.locator('.status').getByText(RESTING).waitFor() // above the composer too
    expect(
      await page
        .getByText(/^AI twin of/)
        .first()
        .isVisible(),
    ).toBe(true)
    expect(stack.model.seen).toHaveLength(calls)

    await allow(10)
    await page.reload()
    await openPanel(page)
    await transcript(page).getByText('Third?', { exact: true }).waitFor()
    // it is asked for again until the room has heard that it may be
    await expect
      .poll(
        async () => {
          const again = transcript(page).getByRole('button', { name: 'Try again' })
          if (await again.isVisible()) await again.click()
          return transcript(page).getByText('Here I am.').count()
        },
        { timeout: 30_000 },
      )
      .toBe(3)
    expect(await transcript(page).getByText(RESTING).count()).toBe(0)
    expect(errors).toEqual([])
    await context.close()
  })
})

describe('a deployment under attack', () => {
  it('asks an honest browser for a moment of work that its visitor does not see', async () => {
    await admin('PATCH', '', { stepUp: 'ALWAYS' })
    const { page, context, requests, violations } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    await ask(page, 'Anybody there?')
    await transcript(page).getByText('Here I am.').waitFor()
    expect(requests.filter((request) => request.startsWith('POST') && request.endsWith('/v1/sessions'))).toHaveLength(2)
    expect(await violations()).toEqual([])
    await context.close()
    await admin('PATCH', '', { stepUp: 'AUTO' })
  })
})
