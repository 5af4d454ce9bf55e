/** Who asks for less motion gets none: what changes place does so at once, and what fades is there in 80 ms. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { playScene } from './play-scene.ts'
import { scenes } from './scenes.ts'
import { remy } from './speakers.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

/** Every animation and transition of the twin, from its first frame on. */
const WATCH = `
  window.moved = new Map()
  const note = (root) => {
    for (const one of root.getAnimations()) {
      const { delay, endTime, iterations } = one.effect.getComputedTiming()
      const what = new Set(one.effect.getKeyframes().flatMap(Object.keys))
      for (const frame of ['offset', 'easing', 'composite', 'computedOffset']) what.delete(frame)
      const target = one.effect.target.className + (one.effect.pseudoElement ?? '')
      window.moved.set(target + ' ' + [...what], { what: [...what], lasts: iterations === 1 ? endTime - delay : Infinity })
    }
  }
  const { attachShadow } = Element.prototype
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options)
    for (const begin of ['animationstart', 'transitionrun']) root.addEventListener(begin, () => note(root))
    return root
  }
  const { animate } = Element.prototype
  Element.prototype.animate = function (...given) {
    const made = animate.apply(this, given)
    note(this.getRootNode())
    return made
  }
`

interface Moved {
  readonly what: readonly string[]
  readonly lasts: number
}

it.each(scenes)('moves nothing, and fades briefly: $name', async (scene) => {
  const played = await playScene(browser, scene, remy, { reducedMotion: 'reduce' }, WATCH)
  const { page } = played.stage
  for (const selector of ['.launcher', '.plain', '.questions button', '.twin', '.tool', '.pick']) {
    const one = played.find(`${selector} >> visible=true`).first()
    if ((await one.count()) > 0) await one.hover({ force: true, timeout: 1_000 }).catch(() => {}) // under something else
  }
  await played.settled()
  const close = played.find('[part=close-button]')
  if (await close.isVisible()) await close.click()
  await played.settled()
  const moved = await page.evaluate<Record<string, Moved>>('Object.fromEntries(window.moved)')
  const offenders = Object.entries(moved).filter(
    ([, { what, lasts }]) => lasts > 80 && what.some((property) => property !== 'opacity'),
  )
  expect(Object.fromEntries(offenders)).toEqual({})
  await played.close()
})

it('sees what moves: without that wish, the launcher becomes the panel', async () => {
  const [, , , , first] = scenes
  if (!first) throw new Error('There is no first meeting')
  const played = await playScene(browser, first, remy, { reducedMotion: 'no-preference' }, WATCH)
  await played.settled()
  const moved = await played.stage.page.evaluate<Record<string, Moved>>('Object.fromEntries(window.moved)')
  expect(Object.values(moved)).toContainEqual({ what: ['clipPath'], lasts: 240 })
  await played.close()
})
