import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { errorFields, logLine, writeLog } from './log-line.ts'

afterEach(() => void vi.restoreAllMocks())

describe('a line of the log', () => {
  it.each([
    ['a line of its own', 'a\r\n{"level":"error","event":"forged"}'],
    ['colours of a terminal', '\u001b[31mred\u001b[0m\u009b31m'],
    ['text turned around', 'abc\u202edcb\u2066\u2069\u200f'],
    ['what has no width', 'a\u200bb\ufeffc\u{e0041}'],
    ['separators of lines', 'a\u2028b\u2029c\u0085d'],
    ['half a character', '\ud800'],
    ['another field', '","requestId":"forged'],
  ])('is one line of plain characters, whatever the value: %s', (_case, value) => {
    const line = logLine('info', 'request', { route: value })
    expect(line).toMatch(/^[\x20-\x7e]+$/)
    expect(JSON.parse(line)).toEqual({ level: 'info', event: 'request', route: value })
  })

  it('is short, however much is given', () => {
    const many = Array.from({ length: 1_000 }, () => 'x'.repeat(10_000))
    expect(logLine('error', 'x'.repeat(10_000), { one: 'y'.repeat(100_000), many }).length).toBeLessThan(5_000)
  })

  it('can be read back and forges nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(fc.string({ unit: 'binary' })),
        (one, many) => {
          const line = logLine('warn', 'event', { one, many })
          expect(line).toMatch(/^[\x20-\x7e]+$/)
          expect(Object.keys(JSON.parse(line))).toEqual(['level', 'event', 'one', 'many'])
        },
      ),
    )
  })

  it('is not written beneath the level that is wanted', () => {
    const [error, warn] = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')].map((spy) =>
      spy.mockImplementation(() => undefined),
    )
    writeLog('info', 'request', {})
    writeLog('warn', 'late', {})
    writeLog('error', 'broken', {}, 'error')
    writeLog('warn', 'late', {}, 'error')
    writeLog('info', 'request', {}, 'info')
    expect([error?.mock.calls.length, warn?.mock.calls.length]).toEqual([1, 2])
  })
})

describe('of an error', () => {
  const words = 'my secret words'

  it('names and places are told, of its causes too', () => {
    class StoreUnavailable extends Error {
      override readonly name = 'StoreUnavailable'
    }
    const cause = Object.assign(new TypeError('x'), { code: 'ECONNREFUSED' })
    const { errors, at } = errorFields(new StoreUnavailable('y', { cause }))
    expect(errors).toEqual(['StoreUnavailable', 'TypeError ECONNREFUSED'])
    expect(at[0]).toContain('log-line.test.ts')
  })

  it.each<[string, () => unknown]>([
    ['that a parser says', () => JSON.parse(`{"a": ${words}`)],
    [
      'in lines that look like places',
      () => {
        throw new Error(`x\n    at ${words} (file:1:2)\n    at ${words}`)
      },
    ],
    [
      'in lines that are the only message',
      () => {
        throw new Error(`\n    at ${words}:1:2`)
      },
    ],
    [
      'in a cause',
      () => {
        throw new Error('x', { cause: new Error(words) })
      },
    ],
    [
      'that is none',
      () => {
        throw words
      },
    ],
  ])('no words are, %s', (_case, fail) => {
    let caught: unknown
    try {
      fail()
    } catch (error) {
      caught = error
    }
    expect(JSON.stringify(errorFields(caught))).not.toMatch(/secret|words/)
  })
})
