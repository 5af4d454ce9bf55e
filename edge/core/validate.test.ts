import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { check, instant, integer, list, nullable, optional, shape, text, word } from './validate.ts'

const person = shape({
  name: text({ max: 5 }),
  age: optional(integer({ min: 0, max: 9 })),
  pets: list(shape({ kind: word(['cat', 'dog']) }), { max: 2 }),
})

describe('shape', () => {
  it('builds only what it names', () => {
    expect(check(person, { name: ' Ann ', pets: [{ kind: 'cat' }] })).toEqual({
      ok: true,
      value: { name: 'Ann', age: undefined, pets: [{ kind: 'cat' }] },
    })
  })

  it('names every field that is wrong, by its path', () => {
    const checked = check(person, { name: '', age: 10, pets: [{ kind: 'cat' }, { kind: 'cow', legs: 4 }], x: 1 })
    expect(checked.ok ? [] : checked.failure.map(({ field }) => field)).toEqual([
      'name',
      'age',
      'pets[1].kind',
      'pets[1].legs',
      'x',
    ])
  })

  it('never throws, whatever JSON arrives', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => typeof check(person, value).ok === 'boolean'))
  })

  it('looks no deeper than it must', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
    expect(check(person, { name: deep, pets: deep }).ok).toBe(false)
  })
})

it.each([
  ['a lone surrogate', 'a\ud800b'],
  ['NUL', 'a\u0000b'],
  ['an escape', 'a\u001b[31m'],
  ['only spaces', '   '],
  ['too much', 'abcdefghijk'],
  ['a number', 7],
])('refuses %s as text', (_case, value) => {
  expect(check(text({ max: 10 }), value).ok).toBe(false)
})

it.each([
  ['2026-06-01', '2026-06-01T00:00:00.000Z'],
  ['2026-06-01T10:00:00+02:00', '2026-06-01T08:00:00.000Z'],
  ['2026-06-01T10:00Z', '2026-06-01T10:00:00.000Z'],
])('reads the moment %s', (value, moment) => {
  expect(check(instant(), value)).toEqual({ ok: true, value: moment })
})

it.each([
  '2026-02-31',
  '2026-13-01',
  '2026-06-01T10:00:00',
  '1 June 2026',
  '2026-06-01T25:00:00Z',
  '0000-01-01', // the database knows no such year
  '0001-01-01T00:00:00+23:00',
  '9999-12-31T23:59:59-23:59', // the year 10000 in UTC
  5,
  null,
])('refuses the moment %s', (value) => {
  expect(check(instant(), value).ok).toBe(false)
})

it('keeps null apart from left out', () => {
  const rule = shape({ end: optional(nullable(instant())) })
  expect(check(rule, { end: null })).toEqual({ ok: true, value: { end: null } })
  expect(check(rule, {})).toEqual({ ok: true, value: { end: undefined } })
})
