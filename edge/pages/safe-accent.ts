/** The one value of a tenant's that stands inside a style sheet. */

const COLOUR = /^#[0-9a-f]{6}$/i
/** A calm indigo, for a theme whose colour is no colour. */
const DEFAULT_ACCENT = '#4a4fd8'

/** A deployment's accent, or ours when it is anything but `#rrggbb`: nothing else ever reaches a `<style>`. */
export function safeAccent(accent: string): string {
  return COLOUR.test(accent) ? accent.toLowerCase() : DEFAULT_ACCENT
}
