/** Checks the deployment's public look and words field by field; `undefined` means it is not one. */
import type { EmbedConfig } from '../../schema/wire/embed.ts'

/** All that the element uses: it does not care on which kind of page it lives. */
export type TwinConfig = Omit<EmbedConfig, 'type'>

/** Looks fall back to a default; what a person must be told (name, disclosure, sponsor) does not. */
export function parseEmbedConfig(value: unknown): TwinConfig | undefined {
  const { deploymentId, twin, greeting, disclosure, sponsor, theme, consent, proactive, ...more } = fields(value)
  const { name, tagline, portrait } = fields(twin)
  const { accent, scheme, corner, density, position, launcher, launcherLabel } = fields(theme)
  const { brand, label } = fields(sponsor)
  const { version, text: wording, privacyUrl, termsUrl } = fields(consent)
  const { text: said, delaySeconds } = fields(proactive)
  if (!text(deploymentId) || !text(name) || !text(disclosure)) return
  if (sponsor && !text(label)) return
  if (consent && !text(version)) return
  return {
    deploymentId: text(deploymentId),
    twin: { name: text(name), tagline: text(tagline), portrait: text(portrait) || null },
    greeting: text(greeting),
    suggestions: texts(more['suggestions']).slice(0, 3),
    theme: {
      accent: /^#[0-9a-f]{6}$/i.test(text(accent)) ? text(accent) : '#4a4a4a',
      scheme: oneOf(scheme, ['auto', 'light', 'dark']),
      corner: oneOf(corner, ['soft', 'sharp', 'round']),
      density: oneOf(density, ['comfortable', 'compact']),
      position: oneOf(position, ['bottom-right', 'bottom', 'bottom-left', 'top-right', 'top', 'top-left']),
      ...(text(launcher) && { launcher: oneOf(launcher, ['face', 'pill', 'icon']) }),
      ...(text(launcherLabel) && { launcherLabel: text(launcherLabel) }),
    },
    disclosure: text(disclosure),
    invitation: text(more['invitation']),
    proactive: text(said) ? { text: text(said), delaySeconds: Number(delaySeconds) || 0 } : null,
    consent: consent
      ? { version: text(version), text: text(wording), privacyUrl: web(privacyUrl), termsUrl: web(termsUrl) }
      : null,
    imageHosts: texts(more['imageHosts']),
    contextKeys: texts(more['contextKeys']),
    sponsor: sponsor ? { brand: text(brand), label: text(label) } : null,
  }
}

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(text).filter(Boolean) : [])

const web = (value: unknown): string | null => (/^https?:/i.test(text(value)) ? text(value) : null)

/** The value if it is one of the words, else the first of them. */
const oneOf = <W extends string>(value: unknown, words: readonly [W, ...W[]]): W =>
  words.find((word) => word === value) ?? words[0]
