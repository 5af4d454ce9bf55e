/**
 * A reply's Markdown, shown while it arrives. Each character goes to the parser once and only what is new touches the page.
 *
 * The parser (streaming-markdown) is fed one character at a time, so that the way the network cut the text cannot change
 * what is shown, and some characters are masked from it: it would read `$` as an equation, `snake_case` as emphasis, and
 * an address that never ends would hide the rest of the reply.
 */
import {
  CODE_BLOCK,
  CODE_FENCE,
  CODE_INLINE,
  IMAGE,
  ITALIC_UND,
  LINK,
  parser,
  parser_end,
  parser_write,
  RAW_URL,
  STRONG_UND,
  type Parser,
} from 'streaming-markdown'
import { domRenderer, type DomRenderer } from './dom-renderer.ts'
import { mask, NOTHING, withoutStandIns } from './mask.ts'

/** The parser's own arrays hold 24 levels; from here on nothing opens another. */
const MAX_LEVELS = 18
/** As long as an address may be before its source is shown as it stands. */
const MAX_ADDRESS_CHARS = 2_048
const IN_ADDRESS = /[\p{L}\p{N}\-._~:/?#[\]@!$&'()+,;=%]/u
const WORD = /[\p{L}\p{N}]/u
const PUNCTUATION = /[!-/:-@[-`{-~]/

/** Writes Markdown below a node as it comes. */
export class MarkdownStream {
  readonly #renderer: DomRenderer
  readonly #parser: Parser
  /** Half of a surrogate pair, waiting for the other. */
  #half = ''
  #previous = ''
  /** Open brackets inside an address, which may hold balanced ones. */
  #brackets = 0

  /** `imageHosts`: where pictures may come from; by default from nowhere. */
  constructor(root: Element | DocumentFragment, imageHosts: readonly string[] = []) {
    this.#renderer = domRenderer(root, () => this.#parser.pending, imageHosts)
    this.#parser = parser(this.#renderer)
  }

  /** Shows more of the reply. */
  write(chunk: string): void {
    let text = this.#half + chunk
    this.#half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? ''
    text = withoutStandIns(text.slice(0, text.length - this.#half.length))
    for (const char of text) if (char !== '\r') this.#feed(char)
    this.#renderer.flush()
  }

  /** The reply is complete: what the source left open is shown as it stands. */
  end(): void {
    if (this.#half) this.#feed('\ufffd')
    this.#half = ''
    if (this.#inAddress()) this.#abandonAddress()
    parser_end(this.#parser)
    this.#renderer.finish()
  }

  #feed(char: string): void {
    const before = this.#previous
    this.#previous = char
    if (this.#inAddress()) return this.#feedAddress(char)
    this.#brackets = 0
    if (this.#parser.token === RAW_URL && !IN_ADDRESS.test(char)) this.#endRawUrl()
    if (char === 'h' && !WORD.test(before)) this.#settle()
    parser_write(this.#parser, this.#isPlain(char, before) ? mask(char) : char)
  }

  /** The parser sees a bare address only behind a space; behind `(` or `**` it has to decide about those first. */
  #settle(): void {
    const { token, pending } = this.#parser
    if (pending.trim() === '' || pending.endsWith('\\') || isCode(token)) return
    parser_write(this.#parser, NOTHING)
    if (this.#parser.pending === NOTHING) this.#parser.pending = ''
  }

  /** Must the parser not see what this character means to it? */
  #isPlain(char: string, before: string): boolean {
    const { tokens, len } = this.#parser
    if (len >= MAX_LEVELS) return PUNCTUATION.test(char)
    if (char === '$') return true
    // `\(` and `\[` open equations; everywhere else they are brackets.
    if (char === '(' || char === '[') return before === '\\'
    if (char !== '_' || !WORD.test(before)) return false
    // Inside a word an underscore only closes what one has opened.
    return !tokens.subarray(0, len + 1).some((token) => token === ITALIC_UND || token === STRONG_UND)
  }

  /** Between `](` and `)`, where the parser shows nothing. */
  #inAddress(): boolean {
    const { token, pending } = this.#parser
    return (token === LINK || token === IMAGE) && pending.startsWith('](')
  }

  #feedAddress(char: string): void {
    if (char === '\n' || this.#parser.pending.length > MAX_ADDRESS_CHARS) {
      this.#abandonAddress()
      return this.#feed(char)
    }
    const nested = char === '(' || (char === ')' && this.#brackets > 0)
    if (nested) this.#brackets += char === '(' ? 1 : -1
    parser_write(this.#parser, nested ? mask(char) : char)
  }

  /** The address never ended: the parser gives up the link, and its source becomes text. */
  #abandonAddress(): void {
    const source = this.#parser.pending.slice(2)
    this.#brackets = 0
    this.#parser.pending = ']'
    parser_write(this.#parser, mask('('))
    for (const char of source) parser_write(this.#parser, PUNCTUATION.test(char) ? mask(char) : char)
  }

  /** The parser ends a bare address at a space only; this is that space, taken back. */
  #endRawUrl(): void {
    parser_write(this.#parser, ' ')
    this.#parser.pending = ''
  }
}

function isCode(token: number): boolean {
  return token === CODE_BLOCK || token === CODE_FENCE || token === CODE_INLINE
}
