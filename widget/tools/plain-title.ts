/**
 * A conversation's name as one calm line: whatever a visitor has pasted there, nothing of it steers the page. What turns
 * text around is left out, and so is what a screen cannot show. Pure.
 */

/** More than anybody reads in a list. */
const MAX_TITLE_CHARS = 120

/** Empty when nothing of it can be seen. */
export function plainTitle(title: string): string {
  const line = title
    .slice(0, 8 * MAX_TITLE_CHARS)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\p{Cs}\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim()
  const seen = [...line]
  if (!/[^\s\p{Cf}\p{M}]/u.test(line)) return ''
  return seen.length > MAX_TITLE_CHARS
    ? `${seen
        .slice(0, MAX_TITLE_CHARS - 1)
        .join('')
        .trimEnd()}…`
    : line
}
