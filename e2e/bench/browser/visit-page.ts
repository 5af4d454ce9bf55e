/** A fresh visitor on a page under measurement: a profile of their own, nothing cached, the probe in place. */
import type { CDPSession, Page } from 'playwright-core'
import { installPageProbe, type Path } from './page-probe.ts'
import type { World } from './world.ts'

/** A phone of the middle kind on a slow mobile line, as the field measures. */
export interface Slowness {
  /** How many times slower than this machine. */
  readonly cpu: number
  readonly network?: { readonly bitsPerSecond: number; readonly latencyMs: number }
}

export interface PageVisit {
  readonly page: Page
  readonly cdp: CDPSession
  end(): Promise<void>
}

const SIZE = { width: 1_280, height: 800 }

export async function visitPage({ browser, front }: World, html: string, slowness: Slowness): Promise<PageVisit> {
  const context = await browser.newContext({ viewport: SIZE })
  await context.addInitScript(installPageProbe)
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await slow(cdp, slowness)
  front.pages.set('/', html)
  await page.goto(`${front.pageOrigin}/`, { waitUntil: 'commit' })
  return { page, cdp, end: () => context.close() }
}

/** Sets how slow everything is from now on. */
export async function slow(cdp: CDPSession, { cpu, network }: Slowness): Promise<void> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu })
  if (!network) return
  const bytesPerSecond = network.bitsPerSecond / 8
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: network.latencyMs,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  })
}

/** Bytes of JavaScript objects in use, and of the page's own (DOM, styles), after a collection. */
export async function heapOf(cdp: CDPSession): Promise<{ script: number; page: number }> {
  for (let time = 0; time < 3; time += 1) await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize, embedderHeapUsedSize } = await cdp.send('Runtime.getHeapUsage')
  return { script: usedSize, page: embedderHeapUsedSize ?? 0 }
}

/**
 * From the outside, as a person would: presses what was found, in its middle. Not with a locator, whose own script would
 * run in the page, and be measured.
 */
export async function press(page: Page, path: Path): Promise<void> {
  const [x, y] = await page.evaluate((where) => window.twinBench.middle(where), path)
  await page.mouse.click(x, y)
}
