/** What a real browser fetches for us from an empty cache until one can write, and what it fetches just after. */
import { setTimeout as pause } from 'node:timers/promises'
import { benchPage } from './bench-page.ts'
import { ours } from './candidates/ours.ts'
import { countDownloads, type Download } from './count-downloads.ts'
import { press, visitPage } from './visit-page.ts'
import type { World } from './world.ts'

const AFTERWARDS_MS = 2_000

export interface Downloads {
  readonly launcher: readonly Download[]
  readonly usable: readonly Download[]
  readonly afterwards: readonly Download[]
}

export async function downloadsUntilUsable(world: World): Promise<Downloads> {
  const { embed, launcher = [], field } = await ours(world)
  const { page, cdp, end } = await visitPage(world, benchPage(''), { cpu: 1 })
  await cdp.send('Network.enable')
  const seen = countDownloads(cdp, `${world.front.pageOrigin}/`)
  world.front.pages.set('/', benchPage(embed))
  await page.goto(`${world.front.pageOrigin}/`)
  await page.evaluate((path) => window.twinBench.painted(path), launcher)
  const drawn = seen().length
  await press(page, launcher)
  await page.evaluate((path) => window.twinBench.usable(path), field)
  const written = seen().length
  await pause(AFTERWARDS_MS)
  const all = seen()
  await end()
  return { launcher: all.slice(0, drawn), usable: all.slice(drawn, written), afterwards: all.slice(written) }
}
