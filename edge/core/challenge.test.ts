import { expect, it } from 'vitest'
import { bitsFor, leadingZeroBits, readProof } from './challenge.ts'

it.each([
  [[], 0],
  [[0x80], 0],
  [[0x7f], 1],
  [[0x01], 7],
  [[0x00, 0xff], 8],
  [[0x00, 0x00, 0x10], 19],
  [[0x00, 0x00], 16],
])('of %j the first %i bits are zero', (octets, bits) => {
  expect(leadingZeroBits(Uint8Array.from(octets))).toBe(bits)
})

it('asks nothing on a calm day, unless somebody said always; and the more, the greater the rush', () => {
  expect(bitsFor({ stepUp: 'AUTO' }, 'calm')).toBe(0)
  expect(bitsFor({ stepUp: 'ALWAYS' }, 'calm')).toBe(bitsFor({ stepUp: 'AUTO' }, 'busy'))
  expect(bitsFor({ stepUp: 'AUTO' }, 'busy')).toBeLessThan(bitsFor({ stepUp: 'AUTO' }, 'storm'))
  expect(bitsFor({ stepUp: 'ALWAYS' }, 'storm')).toBe(bitsFor({ stepUp: 'AUTO' }, 'storm'))
})

it.each([undefined, '', 'work', 'work ', 'prayer x', 'work a b', ' work a'])('reads no proof in %j', (proof) => {
  expect(readProof(proof)).toBeUndefined()
})

it('reads whose proof it is', () => {
  expect(readProof('work a.b.c.1')).toEqual({ kind: 'work', words: 'a.b.c.1' })
  expect(readProof('turnstile 0.abc')).toEqual({ kind: 'turnstile', words: '0.abc' })
})
