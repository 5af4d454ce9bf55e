/** Tells a page's owner what cannot be obeyed, once. */
const told = new Set<string>()

export function warnOnce(what: string): void {
  if (told.has(what)) return
  told.add(what)
  console.warn(`[twin] ${what}`)
}
