/** How a twin meets a stranger: in their language, in the deployment's place, and with at most one word of its own. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { visitOwnPage } from './own-page.ts'
import { ask, openPanel, secondTab, transcript, visit } from './visit.ts'
import type { Visit } from './visit.ts'

let stack: Stack
let browser: Browser

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ openai: true }), launchChromium()])
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

const twin = (page: Page): Locator => page.locator('vibethink-twin')
const said = (page: Page, words: string): Locator => transcript(page).getByText(words, { exact: true })

/** Languages a page has fetched the words of, once each time. */
function wordFiles({ requests }: Visit): string[] {
  return requests.flatMap((one) => /\/assets\/words-[^/]+\/([\w-]+)\.js$/.exec(one)?.[1] ?? [])
}

interface Spoken {
  readonly invitation: string
  readonly disclosure: string
  readonly sponsor: string
  readonly message: string
  readonly lang: string
  readonly dir: string
}

const GERMAN: Spoken = {
  invitation: 'Sprich mit dem KI-Zwilling von Remy Vale',
  disclosure: 'Du sprichst mit einem KI-Zwilling von Remy Vale, nicht mit Remy Vale persönlich.',
  sponsor: 'Anzeige: bezahlte Partnerschaft mit Solara',
  message: 'Nachricht an den KI-Zwilling von Remy Vale',
  lang: 'de',
  dir: 'ltr',
}
const FRENCH: Spoken = {
  invitation: 'Parlez à Remy Vale (jumeau IA)',
  disclosure: 'Vous parlez à un jumeau IA (intelligence artificielle), et non à Remy Vale en personne.',
  sponsor: 'Publicité : collaboration commerciale avec Solara',
  message: 'Message à Remy Vale (jumeau IA)',
  lang: 'fr',
  dir: 'ltr',
}
const ENGLISH: Spoken = {
  invitation: 'Talk to the AI twin of Remy Vale',
  disclosure: 'You are talking to an AI twin of Remy Vale, not to Remy Vale in person.',
  sponsor: 'Paid partnership with Solara',
  message: 'Message to the AI twin of Remy Vale',
  lang: 'en',
  dir: 'ltr',
}

describe('the language', () => {
  it.each([
    ['of the page, before the reader’s', { lang: 'de-AT', locale: 'fr-FR' }, GERMAN],
    ['of the reader, where the page says none', { lang: '', locale: 'fr-CA' }, FRENCH],
    ['of the reader, where nobody speaks the page’s', { lang: 'eo', locale: 'fr-FR' }, FRENCH],
    ['of the element, before both', { lang: 'fr', locale: 'fr-FR', attributes: { locale: 'de' } }, GERMAN],
    ['English, where nobody speaks any of them', { lang: 'eo', locale: 'eo', attributes: { locale: 'tlh' } }, ENGLISH],
  ])('is that %s: one file of words, and the legal lines in it', async (_case, given, spoken) => {
    const { lang, locale, ...own } = { attributes: {}, ...given }
    const visitor = await visitOwnPage(browser, stack.site('solara'), { lang, ...own, context: { locale } })
    const { page, context, errors } = visitor
    await page.getByRole('button', { name: spoken.invitation, exact: true }).click()
    await page.getByRole('textbox', { name: spoken.message, exact: true }).waitFor()
    await page.getByText(spoken.disclosure, { exact: true }).waitFor()
    await page.getByText(spoken.sponsor, { exact: true }).waitFor()
    const panel = page.getByRole('dialog')
    expect([(await panel.getAttribute('lang'))?.slice(0, 2), await panel.getAttribute('dir')]).toEqual([
      spoken.lang,
      spoken.dir,
    ])
    expect(wordFiles(visitor)).toEqual([spoken.lang])
    expect(errors).toEqual([])
    await context.close()
  })

  it('Arabic stands from right to left, speaks of an AI in Arabic, and carries a conversation', async () => {
    const visitor = await visitOwnPage(browser, stack.site('remyvale'), { attributes: { locale: 'ar' } })
    const { page, context } = visitor
    await page.getByRole('button', { name: /Remy Vale/ }).click()
    const panel = page.getByRole('dialog')
    await panel.getByRole('textbox').waitFor()
    expect([await panel.getAttribute('lang'), await panel.getAttribute('dir')]).toEqual(['ar', 'rtl'])
    expect(await panel.evaluate((box) => getComputedStyle(box).direction)).toBe('rtl')
    expect(await panel.innerText()).toMatch(/الذكاء الاصطناعي/)
    stack.model.next({ text: 'أهلا وسهلا.' })
    await panel.getByRole('textbox').fill('مرحبا')
    await panel.getByRole('textbox').press('Enter')
    await panel.getByText('أهلا وسهلا.', { exact: true }).waitFor()
    // What the visitor said stands at the end of the line, and that is the left.
    const [bubble, log] = await Promise.all([
      panel.getByText('مرحبا', { exact: true }).boundingBox(),
      panel.getByRole('log').boundingBox(),
    ])
    const middle = (box: typeof bubble) => (box ? box.x + box.width / 2 : NaN)
    expect(middle(bubble)).toBeLessThan(middle(log))
    expect(wordFiles(visitor)).toEqual(['ar'])
    await context.close()
  })
})

describe('the launcher', () => {
  it.each([
    ['remyvale', {}, 'Talk to the AI twin of Remy Vale: Ask Remy’s twin', 'right', 'bottom'],
    ['kickcola', {}, 'Talk to the AI twin of Remy Vale: Get commentated', 'left', 'bottom'],
    ['solara', {}, 'Talk to the AI twin of Remy Vale', 'right', 'bottom'],
    ['solara', { position: 'top-left' }, 'Talk to the AI twin of Remy Vale', 'left', 'top'],
    ['kickcola', { launcher: 'icon', position: 'bottom' }, /^Talk to the AI twin of Remy Vale/, 'centre', 'bottom'],
  ] as const)('of %s, with %o, stands where it belongs', async (site, attributes, name, across, down) => {
    const { page, context } = await visitOwnPage(browser, stack.site(site), { attributes })
    const button = page.getByRole('button', { name, exact: true })
    await button.waitFor()
    const box = await button.boundingBox()
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
    if (!box) throw new Error('The launcher is not to be seen.')
    const [left, right] = [box.x, width - box.x - box.width]
    const [top, bottom] = [box.y, height - box.y - box.height]
    const horizontally = Math.abs(left - right) < 4 ? 'centre' : left < right ? 'left' : 'right'
    expect([horizontally, top < bottom ? 'top' : 'bottom']).toEqual([across, down])
    if (horizontally !== 'centre') expect(Math.min(left, right)).toBeLessThan(32)
    expect(Math.min(top, bottom)).toBeLessThan(32)
    const label = typeof name === 'string' ? name.split(': ')[1] : undefined
    if (label) expect(await button.getByText(label, { exact: true }).isVisible()).toBe(true)
    else expect((await button.innerText()).trim()).toBe('')
    await context.close()
  })
})

describe('Solara’s first word', () => {
  const WORDS = 'Somebody, somewhere, is about to score. Shall we talk about it?'
  const attributes = { 'proactive-delay': '0.2' }

  it('comes after its delay without a word to anybody, and opens the panel when it is followed', async () => {
    const visitor = await visitOwnPage(browser, stack.site('solara'), { attributes })
    const { page, context, requests, sockets } = visitor
    await page.getByText(WORDS).waitFor()
    expect(requests.some((one) => one.startsWith('POST'))).toBe(false)
    expect([sockets, await page.evaluate('localStorage.length + sessionStorage.length')]).toEqual([[], 0])
    expect(await page.evaluate('document.activeElement === document.body')).toBe(true)
    await page
      .getByRole('region', { name: 'AI twin of Remy Vale' })
      .getByRole('button', { name: 'Ask Remy Vale' })
      .click()
    await page.getByRole('textbox', { name: 'Message to the AI twin of Remy Vale' }).waitFor()
    await page.getByText(WORDS).waitFor({ state: 'detached' })
    expect(wordFiles(visitor)).toEqual(['en'])
    await context.close()
  })

  it('is not said again to whoever has sent it away, and never where the page wants silence', async () => {
    const { page, context } = await visitOwnPage(browser, stack.site('solara'), { attributes })
    await page.getByText(WORDS).waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await Promise.all([page.waitForResponse(/\/assets\/teaser-/), page.reload({ waitUntil: 'networkidle' })])
    expect(await page.getByText(WORDS).count()).toBe(0)
    const silent = await visitOwnPage(browser, stack.site('solara'), {
      attributes: { ...attributes, proactive: 'off' },
    })
    expect(silent.requests.filter((one) => one.includes('/assets/'))).toEqual([])
    await silent.context.close()
    await context.close()
  })
})

describe('what comes while nobody looks', () => {
  it('is counted behind the closed panel, and seen to by opening it', async () => {
    const before = `window.unread = []; document.addEventListener('twin:unread-change', ({ detail }) => window.unread.push(detail.unread))`
    const { page, context } = await visitOwnPage(browser, stack.site('remyvale'), { before })
    await openPanel(page)
    stack.model.next(
      { text: 'The first comes late.', tokensPerSecond: 8 },
      { text: 'The second, too.', tokensPerSecond: 8 },
    )
    await ask(page, 'Are you slow?')
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    const button = page.getByRole('button', { name: /^Talk to the AI twin of/ })
    await expect.poll(() => page.evaluate('window.unread')).toEqual([1])
    expect(await button.getAttribute('aria-description')).toBe('A new reply')
    await twin(page).evaluate((element) => Reflect.get(element, 'send').call(element, 'And now?'))
    await expect.poll(() => page.evaluate('window.unread')).toEqual([1, 2])
    await button.click()
    await said(page, 'The second, too.').waitFor()
    expect(await page.evaluate('window.unread')).toEqual([1, 2, 0])
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    expect(await button.getAttribute('aria-description')).toBeFalsy()
    await context.close()
  })

  it('below the line that is being read is counted, and one press away', async () => {
    const { page, context } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    stack.model.next({ text: 'A line.\n\n'.repeat(30) }, { text: 'Down here.' })
    await ask(page, 'Tell me a lot.')
    await transcript(page).getByRole('button', { name: 'Good reply' }).waitFor()
    await transcript(page).hover()
    await page.mouse.wheel(0, -400)
    await page.getByRole('button', { name: 'Latest', exact: true }).waitFor()
    const other = await secondTab(context, stack.site('remyvale'))
    await openPanel(other.page)
    await ask(other.page, 'Are you there?')
    await said(other.page, 'Down here.').waitFor()
    await page.bringToFront()
    await page.getByRole('button', { name: '2 new messages' }).click()
    expect(await said(page, 'Down here.').isVisible()).toBe(true)
    await expect
      .poll(() => transcript(page).evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight)))
      .toBeLessThan(2)
    await page.getByRole('button', { name: /Latest|new message/ }).waitFor({ state: 'detached' })
    await context.close()
  })
})
