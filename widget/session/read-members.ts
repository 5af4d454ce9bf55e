/** The members of an object that was kept as JSON; none where it was spoilt, for anything on a page may have written it. */
export function readMembers(kept: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(kept))
  } catch {
    return {}
  }
}
