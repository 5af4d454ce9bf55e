/** Reads `text/event-stream` (WHATWG HTML, 9.2.6) as far as we speak it: the data of each event, however it is cut. */

/** More without a line break is no stream of ours. */
const MAX_LINE_CHARS = 4 * 1024 * 1024

/** Takes the text as it comes; throws when a line has no end. */
export function eventStream(onData: (data: string) => void): (chunk: string) => void {
  let line = ''
  let data: string[] = []
  let isBegun = false
  let wasReturn = false
  return (chunk) => {
    if (chunk === '') return
    // The other half of a CRLF that was cut, and the mark that may stand at the very beginning.
    const text = wasReturn ? chunk.replace(/^\n/, '') : isBegun ? chunk : chunk.replace(/^\ufeff/, '')
    isBegun = true
    wasReturn = chunk.endsWith('\r')
    const lines = (line + text).split(/\r\n|\r|\n/)
    line = lines.pop() ?? ''
    if (line.length > MAX_LINE_CHARS) throw new RangeError('A line of the stream has no end')
    for (const whole of lines) {
      if (whole === '') {
        if (data.length > 0) onData(data.join('\n'))
        data = []
      }
      // Comments, which begin with a colon, and every other field say nothing to us.
      const [, value = ''] = /^data(?:$|: ?([^]*))/.exec(whole) ?? []
      if (/^data(?:$|:)/.test(whole)) data.push(value)
    }
  }
}
