import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { initialState } from './session/conversation-state.ts'
import { fakeSession } from './gallery/fake-session.ts'
import { remy, solara } from './gallery/cast.ts'
import en from './locales/en.ts'
import { deriveTheme } from './theme/derive-theme.ts'
import { PRIVATE_NAMES } from './tight-script.ts'

/** Every name in a value, however deep. */
function names(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [...(Array.isArray(value) ? [] : [name]), ...names(inner)])
}

describe('what is renamed in our bundles', () => {
  it.each<[string, unknown]>([
    ['a word of a language, which another file holds', en],
    ['a member of what a server says of a deployment', [remy, solara]],
    ['a member of a session, which a page may make itself', [fakeSession(), initialState]],
    ['a token of a theme, whose name becomes a custom property', deriveTheme('#0f6b5c', 'light')],
    ['what a browser calls so', { onLine: true, isConnected: true, confirmed: true, updateComplete: true }],
  ])('is never %s', (_case, value) => {
    const all = names(value)
    expect(all.length).toBeGreaterThan(3)
    expect(all.filter((name) => PRIVATE_NAMES.test(name))).toEqual([])
  })

  it('is never a member of what travels, is kept, is exported or is told to a page', async () => {
    const wire = (await readdir(new URL('../schema/wire', import.meta.url))).map((file) => `../schema/wire/${file}`)
    const others = [
      'element/twin-event-map.ts',
      'session/visitor-store.ts',
      'session/conversation-list.ts',
      'tools/export-json.ts',
    ]
    const texts = await Promise.all(
      [...wire.filter((file) => !file.endsWith('.test.ts')), ...others].map((file) =>
        readFile(new URL(file, import.meta.url), 'utf8'),
      ),
    )
    const members = texts.flatMap((text) =>
      [...text.matchAll(/readonly ['"]?(\w+)['"]?\??:/g)].map(([, name = '']) => name),
    )
    expect(members).toEqual(expect.arrayContaining(['messageId', 'activeTurnId', 'controller', 'followUps']))
    expect(members.filter((name) => PRIVATE_NAMES.test(name))).toEqual([])
  })

  it('is what only our own parts call', () => {
    expect(['onText', 'onLatest', '_ws', 'turnToFresh', 'hostUpdated'].every((name) => PRIVATE_NAMES.test(name))).toBe(
      true,
    )
  })
})
