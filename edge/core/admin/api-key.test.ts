/** The form of a key: what is one of ours, and that no mistake in typing is. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newApiKey, prefixOf } from './api-key.ts'

const OTHERS = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-. ']

describe('a key', () => {
  it('says whose it is by its prefix and where it is good by its second word', async () => {
    const { key, prefix } = await newApiKey('live')
    expect(key).toMatch(/^vtw_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}$/)
    expect(await prefixOf(key)).toBe(prefix)
    expect((await newApiKey('test')).key).toMatch(/^vtw_test_/)
  })

  it('is never made twice, and uses every character about as often', async () => {
    const keys = await Promise.all(Array.from({ length: 2_000 }, async () => (await newApiKey('live')).key))
    expect(new Set(keys).size).toBe(keys.length)
    const counts = new Map<string, number>()
    for (const character of keys.map((key) => key.slice(18, 50)).join('')) {
      counts.set(character, (counts.get(character) ?? 0) + 1)
    }
    const expected = (keys.length * 32) / 62
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    expect(counts.size).toBe(62)
    expect(chiSquare).toBeLessThan(130) // 61 degrees of freedom: once in a million runs above
  })

  it('with one character mistyped, left out, doubled or swapped is none of ours', async () => {
    const { key } = await newApiKey('live')
    await fc.assert(
      fc.asyncProperty(fc.nat(key.length - 1), fc.constantFrom(...OTHERS), async (at, other) => {
        const typed = key[at] ?? ''
        const mistaken = [
          key.slice(0, at) + other + key.slice(at + 1),
          key.slice(0, at) + key.slice(at + 1),
          key.slice(0, at) + typed + key.slice(at),
          key.slice(0, at) + (key[at + 1] ?? '') + typed + key.slice(at + 2),
        ].filter((text) => text !== key)
        for (const text of mistaken) expect(await prefixOf(text), text).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })

  it.each(['', 'vtw_live_', 'twin_admin_x', `vtw_live_${'a'.repeat(47)}`, `vtw_live_aaaaaaaa_${'é'.repeat(38)}`])(
    'is not %j',
    async (text) => {
      expect(await prefixOf(text)).toBeUndefined()
    },
  )
})
