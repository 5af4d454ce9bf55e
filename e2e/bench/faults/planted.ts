/**
 * `npm run bench -- faults --planted`: plants each fault in a copy of the product, builds it, and lets its suite look for
 * it. A fault that is not found makes the run fail, and so does one whose place in the source has gone.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { copyProduct, withChanges } from '../planted-copy.ts'
import { printTable } from '../print-table.ts'
import { PLANTS } from './plants.ts'
import type { Plant } from './plants.ts'
import type { SuiteName } from './suites.ts'
import { WRONG } from './tally.ts'

const PATIENCE_MS = 5 * 60_000

interface Finding {
  readonly plant: Plant
  /** What was found, or undefined. */
  readonly found: string | undefined
}

/** Needs the built platform. Empty `only`: every plant. */
export async function planted(only: readonly SuiteName[], seed: string): Promise<object> {
  const plants = PLANTS.filter(({ suite }) => only.length === 0 || only.includes(suite))
  const copy = await mkdtemp(join(tmpdir(), 'twin-planted-'))
  const findings: Finding[] = []
  try {
    await copyProduct(copy)
    for (const plant of plants) {
      const finding = { plant, found: await lookFor(plant, copy, seed) }
      findings.push(finding)
      console.log(`${finding.found === undefined ? 'MISSED' : 'caught'}: ${plant.name} (${plant.suite})`)
    }
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
  printTable(
    ['planted', 'suite', 'found'],
    findings.map(({ plant, found }) => [plant.name, plant.suite, found ?? 'NOT FOUND']),
  )
  const caught = findings.filter(({ found }) => found !== undefined).length
  if (caught < plants.length) process.exitCode = 1
  return { planted: plants.length, caught, seed }
}

function lookFor({ name, suite, changes }: Plant, copy: string, seed: string): Promise<string | undefined> {
  return withChanges(copy, name, changes, async () => {
    await node(copy, ['edge/local/build-worker.ts'])
    const words = ['faults', '--tiny', '--built', '--hasty', '--suite', suite, '--seed', seed]
    return foundIn(await node(copy, ['e2e/bench/bench.ts', ...words]))
  })
}

/** What a program printed, however it ended. */
async function node(cwd: string, args: readonly string[]): Promise<string> {
  const running = promisify(execFile)(process.execPath, [...args], { cwd, timeout: PATIENCE_MS, maxBuffer: 2 ** 24 })
  return running.then(
    ({ stdout }) => stdout,
    (failure: unknown) => {
      const stdout: unknown = typeof failure === 'object' && failure !== null ? Reflect.get(failure, 'stdout') : ''
      const text = String(stdout)
      // a suite that found something ends so; anything else is no finding
      if (text.trimEnd().endsWith('}')) return text
      throw new Error(`${args.join(' ')} broke: ${String(failure).slice(0, 2_000)}`)
    },
  )
}

function foundIn(output: string): string | undefined {
  const counts: unknown = JSON.parse(output.trimEnd().split('\n').at(-1) ?? 'null')
  if (typeof counts !== 'object' || counts === null) return undefined
  const found = WRONG.filter((kind) => Number(Reflect.get(counts, kind)) > 0)
  return found.length > 0 ? found.map((kind) => `${kind} ${String(Reflect.get(counts, kind))}`).join(', ') : undefined
}
