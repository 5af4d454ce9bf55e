/** Builds what a local platform serves: the widget's files and the Worker's bundle. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bundleWorker } from './bundle-worker.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Where the widget's build puts what the ASSETS binding serves. */
export const ASSETS_FOLDER = fileURLToPath(new URL('../../dist/public', import.meta.url))

/** Rejects with the failing builder's own words. */
export async function buildPlatform(): Promise<void> {
  // One after the other: the Worker's bundler reads the folder that the widget's build writes.
  try {
    await promisify(execFile)(process.execPath, ['widget/build.ts'], { cwd: ROOT })
  } catch (failure) {
    const words =
      typeof failure === 'object' && failure !== null && 'stderr' in failure ? String(failure.stderr) : String(failure)
    throw new Error(`The widget could not be built.\n${words.trim()}`)
  }
  await bundleWorker()
}
