import { describe, expect, it } from 'vitest'
import { initialState } from './session/conversation-state.ts'
import { fakeSession } from './gallery/fake-session.ts'
import { remy, solara } from './gallery/cast.ts'
import en from './locales/en.ts'
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
    ['what a browser calls so', { onLine: true, isConnected: true, confirmed: true, updateComplete: true }],
  ])('is never %s', (_case, value) => {
    const all = names(value)
    expect(all.length).toBeGreaterThan(3)
    expect(all.filter((name) => PRIVATE_NAMES.test(name))).toEqual([])
  })

  it('is what only our own parts call', () => {
    expect(['onText', 'onLatest', '_ws', 'turnToFresh', 'hostUpdated'].every((name) => PRIVATE_NAMES.test(name))).toBe(
      true,
    )
  })
})
