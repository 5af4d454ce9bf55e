import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { OPEN_HOSTING } from './open-hosting.ts'
import { registrableDomain } from './registrable-domain.ts'
import { ZONES_WITH_SUFFIXES } from './zones-with-suffixes.ts'

it('names every zone of the installed public suffix list that has suffixes below it, and no other', async () => {
  const zones = new Set<string>()
  for (const suffix of await publicSuffixes()) {
    const above = suffix.split('.').slice(1).join('.')
    const zone = above === '' ? undefined : registrableDomain(above)
    if (zone !== undefined) zones.add(zone)
  }
  expect([...zones].sort()).toEqual([...ZONES_WITH_SUFFIXES].sort())
})

it('leaves to our own list what the public suffix list does not tell', () => {
  for (const name of OPEN_HOSTING) {
    expect(registrableDomain(name)).toBe(name)
    expect(ZONES_WITH_SUFFIXES).not.toContain(name)
  }
})

/** Every rule, read from the package's own trie: it exports no list. */
async function publicSuffixes(): Promise<readonly string[]> {
  const source = await readFile(new URL('../../node_modules/tldts/dist/es6/src/data/trie.js', import.meta.url), 'utf8')
  const numbers = (name: string): readonly number[] =>
    (new RegExp(`export const ${name} = .*?\\[([\\d, ]*)\\]`).exec(source)?.[1] ?? '').split(',').map(Number)
  const text = /export const labelText = (?:\/\*.*?\*\/ )?(['"])(.*?)\1/.exec(source)?.[2] ?? ''
  const [flags, starts, lengths, children] = ['nodeFlags', 'edgeStart', 'edgeLength', 'edgeChild'].map(numbers)
  const root = Number(/export const rulesRoot = (\d+)/.exec(source)?.[1])
  if (!flags || !starts || !lengths || !children || text === '') throw new Error('The trie is written otherwise now.')
  const offsets: number[] = []
  for (const [edge, length] of lengths.entries()) offsets[edge + 1] = (offsets[edge] ?? 0) + length
  const below = (node: number, path: string): string[] =>
    Array.from({ length: (starts[node + 1] ?? 0) - (starts[node] ?? 0) }, (_, at) => {
      const edge = (starts[node] ?? 0) + at
      const label = text.slice(offsets[edge] ?? 0, offsets[edge + 1])
      const name = path === '' ? label : `${label}.${path}`
      const child = children[edge] ?? 0
      return [...((flags[child] ?? 0) > 0 ? [name] : []), ...below(child, name)]
    }).flat()
  return below(root, '').filter((name) => /^[\x20-\x7e]+$/.test(name))
}
