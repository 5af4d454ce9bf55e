/** Two twins for the scenes: one whose page is English, one whose page is Arabic and runs from right to left. */
import type { EmbedConfig } from '../../schema/wire/embed.ts'
import { stagedEmbed } from '../stage/staged-embed.ts'

export interface Speaker {
  readonly lang: 'en' | 'ar'
  readonly dir: 'ltr' | 'rtl'
  readonly embed: EmbedConfig
  readonly question: string
  readonly second: string
  readonly answer: string
  /** Everything a reply can be set in. */
  readonly typeset: string
  readonly followUps: readonly string[]
  readonly source: string
  /** Somebody of the twin's side, and what they say. */
  readonly person: { readonly name: string; readonly text: string }
}

const theme = { accent: '#b3261e', scheme: 'auto', corner: 'soft', density: 'comfortable' } as const

export const remy: Speaker = {
  lang: 'en',
  dir: 'ltr',
  embed: stagedEmbed({
    twin: {
      name: 'Remy Vale',
      tagline: 'Commentator. Forty years of finals, told from the gantry.',
      portrait: '/media/remy-vale.svg',
    },
    greeting: 'Good evening. Sit down, the anthem is nearly over. What shall we talk about?',
    theme: { ...theme, position: 'bottom-right' },
    disclosure: 'You are talking to an AI twin of Remy Vale. It can be wrong.',
  }),
  question: 'What makes a great last-minute goal?',
  second: 'And how do you keep your voice?',
  answer: 'It starts long before the ball crosses the line. You hear it first: a **hush**, then forty thousand people.',
  typeset: [
    '## The shape of a final',
    'A table, a link and some `code`:',
    '| Match | Minute | Goal |\n|---|---|---|\n| Final 2014 | 113 | The chest, the volley |\n| Semi 2018 | 109 | A header from nothing |',
    'Read [the long version](https://remyvale.example/stories/final), or quote it:',
    '> Never talk over the roar. The roar is the commentary.',
    '```\nhush -> breath -> roar, and nobody in the whole ground who breathes out before it is over\n```',
    '1. **Cost.** Somebody has to have something to lose.\n2. **Time.** Ninety-two on the clock.\n   - legs gone\n   - lungs too',
  ].join('\n\n'),
  followUps: ['Which final did you lose your voice in?', 'What do you write on your cards?'],
  source: 'Notes from the gantry',
  person: {
    name: 'Maya',
    text: 'Hello, I look after Remy’s calendar. He is on air on Sunday, and **yes**, he will sign the scarf: https://remyvale.example/scarf',
  },
}

export const layan: Speaker = {
  lang: 'ar',
  dir: 'rtl',
  embed: stagedEmbed({
    twin: { name: 'ليان النجمي', tagline: 'مدربة جري، صباحات باردة وخطوات طويلة.', portrait: null },
    greeting: 'صباح الخير من المضمار. من أين نبدأ؟',
    suggestions: ['كيف أستعد لأول سباق لي؟', 'ماذا آكل قبل الجري؟', 'كم مرة أتدرب في الأسبوع؟'],
    theme: { ...theme, accent: '#8a3ffc', corner: 'round', position: 'bottom-left' },
    disclosure: 'أنت تتحدث إلى توأم ليان النجمي بالذكاء الاصطناعي. قد يخطئ.',
    invitation: 'تحدث إلى توأم ليان النجمي بالذكاء الاصطناعي',
  }),
  question: 'كيف أستعد لأول سباق لي؟',
  second: 'وماذا عن الأيام الممطرة؟',
  answer: 'ابدئي **ببطء**، أبطأ مما تظنين. ثلاث مرات في الأسبوع تكفي، ويوم راحة بعد كل جري طويل.',
  typeset: [
    '## أول سباق',
    'جدول ورابط وبعض `code`:',
    '| الأسبوع | المسافة | الإيقاع |\n|---|---|---|\n| الأول | 3 كم | كما تتكلمين |\n| الرابع | 8 كم | أبطأ قليلًا |',
    'اقرئي [الخطة كاملة](https://layan.example/start):',
    '> من يبدأ سريعًا يصل متأخرًا.',
    '```\nwalk -> jog -> run, and one whole day of rest after every long run of the whole season\n```',
    '1. ثلاث مرات في الأسبوع تكفي.\n2. يوم راحة بعد كل جري طويل.\n   - نوم\n   - ماء',
  ].join('\n\n'),
  followUps: ['وماذا عن الأيام الممطرة؟', 'أي حذاء أختار؟'],
  source: 'دفتر المضمار',
  person: { name: 'مها', text: 'مرحبًا، أنا أنظّم جدول ليان. السباق المفتوح يوم الجمعة، وستكون هناك عند خط البداية.' },
}
