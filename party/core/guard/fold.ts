/**
 * What a character counts as when terms are looked for: look-alikes, case, width and accents folded together, what a
 * reader does not see left out. Works a code point at a time, so that folding a stream is folding the whole. Pure.
 */

/** Stands between the words of a phrase: spaces, dashes, dots, slashes, brackets, quotes. */
export const SEPARATOR = ' '
/** Ends a phrase: every other punctuation and symbol. */
export const BREAK = '!'
/** Markdown's emphasis and brackets, trade marks, invisible spaces: passes inside a word, and lets a word begin and end. */
export const MARK = '*'

const MARKS = new Set(['*', '_', '~', '`', '\\', '[', ']', '®', '©', '™', '℠', '\u200b', '\u2060', '\ufeff'])
const SEPARATORS = new Set('-./|()+&\'"\u2019\u2018\u201c\u201d\u00b7\u2022\u2044\u2215')
const UNSEEN = /^[\p{Default_Ignorable_Code_Point}\p{Cf}]$/u
/** Accents and points that change how a letter looks, not which one it is; vowel signs of other scripts stay. */
const ACCENTS: readonly (readonly [first: number, last: number])[] = [
  [0x0300, 0x036f],
  [0x0591, 0x05bd],
  [0x05bf, 0x05c7],
  [0x064b, 0x065f],
  [0x0670, 0x0670],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20ff],
  [0xfe20, 0xfe2f],
]
const WORD = /^[\p{L}\p{N}\p{M}]$/u
const SPACE_OR_DASH = /^[\s\p{Z}\p{Pd}]$/u
const LOOK_ALIKES = new Map(
  Array.from(
    (
      'аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsԁdԛqԝwӏlһhαaβbεeιiκkνvοoρpτtυuχxηnɡgɑaıi' +
      'ᴀaʙbᴄcᴅdᴇeꜰfʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzɢg'
    ).matchAll(/(.)(.)/gu),
    (pair) => [pair[1] ?? '', pair[2] ?? ''],
  ),
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
  if (isAccent(character) || UNSEEN.test(character)) return NOTHING
  if (WORD.test(character)) {
    // up and down again is a full case folding: ß and SS, ſ and s, ς and σ
    return Array.from(character.toUpperCase().toLowerCase(), (letter) => LOOK_ALIKES.get(letter) ?? letter).filter(
      (letter) => !isAccent(letter),
    )
  }
  return [SEPARATORS.has(character) || SPACE_OR_DASH.test(character) ? SEPARATOR : BREAK]
}

function isAccent(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return ACCENTS.some(([first, last]) => first <= code && code <= last)
}
