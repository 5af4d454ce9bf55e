/**
 * What a character counts as when terms are looked for: look-alikes, case, width and accents folded together, what a
 * reader does not see left out. Works a code point at a time, so that folding a stream is folding the whole. Pure.
 */

/** Stands between the words of a phrase: spaces, dashes, dots, slashes, brackets, quotes. */
export const SEPARATOR = ' '
/** Ends a phrase: every other punctuation and symbol. */
export const BREAK = '!'
/** Markdown's emphasis and invisible spaces: passes inside a word, and lets a word begin and end. */
export const MARK = '*'

const MARKS = new Set(['*', '_', '~', '`', '\\', '\u200b', '\u2060', '\ufeff'])
const SEPARATORS = new Set('-./|[]()+&\'"\u2019\u2018\u201c\u201d\u00b7\u2022\u2044\u2215')
const UNSEEN = /^[\p{Default_Ignorable_Code_Point}\p{Cf}]$/u
/** Accents and points that change how a letter looks, not which one it is; vowel signs of other scripts stay. */
const ACCENT =
  /^[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]$/
const WORD = /^[\p{L}\p{N}\p{M}]$/u
const SPACE_OR_DASH = /^[\s\p{Z}\p{Pd}]$/u
const LOOK_ALIKES = new Map(
  Array.from('аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsԁdԛqԝwӏlһhαaβbεeιiκkνvοoρpτtυuχxηnɡgɑaıi'.matchAll(/(.)(.)/gu), (pair) => [
    pair[1] ?? '',
    pair[2] ?? '',
  ]),
)

const ASCII: readonly (readonly string[])[] = Array.from({ length: 128 }, (_, code) => [
  foldAscii(String.fromCharCode(code)),
])
const NOTHING: readonly string[] = []

/** The units one code point counts as: folded letters, {@link SEPARATOR}, {@link BREAK} or {@link MARK}; none if unseen. */
export function fold(character: string): readonly string[] {
  const code = character.charCodeAt(0)
  if (code < 128) return ASCII[code] ?? NOTHING
  if (MARKS.has(character)) return [MARK]
  return Array.from(character.normalize('NFKD')).flatMap(foldDecomposed)
}

/** Is this unit part of a word? */
export function isLetter(unit: string): boolean {
  return unit !== SEPARATOR && unit !== BREAK && unit !== MARK
}

function foldAscii(character: string): string {
  if (/[a-z0-9]/i.test(character)) return character.toLowerCase()
  if (MARKS.has(character)) return MARK
  return SEPARATORS.has(character) || /\s/.test(character) ? SEPARATOR : BREAK
}

function foldDecomposed(character: string): readonly string[] {
  if (character.charCodeAt(0) < 128) return ASCII[character.charCodeAt(0)] ?? NOTHING
  if (ACCENT.test(character) || UNSEEN.test(character)) return NOTHING
  if (WORD.test(character)) {
    // up and down again is a full case folding: ß and SS, ſ and s, ς and σ
    return Array.from(character.toUpperCase().toLowerCase(), (letter) => LOOK_ALIKES.get(letter) ?? letter).filter(
      (letter) => !ACCENT.test(letter),
    )
  }
  return [SEPARATORS.has(character) || SPACE_OR_DASH.test(character) ? SEPARATOR : BREAK]
}
