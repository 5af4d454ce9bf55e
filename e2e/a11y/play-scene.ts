/** Opens a scene on a stage: a page of its own in the language of its speaker, and the twin on it. */
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { CDN, DEPLOYMENT, openStage, SCRIPT_TAG } from '../stage/open-stage.ts'
import { NOW, type Acting, type Scene } from './scenes.ts'
import type { Speaker } from './speakers.ts'

/** The clock of the page stands at the moment of the scenes; timers run. */
const STOP_THE_CLOCK = `{
  const Real = Date
  const now = Real.parse('${NOW}')
  const begun = Real.now()
  globalThis.Date = class extends Real {
    constructor(...given) {
      super(...(given.length ? given : [Date.now()]))
    }
    static now() {
      return now + Math.min(Real.now() - begun, 50_000)
    }
  }
}`

export interface Played extends Acting {
  /** Until everything that moves has arrived. */
  readonly settled: () => Promise<void>
  readonly close: () => Promise<void>
}

/** `context`: what kind of device it is played on. */
export async function playScene(
  browser: Browser,
  scene: Scene,
  speaker: Speaker,
  context: BrowserContextOptions = {},
  before = '',
): Promise<Played> {
  const embed = { ...speaker.embed, ...scene.embed?.(speaker.embed) }
  const stage = await openStage(browser, {
    pages: { '/': pageOf(speaker, scene.isPage ?? false) },
    embed: () => embed,
    room: scene.room?.(speaker) ?? {},
    ...(scene.door && { door: scene.door }),
    context: { timezoneId: 'UTC', locale: speaker.lang === 'en' ? 'en-GB' : speaker.lang, ...context },
    before: STOP_THE_CLOCK + before,
  })
  const twin = stage.page.locator('vibethink-twin')
  const acting: Acting = { stage, speaker, find: (selector) => twin.locator(selector) }
  await acting.find('.launcher, .panel').first().waitFor()
  await scene.act?.(acting)
  return {
    ...acting,
    settled: () =>
      stage.page.evaluate(async () => {
        await document.fonts.ready
        const passing = (): Animation[] =>
          (document.querySelector('vibethink-twin')?.shadowRoot?.getAnimations() ?? []).filter(
            (one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity,
          )
        // (One movement may begin where another has ended.)
        for (let still = 0; still < 4; still++) {
          await new Promise((done) => requestAnimationFrame(done))
          const moving = passing()
          if (moving.length > 0) still = 0
          await Promise.all(moving.map((one) => one.finished.catch(() => {})))
        }
      }),
    close: stage.close,
  }
}

function pageOf({ lang, dir }: Speaker, isPage: boolean): string {
  const placed = `<vibethink-twin deployment-id="${DEPLOYMENT}" mode="page"></vibethink-twin><script async src="${CDN}/v1/twin.js"></script>`
  return `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><title>Row Z</title>
<style>
@font-face { font-family: Figtree; src: url(${CDN}/media/fonts/figtree.woff2); font-weight: 300 900 }
:root { color-scheme: light dark; font-family: Figtree, sans-serif; }
body { margin: 0; line-height: 1.5; }
main { padding: 24px; }
main:has([mode]) { height: 100dvh; padding: 0; }
main:has([mode]) :is(h1, p) { position: absolute; clip-path: inset(50%); }
</style></head><body><main><h1>Row Z</h1><p>About the last minute, and who was there.</p>${isPage ? placed : ''}</main>${isPage ? '' : SCRIPT_TAG}</body></html>`
}
