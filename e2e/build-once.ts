/** Runs before the end-to-end suite: what a visitor gets is built from the sources under test. */
import { buildPlatform } from '../edge/local/build-platform.ts'

export async function setup(): Promise<void> {
  await buildPlatform()
}
