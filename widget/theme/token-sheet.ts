/**
 * Puts values on `:host` through the CSSOM: nothing is concatenated into CSS, and no style attribute is written, so
 * that a page under a strict `style-src` and a hostile value both get nowhere. Important: they are ours, and a page that
 * declares them gets nowhere either.
 */
export function tokenSheet(tokens: Readonly<Record<string, string>>): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(':host{}')
  const [rule] = sheet.cssRules
  if (rule instanceof CSSStyleRule) {
    for (const [name, value] of Object.entries(tokens)) rule.style.setProperty(name, value, 'important')
  }
  return sheet
}
