/** `npm run bench -- <name>`: runs one bench by its name. The last line a bench prints is one line of JSON. */
import { readBenchOptions, type BenchOptions } from './bench-options.ts'
import { history } from './browser/history.ts'
import { open } from './browser/open.ts'
import { stream } from './browser/stream.ts'
import { startWorld, type World } from './browser/world.ts'
import { buildForBench } from './build-for-bench.ts'
import { admission } from './admission/admission.ts'
import { bytes } from './bytes.ts'
import { doors } from './doors/doors.ts'
import { faults } from './faults/faults.ts'
import { load } from './load/load.ts'
import { soak } from './soak/soak.ts'
import { token } from './token/token.ts'

/** Takes the words behind its name. */
type Bench = (words: readonly string[]) => Promise<object>

function inBrowser(bench: (world: World, options: BenchOptions) => Promise<object>): Bench {
  return async (words) => {
    const options = readBenchOptions(words)
    await buildForBench()
    const world = await startWorld()
    const interrupted = (): void => void world.stop().finally(() => process.exit(1))
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
    try {
      return await bench(world, options)
    } finally {
      await world.stop()
    }
  }
}

const BENCHES: ReadonlyMap<string, Bench> = new Map([
  ['admission', admission],
  ['bytes', inBrowser(bytes)],
  ['doors', doors],
  ['faults', faults],
  ['history', inBrowser(history)],
  ['load', load],
  ['open', inBrowser(open)],
  ['soak', soak],
  ['stream', inBrowser(stream)],
  ['token', () => token()],
])

const [name = '', ...words] = process.argv.slice(2)
const bench = BENCHES.get(name)
if (bench) {
  try {
    console.log(JSON.stringify(await bench(words)))
  } catch (failure) {
    console.error(failure instanceof Error ? failure.message : failure)
    process.exitCode = 1
  }
} else {
  const problem = name === '' ? 'Which bench?' : `There is no bench "${name}".`
  console.error(`${problem} npm run bench -- <${[...BENCHES.keys()].join(' | ')}>`)
  process.exitCode = 1
}
// not by running dry: Node spins for ever over the connections of whoever was killed
process.stdout.write('', () => process.exit())
