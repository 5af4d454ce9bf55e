/** Under a finger, with wider spacing, on a narrow page: everything has its size, and nothing is lost. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { playScene, type Played } from './play-scene.ts'
import { scenes } from './scenes.ts'
import { layan, remy } from './speakers.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

/** What cannot be pressed 21 pixels from its middle; links that stand in a line of words are as high as the line. */
const SMALL_TARGETS = `(() => {
  const root = document.querySelector('vibethink-twin').shadowRoot
  const wanted = 'button, a[href], input, textarea'
  const small = []
  for (const target of root.querySelectorAll(wanted)) {
    if (target.closest('[inert], :disabled, .reply p, .sources')) continue
    if (!target.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    target.scrollIntoView({ block: 'nearest' })
    const { left, right, top, bottom } = target.getBoundingClientRect()
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    const misses = [[0, 0], [-21, 0], [21, 0], [0, -21], [0, 21]].filter(([dx, dy]) => {
      const [px, py] = [x + dx, y + dy]
      if (px < 0 || py < 0 || px >= innerWidth || py >= innerHeight) return false // that far goes no finger
      const hit = root.elementFromPoint(px, py)
      return !hit || (hit.closest(wanted) !== target && !hit.contains(target) && !hit.closest('label')?.contains(target))
        || (hit.contains(target) && hit !== target && !hit.matches('label, .field'))
    })
    if (misses.length > 0) small.push((target.getAttribute('aria-label') ?? (target.textContent.trim() || target.className)) + ' misses ' + JSON.stringify(misses))
  }
  return small
})()`

/** WCAG 1.4.12, to the letter. */
const SPACING = `{
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }')
  const root = document.querySelector('vibethink-twin').shadowRoot
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}`

/** Words that are cut off where nobody can scroll to them. */
const LOST_WORDS = `(() => {
  const root = document.querySelector('vibethink-twin').shadowRoot
  const lost = []
  for (const one of root.querySelectorAll('*')) {
    // (Names a visitor gave are cut after two lines; whole they stand in the field that renames them.)
    if (one.closest('.unseen, [inert], .called, input, svg') || !one.checkVisibility()) continue
    const { overflowX, overflowY } = getComputedStyle(one)
    const cuts = (overflow) => overflow === 'hidden' || overflow === 'clip'
    if (cuts(overflowX) && one.scrollWidth > one.clientWidth + 1) lost.push(one.className + ' is ' + (one.scrollWidth - one.clientWidth) + ' wider')
    if (cuts(overflowY) && one.scrollHeight > one.clientHeight + 1) lost.push(one.className + ' is ' + (one.scrollHeight - one.clientHeight) + ' higher')
    if (one.closest('pre, .table') || ![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue
    const { left, right, width } = one.getBoundingClientRect()
    if (width > 0 && (left < -1 || right > innerWidth + 1)) lost.push(one.textContent.trim() + ' leaves the page')
  }
  return lost
})()`

/** What would have to be scrolled sideways. */
const SIDEWAYS = `(() => {
  const root = document.querySelector('vibethink-twin').shadowRoot
  const scrollers = [document.scrollingElement, ...root.querySelectorAll('.panel, .log, .sheet, .teaser, .consent')]
  return scrollers.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className || one.localName)
})()`

const found = (played: Played, question: string): Promise<string[]> => played.stage.page.evaluate<string[]>(question)

describe.each([remy, layan])('a page in $lang', (speaker) => {
  it.each(scenes)('gives a finger 44 pixels: $name', async (scene) => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const played = await playScene(browser, scene, speaker, phone)
    await played.settled()
    expect(await found(played, SMALL_TARGETS)).toEqual([])
    await played.close()
  })

  it.each(scenes)('loses no word to wider spacing or a narrow page: $name', async (scene) => {
    const played = await playScene(browser, scene, speaker)
    const { page } = played.stage
    const lost: Record<string, readonly string[]> = {}
    const look = async (at: string, width: number, height: number): Promise<void> => {
      await page.setViewportSize({ width, height })
      await played.settled()
      lost[at] = [...(await found(played, LOST_WORDS)), ...(await found(played, SIDEWAYS))]
    }
    await look('320 pixels', 320, 640)
    await look('400 %', 320, 256)
    await page.evaluate(SPACING)
    await look('spaced on a desktop', 1280, 800)
    await look('spaced on a phone', 390, 844)
    expect(lost).toEqual({ '320 pixels': [], '400 %': [], 'spaced on a desktop': [], 'spaced on a phone': [] })
    await played.close()
  })
})
