/** A network that takes websockets away: the same conversation over a stream and posts, from the first word to the last. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { ask, openPanel, secondTab, transcript, visit } from './visit.ts'
import type { Visit } from './visit.ts'

/** What a browser shows of a blocked socket: an error and a close without a reason. */
const NO_SOCKETS = `
  window.WebSocket = class extends EventTarget {
    static OPEN = 1
    readyState = 0
    constructor() {
      super()
      setTimeout(() => {
        this.readyState = 3
        this.dispatchEvent(new Event('error'))
        this.dispatchEvent(new CloseEvent('close', { code: 1006 }))
      }, 20)
    }
    close() {}
    send() {}
  }
`
const COUNTED = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ')

let stack: Stack
let browser: Browser

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ openai: true }), launchChromium()])
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

async function blockedVisit(): Promise<Visit> {
  const visitor = await visit(browser, 'about:blank')
  await visitor.context.addInitScript(NO_SOCKETS)
  await visitor.page.goto(stack.site('remyvale'), { waitUntil: 'networkidle' })
  return visitor
}

describe('where websockets are blocked', () => {
  it('a reply streams in, survives a reload in its middle, and reaches another tab', async () => {
    stack.model.next({ text: COUNTED, tokensPerSecond: 20 })
    const { page, context, errors, requests, sockets } = await blockedVisit()
    await openPanel(page)
    await ask(page, 'Count, please.')
    await transcript(page).getByText('word5').waitFor()
    const other = await secondTab(context, stack.site('remyvale'))
    await openPanel(other.page)
    await page.reload()
    await openPanel(page)
    for (const tab of [page, other.page]) {
      await transcript(tab).getByText('word59').waitFor()
      expect(await transcript(tab).getByText(COUNTED, { exact: true }).count()).toBe(1)
      expect(await transcript(tab).getByText('Count, please.', { exact: true }).count()).toBe(1)
    }
    expect(requests.some((one) => /^GET .*\/v1\/conversations\/[\w-]+\/stream/.test(one))).toBe(true)
    expect(requests.some((one) => /^POST .*\/v1\/conversations\/[\w-]+\/frames/.test(one))).toBe(true)
    expect([errors, sockets]).toEqual([[], []])
    await context.close()
  })

  it('a reply is stopped, and a Worker that dies is found again with nothing lost', async () => {
    stack.model.next({ text: COUNTED, tokensPerSecond: 10 }, { text: 'Back again.', tokensPerSecond: 50 })
    const { page, context } = await blockedVisit()
    await openPanel(page)
    await ask(page, 'Count, please.')
    await transcript(page).getByText('word3').waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('button', { name: 'Send' }).waitFor()
    expect(await transcript(page).getByText('word59').count()).toBe(0)
    await stack.killWorker()
    await ask(page, 'Are you there?')
    await stack.restartWorker()
    await transcript(page).getByText('Back again.').waitFor({ timeout: 50_000 })
    expect(await transcript(page).getByText('Are you there?', { exact: true }).count()).toBe(1)
    await context.close()
  })
})
