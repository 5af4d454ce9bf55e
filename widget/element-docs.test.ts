import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { elementDocs } from './build/element-docs.ts'

const FOLDER = import.meta.dirname

/** Every match of a pattern's first group in the sources of the element and its launcher, each once. */
async function inSources(pattern: RegExp): Promise<string[]> {
  const files = await Promise.all(
    ['element', 'launcher', 'people', 'tools'].map(async (room) =>
      (await readdir(join(FOLDER, room))).map((name) => join(FOLDER, room, name)),
    ),
  )
  const ours = files.flat().filter((name) => /(?<!\.wtr)(?<!\.test)\.ts$/.test(name))
  const sources = await Promise.all(ours.map((name) => readFile(name, 'utf8')))
  const code = sources.join('\n').replace(/\/\*\*[^]*?\*\//g, '')
  return [...new Set([...code.matchAll(pattern)].flatMap(([, name]) => name ?? []))].sort()
}

/** What the docs name in the first column under a heading. */
function named(docs: string, heading: string): string[] {
  const [, section = ''] = docs.split(`## ${heading}\n`)
  const [rows = ''] = section.split('\n## ')
  return [...rows.matchAll(/^\| `([\w:-]+)/gm)].flatMap(([, name]) => name ?? []).sort()
}

describe('ELEMENT.md', () => {
  it('is what the element’s doc tags say; if not: npm run docs:element', async () => {
    expect(await readFile(join(FOLDER, 'ELEMENT.md'), 'utf8')).toBe(await elementDocs())
  })

  it.each([
    ['every part that is drawn', 'Parts', /part(?:="|\.add\(')([\w-]+)/g],
    ['every token that is read', 'Tokens', /(?:var\(|getPropertyValue\(')(--twin-[\w-]+)/g],
    ['every slot there is', 'Slots', /(?:<slot name="|\.name = ')([\w-]+)/g],
    ['every event that is told', 'Events', /'(twin:[a-z-]+)'/g],
  ])('names %s, and no other', async (_all, heading, pattern) => {
    expect(named(await elementDocs(), heading)).toEqual(await inSources(pattern))
  })

  it('keeps private what is private', async () => {
    const docs = await elementDocs()
    for (const name of ['draft', 'shown', 'told', '#talk', 'createRenderRoot']) expect(docs).not.toContain(`\`${name}`)
  })
})
