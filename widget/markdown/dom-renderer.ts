/**
 * Turns the parser's tokens into DOM nodes of an allow-list. No HTML string exists here, text enters as text nodes, and
 * nothing that could fetch (a style, a frame) is ever created, but a picture from a host the deployment allows: an address
 * of the model's choice is a way out for what it was told. Knows nothing of streams.
 */
import {
  BLOCKQUOTE,
  CHECKBOX,
  CHECKED,
  CODE_BLOCK,
  CODE_FENCE,
  CODE_INLINE,
  DOCUMENT,
  HEADING_1,
  HEADING_6,
  HREF,
  IMAGE,
  ITALIC_AST,
  ITALIC_UND,
  LINE_BREAK,
  LINK,
  LIST_ITEM,
  LIST_ORDERED,
  LIST_UNORDERED,
  PARAGRAPH,
  RAW_URL,
  RULE,
  SRC,
  START,
  STRIKE,
  STRONG_AST,
  STRONG_UND,
  TABLE,
  TABLE_CELL,
  TABLE_ROW,
  type Attr,
  type Renderer,
  type Token,
} from 'streaming-markdown'
import { unmask } from './mask.ts'
import { safeLink, type SafeLink } from './safe-link.ts'

/** What the renderer keeps for each open token. */
interface Open {
  readonly token: Token
  readonly node: Node
  link?: SafeLink | undefined
  picture?: string | undefined
  /** The source named an address or a picture, whether or not it was fit to use. */
  addressed?: boolean
}

/** The parser's renderer, plus the way to bring buffered text into the page. */
export interface DomRenderer extends Renderer<null> {
  flush(): void
  /** Closes what the source left open. */
  finish(): void
}

/** Deeper nesting is flattened: a reply of a thousand `>` must not cost a thousand elements. */
const MAX_DEPTH = 32
const TAGS: Partial<Record<number, string>> = {
  [PARAGRAPH]: 'p',
  [BLOCKQUOTE]: 'blockquote',
  [LINE_BREAK]: 'br',
  [RULE]: 'hr',
  [LIST_UNORDERED]: 'ul',
  [LIST_ORDERED]: 'ol',
  [LIST_ITEM]: 'li',
  [ITALIC_AST]: 'em',
  [ITALIC_UND]: 'em',
  [STRONG_AST]: 'strong',
  [STRONG_UND]: 'strong',
  [STRIKE]: 'del',
  [CODE_INLINE]: 'code',
  [CODE_BLOCK]: 'code',
  [CODE_FENCE]: 'code',
  [LINK]: 'a',
  [RAW_URL]: 'a',
  [TABLE]: 'table',
  [TABLE_ROW]: 'tr',
}
/** Of a column, in letters: as many as count at least, at most, and for the room beside them. */
const LETTERS = { least: 4, most: 20, beside: 3 }
/** Narrower than this on average, a table scrolls. */
const COLUMN_PX = 64
/** What the parser swallowed at the opening of a token that was never closed. */
const OPENERS: Partial<Record<number, string>> = {
  [LINK]: '[',
  [IMAGE]: '![',
  [ITALIC_AST]: '*',
  [ITALIC_UND]: '_',
  [STRONG_AST]: '**',
  [STRONG_UND]: '__',
  [STRIKE]: '~~',
}

/**
 * A renderer that writes below `root`; `pending` tells what the parser holds, and so whether a token was closed or cut.
 * `imageHosts`: where pictures may come from.
 */
export function domRenderer(
  root: Element | DocumentFragment,
  pending: () => string,
  imageHosts: readonly string[],
): DomRenderer {
  const page = root.ownerDocument
  // A form named "createElement" on the host page would shadow the method of its document.
  const create = Document.prototype.createElement.bind(page)
  const open: Open[] = []
  /** The newest heading and those it stands under, outermost first. */
  const headings: Token[] = []
  let buffer = ''
  /** Too long to number a list, and said by its first item. */
  let number = ''

  const parent = (): Node => open.at(-1)?.node ?? root
  const add = (tag: string, to: Node = parent()): HTMLElement => to.appendChild(create(tag))

  function flush(): void {
    if (!buffer) return
    say(parent(), unmask(buffer))
    buffer = ''
  }

  function nodeFor(token: Token): Node {
    if (open.length >= MAX_DEPTH || token === DOCUMENT || token === CHECKBOX) return parent()
    if (token >= HEADING_1 && token <= HEADING_6) return add(`h${headingLevel(token)}`)
    if (token === CODE_BLOCK || token === CODE_FENCE) return add('code', scroller('pre'))
    if (token === TABLE) return add('table', scroller('div'))
    if (token === TABLE_ROW) return tableRow(parent())
    if (token === TABLE_CELL) return tableCell(parent())
    // A link inside a link would be two targets under one finger.
    if ((token === LINK || token === RAW_URL) && open.some((one) => one.node.nodeName === 'A')) return add('span')
    return add(TAGS[token] ?? 'span')
  }

  /** A reply's headings stand below the panel's own (h2) and skip no level, with whatever the reply begins. */
  function headingLevel(token: Token): number {
    while ((headings.at(-1) ?? 0) >= token) headings.pop()
    headings.push(token)
    return Math.min(6, 2 + headings.length)
  }

  /** What may grow wider than the panel scrolls by itself, and by keyboard too. */
  function scroller(tag: string): HTMLElement {
    const box = add(tag)
    box.tabIndex = 0
    if (tag === 'div') box.className = 'table'
    return box
  }

  function tableRow(table: Node): Node {
    // by name: a stray blank of the source may stand in the table as text
    const sections = [...table.childNodes].filter(({ nodeName }) => /^T(HEAD|BODY)$/.test(nodeName))
    return add('tr', sections[1] ?? add(sections.length === 0 ? 'thead' : 'tbody', table))
  }

  function tableCell(row: Node): Node {
    if (row.parentNode?.nodeName !== 'THEAD') return add('td', row)
    const cell = add('th', row)
    cell.setAttribute('scope', 'col')
    return cell
  }

  function close({ token, node, link, picture, addressed }: Open, whole: boolean): void {
    if (token === CHECKBOX) return say(node, addressed ? '☑' : '☐')
    if (node === parent() || !isElement(node)) return
    if (token === TABLE) return setColumns(node)
    if (token === TABLE_ROW) return closeRow(node)
    if (token === RAW_URL) return closeAddress(node)
    const opener = OPENERS[token]
    if (opener === undefined) return
    const delimited = token === LINK || token === IMAGE
    if (delimited ? !addressed : !whole) return unwrap(node, opener, delimited && whole ? ']' : '')
    if (picture) return show(node, picture)
    if (token === IMAGE || (token === LINK && !link)) return unwrap(node, '', '')
    if (link && node.nodeName === 'A') dress(node, link)
  }

  /** A bare address in running text: the full stop behind it belongs to the sentence. */
  function closeAddress(node: HTMLElement): void {
    const text = node.textContent ?? ''
    let address = text.replace(/[.,;:!?'"\]~_]+$/, '')
    while (address.endsWith(')') && address.split(')').length > address.split('(').length) {
      address = address.slice(0, -1).replace(/[.,;:!?'"\]~_]+$/, '')
    }
    const link = safeLink(address)
    const rest = text.slice(address.length)
    node.textContent = address
    if (link && node.nodeName === 'A') dress(node, link)
    const after = node.parentNode
    if (!link) unwrap(node, '', '')
    if (after && rest) say(after, rest)
  }

  /** Makes a placeholder a link, and shows where it leads when its words do not say so. */
  function dress(node: HTMLElement, { href, place }: SafeLink): void {
    const words = (node.textContent ?? '').trim().toLowerCase()
    node.setAttribute('href', href)
    node.setAttribute('target', '_blank')
    node.setAttribute('rel', 'noopener noreferrer nofollow ugc')
    const said = words.replace(/^(https?:\/\/|mailto:)/, '')
    if (said.startsWith(place.toLowerCase()) && /^([/?#]|$)/.test(said.slice(place.length))) return
    // Isolated, so that an override character in the words cannot turn the host around.
    const note = add('bdi', node)
    note.dir = 'ltr'
    note.className = 'link-host'
    note.textContent = ` (${place})`
  }

  /** A picture in the place of its words, which are read where it cannot be seen. */
  function show(words: HTMLElement, address: string): void {
    const picture = create('img')
    picture.setAttribute('alt', words.textContent ?? '')
    picture.setAttribute('loading', 'lazy')
    picture.setAttribute('decoding', 'async')
    picture.setAttribute('referrerpolicy', 'no-referrer')
    picture.setAttribute('src', address)
    words.replaceWith(picture)
  }

  /** An address on one of the hosts, over TLS. */
  function pictureAt(address: string): string | undefined {
    const link = safeLink(address)
    return link?.href.startsWith('https:') && imageHosts.includes(link.place) ? link.href : undefined
  }

  return {
    data: null,
    add_token(_data, token) {
      flush()
      open.push({ token, node: nodeFor(token) })
      if (token !== LIST_ITEM) return
      buffer = number
      number = ''
    },
    end_token() {
      flush()
      const last = open.pop()
      // Only a delimiter the parser has just read ends a token as the source meant it.
      if (last) close(last, /^([*_]{1,2}|~|\])$/.test(pending()))
    },
    add_text(_data, text) {
      buffer += text
    },
    set_attr(_data, attr: Attr, value: string) {
      const last = open.at(-1)
      if (!last) return
      if (attr === HREF || attr === SRC || attr === CHECKED) last.addressed = true
      // Behind the address may stand a title, which is dropped.
      if (attr === HREF && last.token === LINK) last.link = safeLink(destination(unmask(value)))
      if (attr === SRC && last.token === IMAGE) last.picture = pictureAt(destination(unmask(value)))
      if (attr !== START || !isElement(last.node)) return
      // (CommonMark counts to nine digits; a longer number is a word of the sentence.)
      if (/^\d{1,9}$/.test(value)) last.node.setAttribute('start', String(Number(value)))
      else number = `${value}. `
    },
    flush,
    finish() {
      flush()
      for (let last = open.pop(); last; last = open.pop()) close(last, false)
    },
  }
}

/** The first row below the headings has been read: from here on the table is seen. */
function closeRow(row: HTMLElement): void {
  const table = row.closest('table')
  if (table && row.parentNode?.nodeName === 'TBODY') setColumns(table)
}

/** Columns as wide as the first rows ask for, once and for all: a row that comes moves nothing that is being read. */
function setColumns(table: HTMLElement): void {
  if (table.hasAttribute('width')) return
  const [head = [], first = []] = [...table.querySelectorAll('tr')].map(({ children }) => [...children])
  const letters = Array.from({ length: Math.max(head.length, first.length) }, (_, at) => {
    const longest = Math.max(...[head[at], first[at]].map((cell) => cell?.textContent?.trim().length ?? 0))
    return Math.min(Math.max(longest, LETTERS.least), LETTERS.most) + LETTERS.beside
  })
  const all = letters.reduce((sum, count) => sum + count, 0)
  for (const [at, cell] of head.entries()) {
    cell.setAttribute('width', `${Math.round((100 * (letters[at] ?? 0)) / all)}%`)
  }
  table.setAttribute('width', String(COLUMN_PX * letters.length))
}

/** Adds text to the end of a node; one text node however often it is called. */
function say(node: Node, text: string): void {
  if (!text) return
  const last = node.lastChild
  if (isText(last)) last.appendData(text)
  else node.appendChild(new Text(text))
}

/** Puts a node's children in its place, between what the parser had swallowed. */
function unwrap(node: HTMLElement, before: string, after: string): void {
  const parent = node.parentNode
  if (!parent) return
  const children = [...node.childNodes]
  node.remove()
  // A node that ends is always its parent's last, so appending keeps the order.
  say(parent, before)
  for (const child of children) {
    if (isText(child)) say(parent, child.data)
    else parent.appendChild(child)
  }
  say(parent, after)
}

/** The address of `](<address> "title")`. */
function destination(source: string): string {
  const [first = ''] = source.trim().split(/\s+/)
  return first.startsWith('<') && first.endsWith('>') ? first.slice(1, -1) : first
}

// Node types and not `instanceof`: a page may have put classes of its own in the place of the browser's.
function isElement(node: Node): node is HTMLElement {
  return node.nodeType === 1
}

function isText(node: Node | null): node is Text {
  return node?.nodeType === 3
}
