import { expect, it } from 'vitest'
import { fillPlaceholders } from './fill-placeholders.ts'

it('fills every placeholder, escaped for an attribute', () => {
  expect(fillPlaceholders('<a href="{{URL}}">{{URL}}</a>', new Map([['URL', '"><script>']]))).toBe(
    '<a href="&quot;&gt;&lt;script&gt;">&quot;&gt;&lt;script&gt;</a>',
  )
})

it('does not read a filled value again', () => {
  expect(
    fillPlaceholders(
      '{{A}}',
      new Map([
        ['A', '{{B}}'],
        ['B', 'no'],
      ]),
    ),
  ).toBe('{{B}}')
})

it('refuses a page that asks for what nobody filled', () => {
  expect(() => fillPlaceholders('{{CDNN}}', new Map([['CDN', 'x']]))).toThrow('{{CDNN}}')
})
