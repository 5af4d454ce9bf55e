/** Where the demo's twins live: their deployments, the pages that may embed them, and their words. */
import type { Id } from '../../domain/id.ts'
import type { Consent, Proactive, Theme } from '../../wire/embed.ts'
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
  /** The first three greet a visitor; each is answered by a text of the twin's. */
  readonly suggestions: readonly string[]
  readonly proactive?: Proactive
  readonly consent?: Consent
  readonly imageHosts?: readonly string[]
  readonly contextKeys?: readonly string[]
  /** The demo's own key signs for who is logged in on its page. */
  readonly knowsMembers?: true
  readonly page?: { readonly title: string; readonly intro: string }
  readonly origins: readonly string[]
  readonly hostname?: string
}

/** The six deployments of the demo. */
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
        'What do you watch in the first ten minutes?',
        'What do you ask each player before kick-off?',
        'What makes a good line of commentary?',
        'How should I celebrate a late winner?',
        'How did you begin as a commentator?',
        'Can you commentate our five-a-side?',
        'What are the house rules of the match room?',
      ],
      contextKeys: ['match', 'score', 'minute'],
      origins: [site('remyvale'), site('strict'), site('playground')],
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
        'Why did you say nothing for eleven seconds at Calder?',
        'How do you call a penalty shoot-out?',
        'What do you ask each player before kick-off?',
        'What will you not drink before the second half?',
        'How should I celebrate a late winner?',
      ],
      imageHosts: ['images.remyvale.example'],
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
        launcher: 'face',
      },
      greeting:
        'Ice in the jug, match on the telly. I’m Remy Vale’s AI twin, here for the summer with Solara. What are we celebrating?',
      suggestions: [
        'How should I celebrate a late winner?',
        'How do I make the half-time cooler?',
        'Give me a line for a 4–3',
        'Which flavours are there this summer?',
        'Which can should I open for extra time?',
        'What should I keep from the day after?',
        'How do you call a penalty shoot-out?',
        'What was the loudest ground you ever worked?',
      ],
      proactive: { text: 'Somebody, somewhere, is about to score. Shall we talk about it?', delaySeconds: 15 },
      page: {
        title: 'Summer tastes like extra time',
        intro: 'Ice, citrus and a late winner. Talk the whole summer of football through with Remy Vale’s AI twin.',
      },
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
        launcher: 'pill',
        launcherLabel: 'Get commentated',
      },
      greeting:
        'Floodlights are on. I’m Remy Vale’s AI twin, out late with Kick Cola. Give me a score and who hit the post.',
      suggestions: [
        'Can you commentate our five-a-side?',
        'Where does the cage tour stop next?',
        'What do you drink at half-time?',
        'How much caffeine is in a Kick Cola?',
        'When is first whistle at Dock Seven?',
        'How do you call a small pitch?',
        'How do you find a name that sticks?',
        'How should we celebrate a late winner?',
      ],
      page: {
        title: 'No half time',
        intro: 'Eleven cages, eleven cities, every kick-off after dark. Remy Vale’s AI twin calls your five-a-side.',
      },
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
        'Why does your warm-up need a lamp post?',
        'When should I rest?',
        'Which shoes should I buy?',
        'Where does a stitch come from?',
        'How often should I run hills?',
        'How do I get through a bad patch?',
      ],
      page: {
        title: 'Run with Ada Marlow',
        intro:
          'Twenty-two years of training notes, answered at any hour by Ada’s AI twin. One thing to do next, and a reason to be patient.',
      },
      origins: [],
      hostname: CAST.whiteLabelHost,
    },
    {
      id: CAST.deployments.marlowClub,
      type: 'EMBEDDED_WIDGET',
      celebrity: 'ada',
      name: 'Members’ pages of Ada’s running club',
      theme: {
        accent: '#0f6b5c',
        scheme: 'light',
        corner: 'soft',
        density: 'comfortable',
        position: 'bottom',
        launcher: 'pill',
        launcherLabel: 'Ask Ada’s twin about your week',
      },
      greeting:
        'Hello from the club house. I’m the AI twin of Ada Marlow, and I have read all her training notes. What is on your plan today?',
      suggestions: [
        'What do I do when I miss a week?',
        'Why does your warm-up need a lamp post?',
        'Is it soreness or pain?',
        'How slow is an easy run?',
        'How often should I run hills?',
        'What should I lay out before race morning?',
        'Which shoes should I buy?',
        'Where does a stitch come from?',
      ],
      consent: {
        version: '2026-11',
        text: 'What you write here is answered by an AI and kept with your membership, so that you find it again on all your devices. You can delete it at any time.',
        privacyUrl: 'https://club.marlow.example/privacy',
        termsUrl: 'https://club.marlow.example/terms',
      },
      imageHosts: ['images.marlow.example'],
      contextKeys: ['page', 'plan', 'week'],
      knowsMembers: true,
      origins: [site('marlowclub'), site('playground')],
    },
  ]
}
