/** Builds what the browser benches load. A build over its byte budget is still measured, and said to be. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ASSETS_FOLDER, buildPlatform } from '../../edge/local/build-platform.ts'
import { bundleWorker } from '../../edge/local/bundle-worker.ts'

export async function buildForBench(): Promise<void> {
  try {
    await buildPlatform()
  } catch (failure) {
    const words = failure instanceof Error ? failure.message : String(failure)
    const reason = /^Error: (?<reason>Over budget: .+)$/m.exec(words)?.groups?.['reason']
    if (!reason || !existsSync(join(ASSETS_FOLDER, 'manifest.json'))) throw failure
    console.error(reason)
    await bundleWorker()
  }
}
