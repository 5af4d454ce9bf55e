import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { appendResult, readTotals } from './results.ts'
import { openTally } from './tally.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'results-'))
  file = join(folder, 'RESULTS.md')
})

afterEach(() => rm(folder, { recursive: true, force: true }))

it('adds chunks up, over runs, and keeps who found what', async () => {
  const tally = openTally(() => undefined)
  expect(await readTotals(file)).toMatchObject({ drops: 0, kills: 0 })
  tally.did('drops', 400)
  tally.waited('caught_up_after_drop', 12.2)
  await appendResult({ suite: 'drops', seed: 'a1', before: openTally().counts, tally }, file)
  const before = { ...tally.counts }
  tally.did('drops', 100)
  tally.wrong('lost', 'one')
  await appendResult({ suite: 'drops', seed: 'a1', before, tally }, file)
  expect(await readTotals(file)).toMatchObject({ drops: 500, kills: 0, lost: 1 })
  const rows = (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-2)
  expect(rows[0]).toMatch(/^\| \d{4}-\d\d-\d\d \| a1 \| drops \| 400 \| 0 \|.*\| 13 \| – \| – \|$/)
  expect(rows[1]).toMatch(/\| a1 \| drops \| 100 \| 0 \| 0 \| 0 \| 0 \| 1 \|/)
})
