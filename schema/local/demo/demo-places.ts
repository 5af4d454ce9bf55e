/** Where the demo's twins live: their deployments, the pages that may embed them, and their words. */
import type { Id } from '../../domain/id.ts'
import type { Theme } from '../../wire/embed.ts'
import { CAST } from '../cast.ts'

/** The ports of the run: seeded addresses follow them. */
export interface DemoPorts {
  readonly worker: number
  readonly demo: number
}

export interface DemoPlace {
  readonly id: Id<'deployment'>
  readonly type: 'VIBETHINK_PORTAL' | 'EMBEDDED_WIDGET' | 'BRAND_CAMPAIGN' | 'WHITE_LABEL'
  readonly celebrity: 'remy' | 'ada'
  readonly campaign?: 'solara' | 'kickCola'
  readonly name: string
  readonly portalUrl?: string
  readonly theme: Theme
  readonly greeting: string
  readonly suggestions: readonly string[]
  readonly page?: { readonly title: string; readonly intro: string }
  readonly origins: readonly string[]
  readonly hostname?: string
}

/** The five deployments of the demo. */
export function demoPlaces(ports: DemoPorts): readonly DemoPlace[] {
  const site = (name: string) => `http://${name}.localhost:${ports.demo}`
  return [
    {
      id: CAST.deployments.remyWidget,
      type: 'EMBEDDED_WIDGET',
      celebrity: 'remy',
      name: 'Remy’s own site',
      theme: {
        accent: '#14503d',
        scheme: 'auto',
        corner: 'soft',
        density: 'comfortable',
        position: 'bottom-right',
        launcherLabel: 'Ask Remy’s twin',
      },
      greeting:
        'Evening. I’m the AI twin of Remy Vale, fed on thirty-one seasons of his notebooks. What did you see today?',
      suggestions: [
        'What was the loudest ground you ever worked?',
        'How do you call a penalty shoot-out?',
        'What is in your flask at half-time?',
      ],
      origins: [site('remyvale'), site('strict')],
    },
    {
      id: CAST.deployments.remyPortal,
      type: 'VIBETHINK_PORTAL',
      celebrity: 'remy',
      name: 'Remy’s page on the portal',
      portalUrl: `http://localhost:${ports.worker}/${CAST.remy.slug}`,
      theme: { accent: '#b23a12', scheme: 'auto', corner: 'soft', density: 'comfortable', position: 'bottom-right' },
      greeting: 'Good to have you in the gantry. I’m Remy Vale’s AI twin. Ask me about a match, a name or a noise.',
      suggestions: [
        'What do you look for in the first ten minutes?',
        'How did you begin as a commentator?',
        'What makes a good line?',
      ],
      page: {
        title: 'Remy Vale, between matches',
        intro:
          'Thirty-one seasons behind the microphone, 1,904 matches, and every notebook read by his AI twin. Pull up a chair.',
      },
      origins: [],
    },
    {
      id: CAST.deployments.solaraCampaign,
      type: 'BRAND_CAMPAIGN',
      celebrity: 'remy',
      campaign: 'solara',
      name: 'Solara summer landing page',
      theme: {
        accent: '#ff5a1f',
        scheme: 'auto',
        corner: 'round',
        density: 'comfortable',
        position: 'bottom-right',
        launcherLabel: 'Talk football with Remy’s twin',
      },
      greeting:
        'Ice in the jug, match on the telly. I’m Remy Vale’s AI twin, here for the summer with Solara. What are we celebrating?',
      suggestions: [
        'How should I celebrate a late winner?',
        'How do I make the half-time cooler?',
        'Give me a line for a 4–3',
      ],
      origins: [site('solara')],
    },
    {
      id: CAST.deployments.kickColaCampaign,
      type: 'BRAND_CAMPAIGN',
      celebrity: 'remy',
      campaign: 'kickCola',
      name: 'Kick Cola cage tour page',
      theme: {
        accent: '#e1061b',
        scheme: 'dark',
        corner: 'sharp',
        density: 'compact',
        position: 'bottom-left',
        launcherLabel: 'Get commentated',
      },
      greeting:
        'Floodlights are on. I’m Remy Vale’s AI twin, out late with Kick Cola. Give me a score and who hit the post.',
      suggestions: [
        'Can you commentate our five-a-side?',
        'Where does the cage tour stop next?',
        'What do you drink at half-time?',
      ],
      origins: [site('kickcola')],
    },
    {
      id: CAST.deployments.marlowWhiteLabel,
      type: 'WHITE_LABEL',
      celebrity: 'ada',
      name: 'Ada’s own host',
      theme: { accent: '#2b5fb3', scheme: 'auto', corner: 'round', density: 'comfortable', position: 'bottom-right' },
      greeting:
        'Hello, I’m the AI twin of Ada Marlow, on her twenty-two years of training notes. How did your last run feel?',
      suggestions: [
        'How do I run my first five kilometres?',
        'How slow is an easy run?',
        'What should I eat before a race?',
      ],
      page: {
        title: 'Run with Ada Marlow',
        intro:
          'Twenty-two years of training notes, answered at any hour by Ada’s AI twin. One thing to do next, and a reason to be patient.',
      },
      origins: [],
      hostname: CAST.whiteLabelHost,
    },
  ]
}
