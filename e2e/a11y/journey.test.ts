/**
 * One visit by keyboard, as somebody hears it who sees nothing: what is pressed, where the focus is, what is said, and the
 * tree that a screen reader reads. It stands in `transcript.txt`; `npm run test:e2e -- -u` writes it anew, to be read again.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { answeringRoom } from './answering-room.ts'
import { playScene } from './play-scene.ts'
import { remy } from './speakers.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

/** Notes what live regions say, in order; the bells of the page's own are none of ours. */
const LISTEN = `
  window.said = []
  const { attachShadow } = Element.prototype
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options)
    const last = new Map()
    new MutationObserver(() => {
      for (const region of root.querySelectorAll('[role=status], [role=alert]')) {
        const words = region.textContent.trim()
        if (words && words !== last.get(region)) window.said.push(region.role + ': ' + words)
        last.set(region, words)
      }
    }).observe(root, { subtree: true, childList: true, characterData: true })
    return root
  }
`

/** What has the focus, and whether somebody can see that: a ring on it or around it, in view, and nothing above it. */
const FOCUS = `(() => {
  const root = document.querySelector('vibethink-twin').shadowRoot
  const one = root.activeElement
  if (!one) return { name: document.activeElement.localName, lost: document.activeElement === document.body, hidden: [] }
  const name = (one.getAttribute('aria-label') ?? one.textContent).trim().replace(/\\s+/g, ' ') || one.closest('label')?.textContent.trim() || one.className
  const hidden = []
  // (What opens over the log takes the focus itself, to be read from its beginning; it is all one sees.)
  const isSurface = one.matches('.sheet')
  const ringed = [one, one.closest('.composer, .framed'), one.querySelector('.face'), one.matches('.chip input') ? one.nextElementSibling : null]
  const hasRing = ringed.some((place) => {
    if (!place) return false
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(place)
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && !/, 0\\)$/.test(outlineColor)
  })
  if (!isSurface && !hasRing) hidden.push('no ring')
  if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !one.matches('.chip input')) hidden.push('not to be seen')
  const { left, right, top, bottom } = one.getBoundingClientRect()
  if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth) hidden.push('out of view')
  const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2]
  const hit = root.elementFromPoint(x, y)
  if (hit && hit !== one && !one.contains(hit) && !hit.contains(one)) hidden.push('under ' + hit.className)
  return { name, lost: false, hidden }
})()`

interface Focus {
  readonly name: string
  readonly lost: boolean
  readonly hidden: readonly string[]
}

async function focusOf(page: Page): Promise<Focus> {
  // What a key brings about may take a frame or two, and 80 ms to fade in.
  await expect.poll(() => page.evaluate<Focus>(FOCUS), { timeout: 2_000 }).toMatchObject({ lost: false, hidden: [] })
  return page.evaluate<Focus>(FOCUS)
}

/** Presses Tab, or backwards, until it stands there; it is never lost on the way. */
async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  const way: string[] = []
  while (way.length < 40) {
    await page.keyboard.press(key)
    const focus = await focusOf(page)
    way.push(focus.name)
    if (focus.name.startsWith(name)) return
  }
  throw new Error(`${key} never came to ${name}, but to ${way.join(', ')}`)
}

it('is walked with keys alone, with the focus always in sight, and reads as written', async () => {
  const room = answeringRoom()
  const played = await playScene(
    browser,
    { name: 'journey', room: () => room },
    remy,
    { permissions: ['clipboard-read', 'clipboard-write'], acceptDownloads: true },
    LISTEN,
  )
  const { page } = played.stage
  const { keyboard } = page
  const heard: string[] = []
  const steps: string[] = []

  /** `heard`: what must have been said before the step is over. */
  async function step(act: string, does: () => Promise<unknown>, expected = ''): Promise<void> {
    await does()
    if (expected) await expect.poll(() => page.evaluate<string[]>('window.said')).toContain(expected)
    const { name } = await focusOf(page)
    await played.settled()
    const said = (await page.evaluate<string[]>('window.said')).slice(heard.length)
    heard.push(...said)
    await expect.poll(() => page.locator('vibethink-twin .meta time:empty').count()).toBe(0)
    const tree = await page.locator('vibethink-twin').ariaSnapshot()
    steps.push(
      [
        `- act: ${act}`,
        `  focus: ${name}`,
        ...(said.length > 0 ? ['  said:', ...said.map((words) => `    - ${JSON.stringify(words)}`)] : []),
        '  tree:',
        ...tree.split('\n').map((line) => `    ${line}`),
      ].join('\n'),
    )
  }

  await step('Tab to the launcher', () => tabTo(page, 'Talk to the AI twin of'))
  await step('Enter opens the panel', async () => {
    await keyboard.press('Enter')
    await played.find('.composer textarea:focus').waitFor()
  })
  await step(
    'Ask',
    async () => {
      await keyboard.type(remy.question)
      await keyboard.press('Enter')
    },
    'status: Remy Vale is thinking',
  )
  await step('The reply comes', async () => {
    room.answer(remy.answer, remy.followUps)
    await played.find('.questions').waitFor()
  })
  await step(
    'Back to a question to ask on, and Enter',
    async () => {
      await tabTo(page, remy.followUps[0] ?? '', 'Shift+Tab')
      await keyboard.press('Enter')
      await played.find('.thinking').waitFor()
    },
    'status: Remy Vale is thinking',
  )
  await step('The reply comes', async () => {
    room.answer('The one in the rain.')
    await played.find('.reply:has-text("rain.")').waitFor()
  })
  await step(
    'On to the composer, back to the acts of the newest, and Enter copies',
    async () => {
      await tabTo(page, 'Message to')
      await tabTo(page, 'Copy', 'Shift+Tab')
      await keyboard.press('Enter')
    },
    'status: Copied',
  )
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('The one in the rain.')
  await step(
    'End goes to the last act, and Enter says it was not good',
    async () => {
      await keyboard.press('End')
      await keyboard.press('Enter')
    },
    'status: What was wrong with it?',
  )
  await step(
    'On to the reasons, an arrow, a word, and Enter on the button',
    async () => {
      await tabTo(page, 'Not true')
      await keyboard.press('Space')
      await keyboard.press('ArrowRight')
      await focusOf(page)
      await tabTo(page, 'Tell us more')
      await keyboard.type('Which one?')
      await tabTo(page, 'Send feedback')
      await keyboard.press('Enter')
    },
    'status: Thank you. It helps.',
  )
  expect(played.stage.frames.filter(({ type }) => type === 'reply-rate').at(-1)).toMatchObject({
    rating: 'down',
    reason: 'unhelpful',
    comment: 'Which one?',
  })
  await step('Back to the question, an arrow to its pencil, and Enter', async () => {
    await tabTo(page, 'Copy', 'Shift+Tab') // of the reply
    await tabTo(page, 'Copy', 'Shift+Tab')
    await keyboard.press('ArrowRight')
    await focusOf(page)
    await keyboard.press('Enter')
    await played.find('.editor textarea:focus').waitFor()
  })
  await step('Other words, and Enter asks again', async () => {
    await keyboard.press('Control+A')
    await keyboard.type('Which final was the quietest?')
    await keyboard.press('Enter')
    await played.find('.thinking').waitFor()
  })
  await step('The reply comes', async () => {
    room.answer('The one nobody came to.')
    await played.find('.reply:has-text("nobody")').waitFor()
  })
  await step('Back to More, and Enter', async () => {
    await tabTo(page, 'More', 'Shift+Tab')
    await keyboard.press('Enter')
    await played.find('.sheet:focus').waitFor()
  })
  await step('On to the pencil of the first, another name, and Enter', async () => {
    await tabTo(page, 'Rename')
    await keyboard.press('Enter')
    await played.find('.sheet input:focus').waitFor()
    await keyboard.type('Finals')
    await keyboard.press('Enter')
    await played.find('.called:has-text("Finals")').waitFor()
  })
  const download = page.waitForEvent('download')
  await step(
    'On to a copy as text, and Enter',
    async () => {
      await tabTo(page, 'Save as text')
      await keyboard.press('Enter')
    },
    'status: Saved.',
  )
  expect((await download).suggestedFilename()).toMatch(/\.txt$/)
  await step('Back to the bin, and Enter', async () => {
    await tabTo(page, 'Delete', 'Shift+Tab')
    await keyboard.press('Enter')
    await played.find('[data-cancel]:focus').waitFor()
  })
  await step(
    'On to the answer, and Enter deletes it',
    async () => {
      await tabTo(page, 'Delete')
      await keyboard.press('Enter')
    },
    'status: The conversation was deleted.',
  )
  await step('Escape goes back to what was there', async () => {
    await keyboard.press('Escape')
    await played.find('.sheet').waitFor({ state: 'detached' })
    await played.find('[part=more-button]:focus').waitFor()
  })
  await step('On to Close, and Enter', async () => {
    await tabTo(page, 'Close')
    await keyboard.press('Enter')
    await played.find('.launcher:focus').waitFor()
  })
  await expect(`${steps.join('\n\n')}\n`).toMatchFileSnapshot('transcript.txt')
  await played.close()
})
