/**
 * A knowledge text as passages small enough to quote: paragraphs together up to a length, a long paragraph at its
 * sentences. A Markdown heading names the passages below it. Pure.
 */

export interface Passage {
  readonly heading: string | null
  readonly text: string
}

const MAX_CHARS = 800

export function splitPassages(body: string): readonly Passage[] {
  const passages: Passage[] = []
  let heading: string | null = null
  let open = ''
  const close = (): void => {
    if (open !== '') passages.push({ heading, text: open })
    open = ''
  }
  for (const paragraph of body.split(/\n[ \t]*\n+/)) {
    const [first = '', ...lines] = paragraph.trimStart().split('\n')
    const title = titleOf(first)
    if (title !== undefined) {
      close()
      heading = title
    }
    const text = (title === undefined ? paragraph : lines.join('\n')).trim()
    for (const piece of text === '' ? [] : pieces(text)) {
      if (open !== '' && open.length + 2 + piece.length > MAX_CHARS) close()
      open = open === '' ? piece : `${open}\n\n${piece}`
    }
  }
  close()
  return passages
}

const MAX_TITLE_CHARS = 200

/** The words of a Markdown heading. A line too long for one is text: nothing is lost, and no line is matched for seconds. */
function titleOf(line: string): string | undefined {
  if (line.length > MAX_TITLE_CHARS) return undefined
  const words = /^#{1,6}[ \t]+(.*)$/.exec(line)?.[1]?.replace(/[ \t#]+$/, '')
  return words === '' ? undefined : words
}

/** A paragraph in parts of at most MAX_CHARS: at the end of a sentence if one is in reach, at a space otherwise. */
function pieces(paragraph: string): readonly string[] {
  const parts: string[] = []
  let rest = paragraph
  while (rest.length > MAX_CHARS) {
    const reach = rest.slice(0, MAX_CHARS)
    const sentence =
      Math.max(reach.lastIndexOf('. '), reach.lastIndexOf('! '), reach.lastIndexOf('? '), reach.lastIndexOf('\n')) + 1
    const space = reach.lastIndexOf(' ')
    const cut = sentence > MAX_CHARS / 4 ? sentence : space > 0 ? space : wholeCharacters(reach)
    parts.push(rest.slice(0, cut).trim())
    rest = rest.slice(cut).trim()
  }
  if (rest !== '') parts.push(rest)
  return parts
}

/** Never between the halves of a surrogate pair. */
function wholeCharacters(reach: string): number {
  return /\p{Surrogate}$/u.test(reach) ? reach.length - 1 : reach.length
}
