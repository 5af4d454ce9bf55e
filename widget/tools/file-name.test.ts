import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileName } from './file-name.ts'

const at = '2026-11-21T18:05:00.000Z'

describe('fileName', () => {
  it.each([
    ['a name', 'Remy Vale', 'remy-vale-2026-11-21.txt'],
    ['a path', '../../etc/passwd', 'etc-passwd-2026-11-21.txt'],
    ['a device of Windows', 'CON', 'con-2026-11-21.txt'],
    ['a name in another script', 'ريمي فيل', 'ريمي-فيل-2026-11-21.txt'],
    ['an ending that is turned around', 'a\u202Etxt.exe', 'a-txt-exe-2026-11-21.txt'],
    ['nothing that can be kept', '/\\:*?"<>|', 'conversation-2026-11-21.txt'],
  ])('is safe for %s', (_case, name, safe) => {
    expect(fileName(name, at, 'txt')).toBe(safe)
  })

  it('is short, and of letters, digits and hyphens alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const made = fileName(name, at, 'json')
        expect(made).toMatch(/^[\p{L}\p{N}\p{M}][\p{L}\p{M}\p{N}-]*-2026-11-21\.json$/u)
        expect(new TextEncoder().encode(made).length).toBeLessThan(255)
      }),
    )
  })
})
