/**
 * Remembers that a person has dismissed or followed a teaser, so that its words are never shown to them again. Written
 * for their act alone, and read only where a deployment has such words, at the moment it would show them.
 */
const key = (deploymentId: string): string => `twin:teaser:${deploymentId}`

/** Have these words been seen to already? Without storage nobody could know, and nobody is nagged. */
export function wasSeenTo(deploymentId: string, text: string): boolean {
  try {
    return localStorage.getItem(key(deploymentId)) === text
  } catch {
    return true
  }
}

/** Call it for a person's act, never for the page's. */
export function rememberSeenTo(deploymentId: string, text: string): void {
  try {
    localStorage.setItem(key(deploymentId), text)
  } catch {
    // Storage is full or was denied since: they may be shown once more, on another visit.
  }
}
