/** Checks the deployment's public look and words field by field; `undefined` means it is not one. */
import type { EmbedConfig } from '../../schema/wire/embed.ts'

/** All that the element uses: it does not care on which kind of page it lives. */
export type TwinConfig = Omit<EmbedConfig, 'type'>

/** Looks fall back to a default; what a person must be told (name, disclosure, sponsor) does not. */
export function parseEmbedConfig(value: unknown): TwinConfig | undefined {
  const { deploymentId, twin, greeting, suggestions, disclosure, sponsor, theme } = fields(value)
  const { name, tagline, portrait } = fields(twin)
  const { accent, scheme, corner, density, position, launcherLabel } = fields(theme)
  const { brand, label } = fields(sponsor)
  if (!text(deploymentId) || !text(name) || !text(disclosure)) return
  if (sponsor && !text(label)) return
  return {
    deploymentId: text(deploymentId),
    twin: { name: text(name), tagline: text(tagline), portrait: text(portrait) || null },
    greeting: text(greeting),
    suggestions: Array.isArray(suggestions) ? suggestions.map(text).filter(Boolean).slice(0, 3) : [],
    theme: {
      accent: /^#[0-9a-f]{6}$/i.test(text(accent)) ? text(accent) : '#4a4a4a',
      scheme: oneOf(scheme, ['auto', 'light', 'dark']),
      corner: oneOf(corner, ['soft', 'sharp', 'round']),
      density: oneOf(density, ['comfortable', 'compact']),
      position: oneOf(position, ['bottom-right', 'bottom-left', 'top-right', 'top-left']),
      ...(text(launcherLabel) && { launcherLabel: text(launcherLabel) }),
    },
    disclosure: text(disclosure),
    invitation: '',
    proactive: null,
    consent: null,
    imageHosts: [],
    contextKeys: [],
    sponsor: sponsor ? { brand: text(brand), label: text(label) } : null,
  }
}

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The value if it is one of the words, else the first of them. */
const oneOf = <W extends string>(value: unknown, words: readonly [W, ...W[]]): W =>
  words.find((word) => word === value) ?? words[0]
