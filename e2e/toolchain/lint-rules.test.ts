/** Each rule the house leans on, shown to bite: a planted violation in the room it is for, and a sound line beside it. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
let house: string

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'twin-lint-'))
  cpSync(join(ROOT, '.oxlintrc.json'), join(house, '.oxlintrc.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'))
  const compilerOptions = {
    strict: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    target: 'es2023',
    allowImportingTsExtensions: true,
    noEmit: true,
  }
  writeFileSync(join(house, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }))
})
afterAll(() => rmSync(house, { recursive: true, force: true }))

const FLOATING = 'async function late(): Promise<void> {}\nexport function now(): void { late() }\n'
const MISUSED =
  'async function late(): Promise<boolean> { return true }\nexport const wrong = (): string => { if (late()) return "a"; return "b" }\n'
const OPEN_SWITCH = 'export function say(word: "a" | "b"): void { switch (word) { case "a": return } }\n'
const imports = (from: string): string => `import { one } from '${from}'\nexport const two = one\n`

describe('the lint rules', () => {
  it.each([
    ['a floating promise', 'edge/core/a.ts', FLOATING, 'no-floating-promises'],
    ['a promise used as a condition', 'edge/core/a.ts', MISUSED, 'no-misused-promises'],
    ['a switch that forgets a case', 'edge/core/a.ts', OPEN_SWITCH, 'switch-exhaustiveness-check'],
    ['any', 'party/core/a.ts', 'export const a: any = 1\n', 'no-explicit-any'],
    [
      'a value import of a type',
      'party/core/a.ts',
      "import { T } from './t.ts'\nexport const a: T = 1\n",
      'consistent-type-imports',
    ],
    ['party importing edge', 'party/twin-room.ts', imports('../edge/config.ts'), 'no-restricted-imports'],
    ['a core importing an adapter', 'edge/core/a.ts', imports('../adapters/b.ts'), 'no-restricted-imports'],
    ['a core importing a vendor', 'party/core/a.ts', imports('drizzle-orm'), 'no-restricted-imports'],
    [
      'a core importing the database',
      'edge/core/a.ts',
      imports('../../schema/db/database.ts'),
      'no-restricted-imports',
    ],
    ['a route importing an adapter', 'edge/http/a.ts', imports('../adapters/b.ts'), 'no-restricted-imports'],
    ['a route importing a vendor', 'edge/http/a.ts', imports('jose'), 'no-restricted-imports'],
    [
      'an adapter importing another room',
      'party/adapters/a.ts',
      imports('../../edge/core/b.ts'),
      'no-restricted-imports',
    ],
    ['the room importing a vendor', 'party/room/a.ts', imports('@ai-sdk/openai'), 'no-restricted-imports'],
    ['the wire importing anything', 'schema/wire/a.ts', imports('../domain/b.ts'), 'no-restricted-imports'],
    ['the domain importing the database', 'schema/domain/a.ts', imports('../db/b.ts'), 'no-restricted-imports'],
    ['the database importing the edge', 'schema/db/a.ts', imports('../../edge/config.ts'), 'no-restricted-imports'],
    [
      'the widget importing the domain',
      'widget/element/a.ts',
      imports('../../schema/domain/id.ts'),
      'no-restricted-imports',
    ],
    ['the widget importing another vendor', 'widget/element/a.ts', imports('hono'), 'no-restricted-imports'],
  ])('catch %s', (_case, path, source, rule) => {
    expect(lint(path, source)).toContain(rule)
  })

  it.each([
    ['a core importing the domain', 'edge/core/a.ts', imports('../../schema/domain/id.ts')],
    ['a route importing hono', 'edge/http/a.ts', imports('hono')],
    ['an adapter importing its port', 'party/adapters/a.ts', imports('../core/ports.ts')],
    ['the widget importing the wire', 'widget/element/a.ts', imports('../../schema/wire/frames.ts')],
    ['the composition root importing party', 'edge/worker.ts', imports('../party/twin-room.ts')],
  ])('let %s pass', (_case, path, source) => {
    expect(lint(path, source)).not.toContain('no-restricted-imports')
  })

  it('catch two files that import each other', () => {
    write('edge/core/left.ts', "import { right } from './right.ts'\nexport const left = (): number => right()\n")
    expect(
      lint('edge/core/right.ts', "import { left } from './left.ts'\nexport const right = (): number => left()\n"),
    ).toContain('no-cycle')
  })
})

function lint(path: string, source: string): string {
  write(path, source)
  try {
    return execFileSync(join(ROOT, 'node_modules/.bin/oxlint'), ['--type-aware', '--format', 'unix'], {
      cwd: house,
      encoding: 'utf8',
    })
  } catch (failure) {
    return typeof failure === 'object' && failure !== null ? String(Reflect.get(failure, 'stdout')) : ''
  } finally {
    rmSync(join(house, path))
  }
}

function write(path: string, source: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true })
  writeFileSync(join(house, path), source)
}
