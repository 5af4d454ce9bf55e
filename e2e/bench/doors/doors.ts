/**
 * `npm run bench -- doors`: the doors of a real Worker, asked by very many who have no business there and by enough who
 * have. The last line is every figure as JSON; one wrong case, or one planted fault that no case finds, makes it fail.
 *
 * To add a suite: a file beside this one that exports a `DoorsSuite` (doors-suite.ts), and its name in SUITES below. Its
 * figures go to the last line under the names it gives them. All suites share one world (doors-world.ts): `ask` for any
 * request with any Host and Origin, `admin` for the platform's key, `edge.sql` past every policy; a suite makes what it
 * needs anew at every run, since broken Workers run it again before the same database. `plants` are changes of the
 * product's source, each of which the suite must catch: the Worker is built with it, and the cases that fail are counted.
 *
 * Words behind the name: `--tiny` (samples, no broken Workers), `--sound` (all cases, no broken Workers),
 * `--broken` (samples, and broken Workers), `--suite <name>` (again for more), `--seed <word>`.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleEdge } from '../../../edge/testing/bundle-edge.ts'
import { chanceOf } from '../faults/chance.ts'
import { copyProduct, withChanges } from '../planted-copy.ts'
import { printTable } from '../print-table.ts'
import { startDoorsWorld } from './doors-world.ts'
import type { DoorsWorld } from './doors-world.ts'
import type { Amount, DoorsPlant, DoorsSuite, Findings } from './doors-suite.ts'
import { budget } from './budget.ts'
import { crossTenant } from './cross-tenant.ts'
import { entries } from './entries.ts'
import { hosts } from './hosts.ts'
import { keyTiming } from './key-timing.ts'
import { origins } from './origins.ts'
import { tokens } from './tokens.ts'

export const SUITES: readonly DoorsSuite[] = [origins, entries, hosts, crossTenant, tokens, keyTiming, budget]

const SHOWN = 20

export async function doors(words: readonly string[]): Promise<object> {
  const { amount, broken, suites, seed } = readOptions(words)
  console.log(`seed ${seed}`)
  const world = await startDoorsWorld(chanceOf(seed))
  try {
    const figures: Record<string, number> = {}
    for (const suite of suites) Object.assign(figures, (await runSuite(world, suite, amount)).figures)
    if (!broken) return { doors: { ...figures, seed } }
    const caught = await runBroken(world, suites)
    const total = caught.reduce((sum, { cases }) => sum + cases, 0)
    const builds = Object.fromEntries(caught.map(({ suite, plant, cases }) => [`${suite.name}: ${plant.name}`, cases]))
    return { doors: { ...figures, caught_by_broken_builds: total, broken_builds: builds, seed } }
  } finally {
    await world.edge.stop()
  }
}

async function runSuite(world: DoorsWorld, suite: DoorsSuite, amount: Amount): Promise<Findings> {
  const began = performance.now()
  const findings = await suite.run({ ...world, chance: world.chance.fork(suite.name) }, amount)
  for (const line of findings.wrong.slice(0, SHOWN)) console.log(`WRONG (${suite.name}): ${line}`)
  if (findings.wrong.length > 0) process.exitCode = 1
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${suite.name}: ${JSON.stringify(findings.figures)}, ${findings.wrong.length} wrong, ${seconds} s`)
  return findings
}

interface Caught {
  readonly suite: DoorsSuite
  readonly plant: DoorsPlant
  /** Of a sample. */
  readonly cases: number
}

async function runBroken(world: DoorsWorld, suites: readonly DoorsSuite[]): Promise<readonly Caught[]> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-doors-'))
  const copy = join(folder, 'copy')
  const all: Caught[] = []
  try {
    await copyProduct(copy)
    for (const suite of suites) {
      for (const plant of suite.plants) {
        const outdir = join(folder, `worker-${all.length}`)
        const script = await withChanges(copy, plant.name, plant.changes, () => bundleEdge(copy, outdir))
        await world.edge.restartWorker(script)
        const { wrong } = await suite.run({ ...world, chance: world.chance.fork(suite.name) }, 'tiny')
        if (wrong.length === 0) process.exitCode = 1
        all.push({ suite, plant, cases: wrong.length })
        console.log(`${wrong.length === 0 ? 'MISSED' : 'caught'} (${suite.name}, ${wrong.length}): ${plant.name}`)
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  printTable(
    ['broken on purpose', 'suite', 'cases that failed'],
    all.map(({ suite, plant, cases }) => [plant.name, suite.name, cases === 0 ? 'NOT FOUND' : String(cases)]),
  )
  return all
}

interface Options {
  readonly amount: Amount
  readonly broken: boolean
  readonly suites: readonly DoorsSuite[]
  readonly seed: string
}

function readOptions(words: readonly string[]): Options {
  let options: Options = { amount: 'full', broken: true, suites: [], seed: randomBytes(4).toString('hex') }
  const left = [...words]
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--tiny') options = { ...options, amount: 'tiny', broken: false }
    else if (word === '--broken') options = { ...options, amount: 'tiny' }
    else if (word === '--sound') options = { ...options, broken: false }
    else {
      const value = left.shift() ?? ''
      const suite = SUITES.find(({ name }) => name === value)
      if (word === '--suite' && suite) options = { ...options, suites: [...options.suites, suite] }
      else if (word === '--seed' && /^[\w.-]{1,40}$/.test(value)) options = { ...options, seed: value }
      else {
        const names = SUITES.map(({ name }) => name).join(' | ')
        throw new Error(
          `doors takes --tiny, --sound, --broken, --suite <${names}> and --seed <word>; not "${word} ${value}".`,
        )
      }
    }
  }
  return options.suites.length > 0 ? options : { ...options, suites: SUITES }
}
