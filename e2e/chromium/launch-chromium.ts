/** A headless Chromium under Playwright, with a fresh profile and web security on. */
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { CHROMIUM_ARGS } from './chromium-args.ts'
import { findChromium } from './find-chromium.ts'

/** Starts one; the caller closes it. `args`: switches beside the usual ones, above which they stand. */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const { executablePath, env } = await findChromium()
  return chromium.launch({ executablePath, env, args: [...CHROMIUM_ARGS, ...args] })
}
