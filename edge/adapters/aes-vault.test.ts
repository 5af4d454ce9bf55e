import { expect, it } from 'vitest'
import { aesVault } from './aes-vault.ts'

const vault = aesVault(new Uint8Array(32).fill(7))

it('opens what it sealed, which looks different every time', async () => {
  const [one, other] = [await vault.seal('a secret ü', 'nova'), await vault.seal('a secret ü', 'nova')]
  expect(one).not.toBe(other)
  expect(one).not.toContain('secret')
  expect(await vault.open(one, 'nova')).toBe('a secret ü')
})

it.each([
  ['for another purpose', async () => vault.open(await vault.seal('a', 'nova'), 'other')],
  ['by another key', async () => aesVault(new Uint8Array(32)).open(await vault.seal('a', 'nova'), 'nova')],
  ['nowhere', () => vault.open('a secret in the clear', 'nova')],
  ['and cut', async () => vault.open((await vault.seal('a', 'nova')).slice(0, -4), 'nova')],
])('does not open what was sealed %s', async (_case, opening) => {
  await expect(opening()).rejects.toThrow()
})
