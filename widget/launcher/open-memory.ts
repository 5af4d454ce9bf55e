/**
 * Remembers, for this tab only, that a person has opened a twin, so that a reload shows the conversation again.
 * Written after an act alone. And read only on a page that was reloaded or returned to, so that a first visit
 * touches no storage at all.
 */
const KEY = 'twin:open:'

/** Did this person have the twin open before this reload? */
export function wasOpen(deploymentId: string): boolean {
  const [visit] = performance.getEntriesByType('navigation')
  if (!/^(rel|bac)/.test(Object(visit).type)) return false
  try {
    return !!sessionStorage.getItem(KEY + deploymentId)
  } catch {
    return false // storage is denied: the twin stays closed, and works
  }
}

/** Call it for a person's act, never for the page's. */
export function rememberOpen(deploymentId: string, open: boolean): void {
  try {
    if (open) sessionStorage.setItem(KEY + deploymentId, '1')
    else sessionStorage.removeItem(KEY + deploymentId)
  } catch {
    // Storage is denied: nothing is remembered, nothing else changes.
  }
}
