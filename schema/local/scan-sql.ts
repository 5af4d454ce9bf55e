/** Cuts SQL text into words, literals and signs, so that what is looked for cannot hide in a comment or a string. */

export interface SqlToken {
  /** `quoted` is an identifier in double quotes; `other` a number, a sign or a parameter. */
  readonly kind: 'word' | 'quoted' | 'literal' | 'other'
  /** Words in lower case; quoted identifiers and plain literals without their quotes. */
  readonly text: string
}

const PLAIN = [
  { kind: undefined, pattern: /\s+|--[^\n]*/y },
  { kind: 'literal', pattern: /\$([a-z_][a-z0-9_]*)?\$[^]*?\$\1\$/iy },
  { kind: 'literal', pattern: /e'(?:[^'\\]|''|\\[^])*'/iy },
  { kind: 'literal', pattern: /'(?:[^']|'')*'/y },
  { kind: 'quoted', pattern: /"(?:[^"]|"")*"/y },
  { kind: 'word', pattern: /[a-z_\u0080-\uffff][a-z0-9_$\u0080-\uffff]*/iy },
  { kind: 'other', pattern: /\$\d+|\d+|[^]/y },
] as const

/** The tokens of a text; undefined when a comment is not closed. */
export function scanSql(text: string): readonly SqlToken[] | undefined {
  const tokens: SqlToken[] = []
  let at = 0
  while (at < text.length) {
    if (text.startsWith('/*', at)) {
      const end = endOfComment(text, at)
      if (end === undefined) return undefined
      at = end
      continue
    }
    for (const { kind, pattern } of PLAIN) {
      pattern.lastIndex = at
      const [found] = pattern.exec(text) ?? []
      if (found === undefined) continue
      at += found.length
      if (kind) tokens.push({ kind, text: bare(kind, found) })
      break
    }
  }
  return tokens
}

/** Block comments nest in PostgreSQL. */
function endOfComment(text: string, start: number): number | undefined {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    if (text.startsWith('/*', at)) {
      depth += 1
      at += 1
    } else if (text.startsWith('*/', at)) {
      depth -= 1
      at += 1
      if (depth === 0) return at + 1
    }
  }
  return undefined
}

function bare(kind: SqlToken['kind'], found: string): string {
  if (kind === 'word') return found.toLowerCase()
  const quoted = kind === 'quoted' || (kind === 'literal' && found.startsWith("'"))
  return quoted ? found.slice(1, -1) : found
}
