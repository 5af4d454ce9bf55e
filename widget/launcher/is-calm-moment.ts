/** May a closed twin say something of itself now? Once a visit, at its first page, and only where data is not short. */
export function isCalmMoment(host: HTMLElement): boolean {
  const [visit] = performance.getEntriesByType('navigation')
  const isFirstPage = !cameFromHere() && !(visit && 'type' in visit && /^(rel|bac)/.test(String(visit.type)))
  const { saveData } = Object(Reflect.get(navigator, 'connection'))
  const savesData = saveData === true || matchMedia('(prefers-reduced-data: reduce)').matches
  return isFirstPage && !savesData && host.isConnected && !host.hasAttribute('open')
}

function cameFromHere(): boolean {
  try {
    return new URL(document.referrer).origin === location.origin
  } catch {
    return false // typed in, or not told
  }
}
