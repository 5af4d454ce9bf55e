/** `npm run build`, second half: the Worker's bundle. */
import { bundleWorker } from './bundle-worker.ts'

try {
  await bundleWorker()
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : failure)
  process.exitCode = 1
}
