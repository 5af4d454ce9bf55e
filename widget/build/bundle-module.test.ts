import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROOT } from './bundle.ts'
import { bundleModule, type BuiltModule } from './bundle-module.ts'

let folder = ''
let built: BuiltModule

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-bundle-'))
  await writeFile(
    join(folder, 'kept.ts'),
    `export const kept = { end_token: 7, add_text: 8, add_token: 0, rate_limited: 'stays', PATH }`,
  )
  await writeFile(
    join(folder, 'panel.ts'),
    `import { kept } from './kept.ts'
     export const count = () => ++kept.add_token + kept.end_token + kept.add_text + kept.add_text
     export const later = () => import('./later.ts')`,
  )
  await writeFile(
    join(folder, 'later.ts'),
    `import { kept } from './kept.ts'
     export const read = () => [kept.add_token, kept['rate_limited'], kept.PATH]`,
  )
  built = await bundleModule('panel', relative(ROOT, join(folder, 'panel.ts')), { PATH: '"/words/"' })
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  for (const { fileName, code } of built.chunks) await writeFile(join(folder, fileName), code)
})

afterAll(() => rm(folder, { recursive: true }))

it('makes one file of what is needed at once, and another of what is needed later', () => {
  expect(built.chunks.map(({ fileName }) => fileName.replace(/-[\w-]{8}\./, '.'))).toEqual([
    'assets/panel.js',
    'assets/later.js',
  ])
  expect(built.path).toBe(`/${built.chunks[0]?.fileName}`)
  expect(built.chunks[0]?.imports).toEqual([])
})

it.each(['', '?2'])('gives both one copy of what they share, also under another name: panel.js%s', async (query) => {
  const program = `const panel = await import(${JSON.stringify(pathToFileURL(join(folder, built.path)).href + query)})
    panel.count()
    panel.count()
    const { read } = await panel.later()
    console.log(JSON.stringify(read()))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program])
  expect(JSON.parse(stdout)).toEqual([2, 'stays', '/words/'])
})
