/** No rule of axe is broken in any state, in any look. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { playScene } from './play-scene.ts'
import { scenes } from './scenes.ts'
import { layan, remy } from './speakers.ts'

let browser: Browser
let axe: string

beforeAll(async () => {
  axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
  browser = await launchChromium()
})
afterAll(() => browser?.close())

const desktop = { width: 1280, height: 800 }
const light = { colorScheme: 'light', forcedColors: 'none' } as const
const looks = [
  { name: 'light', media: light, viewport: desktop },
  { name: 'dark', media: { ...light, colorScheme: 'dark' }, viewport: desktop },
  { name: 'forced colours', media: { ...light, forcedColors: 'active' }, viewport: desktop },
  { name: '320 pixels', media: light, viewport: { width: 320, height: 640 } },
  { name: '400 %', media: light, viewport: { width: 320, height: 256 } },
] as const

/** axe asks for the fill of words first, and of that Chromium tells the colour from before it was forced. */
const FORGET_FILL = `{
  const { getPropertyValue } = CSSStyleDeclaration.prototype
  CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
    return name === '-webkit-text-fill-color' ? '' : getPropertyValue.call(this, name)
  }
}`

/** What is broken, one line each. */
async function broken(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.flat().join(' ')}: ${failureSummary ?? ''}`),
  )
}

describe.each([
  { speaker: remy, worn: looks },
  { speaker: layan, worn: looks.filter(({ name }) => name === 'light' || name === '320 pixels') },
])('a page in $speaker.lang', ({ speaker, worn }) => {
  it.each(scenes)('breaks no rule: $name', async (scene) => {
    const played = await playScene(browser, scene, speaker)
    const { page } = played.stage
    await page.evaluate(FORGET_FILL)
    await page.evaluate(axe)
    const found: Record<string, string[]> = {}
    for (const { name, media, viewport } of worn) {
      await page.emulateMedia(media)
      await page.setViewportSize(viewport)
      await played.settled()
      found[name] = await broken(page)
    }
    expect(found).toEqual(Object.fromEntries(worn.map(({ name }) => [name, []])))
    await played.close()
  })
})
