/** Puts the run's own addresses and ids into a page. Knows nothing of files or requests. */

const PLACEHOLDER = /\{\{([A-Z_]+)\}\}/g
const HTML_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Replaces every `{{NAME}}`, escaped for an attribute or text.
 * @throws when the page names a placeholder nobody filled, so that a typo is an error and not an empty address.
 */
export function fillPlaceholders(page: string, values: ReadonlyMap<string, string>): string {
  return page.replace(PLACEHOLDER, (_whole, name: string) => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`A demo page asks for {{${name}}}, which nobody filled`)
    return value.replace(/[&<>"']/g, (character) => HTML_ESCAPES[character] ?? '')
  })
}
