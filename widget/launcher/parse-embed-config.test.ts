import { describe, expect, it } from 'vitest'
import type { EmbedConfig } from '../../schema/wire/embed.ts'
import { parseEmbedConfig } from './parse-embed-config.ts'

const { type, ...known }: EmbedConfig = {
  deploymentId: '00000000-0000-4000-8000-000000000001',
  type: 'BRAND_CAMPAIGN',
  twin: { name: 'Remy Vale', tagline: 'Football voice.', portrait: '/media/remy-vale.svg' },
  greeting: 'Good evening.',
  suggestions: ['What makes a great goal?'],
  theme: {
    accent: '#0f7b5f',
    scheme: 'dark',
    corner: 'round',
    density: 'compact',
    position: 'top',
    launcher: 'icon',
    launcherLabel: 'Ask Remy',
  },
  disclosure: 'You are talking to an AI twin of Remy Vale.',
  invitation: 'Talk to the AI twin of Remy Vale',
  proactive: { text: 'Shall we talk?', delaySeconds: 15 },
  consent: {
    version: '3',
    text: 'We keep what you write.',
    privacyUrl: 'https://remy.example/privacy',
    termsUrl: null,
  },
  imageHosts: ['images.remy.example'],
  contextKeys: ['page'],
  sponsor: { brand: 'Solara', label: 'Paid partnership with Solara' },
}

describe('the look and words of a deployment', () => {
  it('are taken as they are when all of it can be read', () => {
    expect(parseEmbedConfig({ ...known, type })).toEqual(known)
  })

  it('are taken again as they were taken', () => {
    expect(parseEmbedConfig(parseEmbedConfig(known))).toEqual(known)
  })

  it.each([
    ['nothing', null],
    ['a text', 'twin'],
    ['no id', { ...known, deploymentId: '' }],
    ['no name', { ...known, twin: { ...known.twin, name: undefined } }],
    ['no disclosure', { ...known, disclosure: 1 }],
    ['a sponsor without words', { ...known, sponsor: { brand: 'Solara' } }],
    ['a consent of no version', { ...known, consent: { ...known.consent, version: 3 } }],
  ])('are not shown with %s', (_case, value) => {
    expect(parseEmbedConfig(value)).toBeUndefined()
  })

  it.each([
    ['accent', 'red;}*{display:none', '#4a4a4a'],
    ['scheme', 'sepia', 'auto'],
    ['corner', 7, 'soft'],
    ['density', null, 'comfortable'],
    ['position', 'middle', 'bottom-right'],
    ['launcher', 'robot', 'face'],
  ])('have the default where %s is %j', (name, value, expected) => {
    expect(parseEmbedConfig({ ...known, theme: { ...known.theme, [name]: value } })?.theme).toHaveProperty(
      name,
      expected,
    )
  })

  it('allow no picture and no context that is not listed as text', () => {
    const config = parseEmbedConfig({ ...known, imageHosts: '*', contextKeys: [{}, 'page'] })
    expect(config).toMatchObject({ imageHosts: [], contextKeys: ['page'] })
  })

  it('link to the web and nowhere else', () => {
    const consent = { ...known.consent, privacyUrl: 'javascript:alert(1)', termsUrl: 'HTTPS://remy.example/terms' }
    expect(parseEmbedConfig({ ...known, consent })?.consent).toMatchObject({
      privacyUrl: null,
      termsUrl: 'HTTPS://remy.example/terms',
    })
  })
})
