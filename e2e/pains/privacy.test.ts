/** What visitors never agreed to: storage before consent, frames of strangers, an identity that stays behind, nagging. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { openStage, SCRIPT_TAG, type Stage } from '../stage/open-stage.ts'
import { stagedEmbed } from '../stage/staged-embed.ts'
import { launcher, log, open, pageWith, PLAIN, say, twin } from './at-stage.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

const STORED = '[Object.keys(localStorage).length, Object.keys(sessionStorage).length, document.cookie]'
/** A JWT's shape with a subject; only the Worker could tell whether it holds. */
const proof = (subject: string): string =>
  ['{"alg":"HS256"}', JSON.stringify({ sub: subject, exp: 4_102_444_800 }), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

/** Calls a method of the element. */
function call({ page }: Stage, method: string, ...values: unknown[]): Promise<unknown> {
  return twin(page).evaluate((element, [name, given]) => Reflect.get(element, name).apply(element, given), [
    method,
    values,
  ] as const)
}

describe('pain 12: third-party frames and cookies', () => {
  it('has neither, and so works where browsers refuse them', async () => {
    const stage = await openStage(browser, { pages: { '/': PLAIN } })
    await open(stage.page)
    await say(stage.page, 'Good evening')
    await log(stage.page).getByText('Good evening.', { exact: true }).waitFor()
    expect(stage.page.frames().length).toBe(1)
    expect(await stage.context.cookies()).toEqual([])
    await stage.close()
  })

  it('works where storage throws', async () => {
    const stage = await openStage(browser, {
      pages: { '/': PLAIN },
      before: `for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })`,
    })
    await open(stage.page)
    await say(stage.page, 'Good evening')
    await log(stage.page).getByText('Good evening.', { exact: true }).waitFor()
    expect(stage.errors).toEqual([])
    await stage.close()
  })
})

describe('pain 23: storage before consent', () => {
  it('keeps nothing and opens nothing until a person acts', async () => {
    const stage = await openStage(browser, { pages: { '/': PLAIN } })
    await launcher(stage.page).waitFor()
    await stage.page.mouse.wheel(0, 200)
    expect(await stage.page.evaluate(STORED)).toEqual([0, 0, ''])
    expect(stage.sessions).toEqual([])
    expect(stage.sockets).toEqual([])
    await stage.close()
  })

  it('asks where the deployment asks for it, keeps the words typed so far, and sends them once agreed', async () => {
    const consent = {
      version: '2026-11',
      text: 'We keep what you write.',
      privacyUrl: 'https://fan.example/privacy',
      termsUrl: null,
    }
    const stage = await openStage(browser, { pages: { '/': PLAIN }, embed: () => stagedEmbed({ consent }) })
    await open(stage.page)
    await say(stage.page, 'Good evening')
    await twin(stage.page).getByText('We keep what you write.').waitFor()
    expect(await stage.page.evaluate(STORED)).toEqual([0, 0, ''])
    expect(stage.sessions).toEqual([])
    await twin(stage.page).getByRole('button', { name: 'Agree and go on' }).click()
    await log(stage.page).getByText('Good evening.', { exact: true }).waitFor()
    expect(stage.sessions).toMatchObject([{ consent: '2026-11' }])
    expect(stage.frames.filter(({ type }) => type === 'message-send')).toMatchObject([{ text: 'Good evening' }])
    await stage.close()
  })
})

describe('pain 24: an identity that leaks, or stays behind', () => {
  it('sends the page’s proof, starts anew for another person, and forgets on logout', async () => {
    const stage = await openStage(browser, { pages: { '/': PLAIN } })
    await launcher(stage.page).waitFor()
    await open(stage.page)
    await call(stage, 'identify', proof('ada'))
    await expect.poll(() => stage.sessions.at(-1)).toMatchObject({ identity: proof('ada') })
    await say(stage.page, 'Ada was here')
    await log(stage.page).getByText('Good evening.', { exact: true }).waitFor()
    await call(stage, 'identify', proof('remy'))
    await expect.poll(() => log(stage.page).getByText('Ada was here').count()).toBe(0)
    await say(stage.page, 'Remy is here')
    await expect.poll(() => stage.sessions.at(-1)).toMatchObject({ identity: proof('remy') })
    await call(stage, 'logout')
    await expect.poll(() => log(stage.page).getByText('Remy is here').count()).toBe(0)
    const kept = await stage.page.evaluate('Object.entries(localStorage).join()')
    expect(kept).not.toMatch(/remy is here|signature/i)
    await stage.close()
  })
})

describe('beyond the 25: a proactive message that nags on every page', () => {
  const proactive = { text: 'Shall we talk about last night’s final?', delaySeconds: 0 }
  const pages = { '/': pageWith(`<a id="on" href="/two">On</a>${SCRIPT_TAG}`), '/two': pageWith(SCRIPT_TAG) }
  const teaser = (stage: Stage) => twin(stage.page).getByText(proactive.text)

  it('is shown once a visit, stores nothing, and is never shown again once dismissed', async () => {
    const stage = await openStage(browser, { pages, embed: () => stagedEmbed({ proactive }) })
    await teaser(stage).waitFor()
    expect(await stage.page.evaluate(STORED)).toEqual([0, 0, ''])
    await stage.page.locator('#on').click()
    await stage.page.waitForURL('**/two')
    await launcher(stage.page).waitFor()
    await stage.page.waitForLoadState('networkidle')
    expect(await teaser(stage).count()).toBe(0)
    await stage.page.goto('https://fan.example/')
    await teaser(stage).waitFor()
    await twin(stage.page).getByRole('button', { name: 'Dismiss' }).click()
    await stage.page.goto('https://fan.example/two')
    await launcher(stage.page).waitFor()
    await stage.page.waitForLoadState('networkidle')
    expect(await teaser(stage).count()).toBe(0)
    await stage.close()
  })
})

describe('beyond the 25: pages that want to count', () => {
  it('hear every event by name on the document, with ids and never words', async () => {
    const stage = await openStage(browser, {
      pages: { '/': PLAIN },
      before: `window.heard = []; for (const name of ['ready', 'open', 'message-sent', 'response-start', 'response-end', 'message-received', 'close']) document.addEventListener('twin:' + name, ({ type, detail }) => window.heard.push([type, JSON.stringify(detail)]))`,
    })
    await open(stage.page)
    await say(stage.page, 'My secret words')
    await log(stage.page).getByText('Good evening.', { exact: true }).waitFor()
    await stage.page.keyboard.press('Escape')
    const names = [
      'twin:ready',
      'twin:open',
      'twin:message-sent',
      'twin:response-start',
      'twin:response-end',
      'twin:close',
    ]
    await expect
      .poll(() => stage.page.evaluate<string[]>('window.heard.map(([name]) => name)'))
      .toEqual(expect.arrayContaining(names))
    expect(await stage.page.evaluate('JSON.stringify(window.heard)')).not.toMatch(/secret|Good evening/)
    await stage.close()
  })
})
