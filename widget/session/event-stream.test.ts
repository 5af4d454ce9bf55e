import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventStream } from './event-stream.ts'

/** What the chunks of a stream said. */
function read(chunks: readonly string[]): string[] {
  const events: string[] = []
  const take = eventStream((data) => events.push(data))
  for (const chunk of chunks) take(chunk)
  return events
}

describe('a stream of events', () => {
  it.each<[string, string, string[]]>([
    ['one event', 'data: a\n\n', ['a']],
    ['two', 'data: a\n\ndata: b\n\n', ['a', 'b']],
    ['lines that end as on Windows', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
    ['lines that end as on an old Macintosh', 'data: a\r\rdata: b\r\r', ['a', 'b']],
    ['data of several lines', 'data: a\ndata: b\ndata\n\n', ['a\nb\n']],
    ['a mark at the beginning', '\ufeffdata: a\n\n', ['a']],
    ['a mark in the middle', 'data: \ufeffa\n\n', ['\ufeffa']],
    ['comments', ': hello\n\n:\n\ndata: a\n: in between\n\n', ['a']],
    ['other fields', 'event: x\nid: 7\nretry: 9\ndata: a\ndatabase: no\n\n', ['a']],
    ['no blank, and two', 'data:a\n\ndata:  b\n\n', ['a', ' b']],
    ['an event of nothing', 'data\n\ndata:\n\n', ['', '']],
    ['fields without data', 'event: x\n\n', []],
    ['an event that was cut off', 'data: a\n\ndata: b\n', ['a']],
  ])('is read: %s', (_case, stream, events) => {
    expect(read([stream])).toEqual(events)
  })

  it('says the same wherever it is cut', () => {
    const line = fc.constantFrom(
      'data: a',
      'data:',
      'data',
      ': still here',
      'event: x',
      'data: {"x":"\u2028 ü 🏆"}',
      '',
    )
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r')
    const stream = fc
      .tuple(fc.boolean(), fc.array(fc.tuple(line, lineEnd), { maxLength: 20 }))
      .map(([marked, lines]) => (marked ? '\ufeff' : '') + lines.flat().join(''))
    fc.assert(
      fc.property(stream, fc.array(fc.nat({ max: 12 }), { maxLength: 60 }), (text, cuts) => {
        const chunks: string[] = []
        let at = 0
        for (const length of cuts) chunks.push(text.slice(at, (at += length)))
        expect(read([...chunks, text.slice(at)])).toEqual(read([text]))
      }),
      { numRuns: 1_000 },
    )
  })

  it('takes a mark for text when it stands in the middle, however it is cut', () => {
    expect(read(['data: a\n\n', '\ufeffdata: b\n\n', 'data: c\n\n'])).toEqual(['a', 'c'])
  })

  it('gives up a line without end', () => {
    const take = eventStream(() => {})
    const megabyte = 'x'.repeat(1024 * 1024)
    expect(() => {
      for (let count = 0; count < 6; count += 1) take(megabyte)
    }).toThrow(RangeError)
  })
})
