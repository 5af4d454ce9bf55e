import type { Corner, Scheme, Theme } from '../../schema/wire/embed.ts'
import { deriveTheme } from '../theme/derive-theme.ts'

/** What the page may say above the deployment's theme. */
export interface LookOverride {
  readonly accent: string
  readonly scheme: Scheme | undefined
}

/** Radii of the panel, of what stands in it, and of a bubble. */
const RADII: Record<Corner, readonly [panel: string, field: string, bubble: string]> = {
  sharp: ['2px', '2px', '2px'],
  soft: ['20px', '14px', '16px'],
  round: ['28px', '24px', '22px'],
}

/** The private custom properties every style of the element reads. */
export function elementTokens(theme: Theme, page: LookOverride, systemIsDark: boolean): Record<string, string> {
  const wished = page.scheme ?? theme.scheme
  const scheme = wished === 'light' || wished === 'dark' ? wished : systemIsDark ? 'dark' : 'light'
  const colours = deriveTheme(/^#[0-9a-f]{6}$/i.test(page.accent) ? page.accent : theme.accent, scheme)
  const [panel, field, bubble] = RADII[theme.corner]
  return {
    '--_scheme': scheme,
    ...Object.fromEntries(Object.entries(colours).map(([name, colour]) => [`--_${name}`, colour])),
    '--_panel-radius': panel,
    '--_field-radius': field,
    '--_bubble-radius': bubble,
  }
}
