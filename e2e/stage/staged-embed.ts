import type { EmbedConfig } from '../../schema/wire/embed.ts'

/** The public look and words of a deployment on a stage. */
export type StagedEmbed = EmbedConfig

/** Remy's, changed where a test wants it. */
export function stagedEmbed(change: Partial<EmbedConfig> = {}): StagedEmbed {
  return {
    deploymentId: '50000000-0000-4000-8000-0000000000aa',
    type: 'EMBEDDED_WIDGET',
    twin: { name: 'Remy Vale', tagline: 'The voice of the last minute', portrait: null },
    greeting: 'Good evening. Which match shall we talk about?',
    suggestions: [
      'What makes a great last-minute goal?',
      'How do you keep your voice?',
      'Which final was the loudest?',
    ],
    theme: { accent: '#b3261e', scheme: 'light', corner: 'soft', density: 'comfortable', position: 'bottom-right' },
    disclosure: 'You are talking to an AI twin of Remy Vale, not to Remy Vale in person.',
    invitation: 'Talk to the AI twin of Remy Vale',
    proactive: null,
    consent: null,
    imageHosts: [],
    contextKeys: [],
    sponsor: null,
    ...change,
  }
}
