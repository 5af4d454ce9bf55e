/**
 * JSON in printable ASCII alone: every other unit is escaped (C1 controls, line separators, marks of direction, what has no
 * width), so that it may stand in a header, and no line of a log can be forged, hidden or turned around by it.
 */
export function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
