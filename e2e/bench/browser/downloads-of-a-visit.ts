/** What a real browser fetches for us from an empty cache: until the launcher stands, until one can write, until a reply came. */
import { setTimeout as pause } from 'node:timers/promises'
import { benchPage } from './bench-page.ts'
import { ours } from './candidates/ours.ts'
import { countDownloads, type Download } from './count-downloads.ts'
import { LAST_WORD, replyTokens } from './reply-text.ts'
import { press, visitPage } from './visit-page.ts'
import type { World } from './world.ts'

const TOKENS = 20
const LOOK_MS = 100
const PATIENCE_MS = 20_000

export interface Downloads {
  readonly launcher: readonly Download[]
  readonly usable: readonly Download[]
  readonly answered: readonly Download[]
}

export async function downloadsOfAVisit(world: World): Promise<Downloads> {
  world.stack.model.always({ tokens: replyTokens(TOKENS), tokensPerSecond: 0 })
  const { embed, launcher = [], field, streams } = await ours(world)
  const { page, cdp, end } = await visitPage(world, benchPage(''), { cpu: 1 })
  try {
    await cdp.send('Network.enable')
    const seen = countDownloads(cdp, `${world.front.pageOrigin}/`)
    world.front.pages.set('/', benchPage(embed))
    await page.goto(`${world.front.pageOrigin}/`)
    await page.evaluate((path) => window.twinBench.painted(path), launcher)
    const drawn = seen().length
    await press(page, launcher)
    await page.evaluate((path) => window.twinBench.usable(path), field)
    const written = seen().length
    await page.keyboard.insertText('Who scored?')
    await page.keyboard.press('Enter')
    const transcript = 'transcript' in streams ? streams.transcript : []
    const patience = performance.now() + PATIENCE_MS
    for (let shown = ''; !shown.includes(LAST_WORD); await pause(LOOK_MS)) {
      shown = await page.evaluate((path) => window.twinBench.text(path), transcript)
      if (performance.now() > patience) throw new Error('The reply never came.')
    }
    const all = seen()
    return { launcher: all.slice(0, drawn), usable: all.slice(drawn, written), answered: all.slice(written) }
  } finally {
    await end()
  }
}
