/** The looks and words the gallery and the element's tests show. Fictional people and brands. */
import type { TwinConfig } from '../launcher/parse-embed-config.ts'

export const remy: TwinConfig = {
  deploymentId: '00000000-0000-4000-8000-000000000001',
  twin: {
    name: 'Remy Vale',
    tagline: 'Football voice. Twenty seasons, one microphone.',
    portrait: '/media/remy-vale.svg',
  },
  greeting: 'Good evening from the commentary box. Which moment shall we relive?',
  suggestions: [
    'What makes a great last-minute goal?',
    'How do you prepare for a final?',
    'Which match would you call again?',
  ],
  theme: {
    accent: '#0f7b5f',
    scheme: 'light',
    corner: 'soft',
    density: 'comfortable',
    position: 'bottom-right',
    launcherLabel: 'Ask Remy about the match',
  },
  disclosure: 'You are talking to an AI twin of Remy Vale. It can be wrong.',
  invitation: 'Talk to the AI twin of Remy Vale',
  proactive: null,
  consent: null,
  imageHosts: [],
  contextKeys: [],
  sponsor: null,
}

/** The same twin on a brand's page. */
export const solara: TwinConfig = {
  ...remy,
  deploymentId: '00000000-0000-4000-8000-000000000002',
  greeting: 'Summer, a ball and something cold. What are we celebrating?',
  theme: { ...remy.theme, accent: '#f08a00', corner: 'round' },
  sponsor: { brand: 'Solara', label: 'Paid partnership with Solara' },
}

/** The same deployment, which asks before it stores or sends. */
export const careful: TwinConfig = {
  ...remy,
  consent: {
    version: '2026-11',
    text: 'To answer you, we process what you write and keep the conversation for a year. You may delete it at any time.',
    privacyUrl: 'https://remyvale.example/privacy',
    termsUrl: 'https://remyvale.example/terms',
  },
}

/** A twin whose world is written from right to left. */
export const layan: TwinConfig = {
  ...remy,
  deploymentId: '00000000-0000-4000-8000-000000000003',
  twin: { name: 'ليان النجمي', tagline: 'مدربة جري، صباحات باردة وخطوات طويلة.', portrait: null },
  greeting: 'صباح الخير من المضمار. من أين نبدأ؟',
  suggestions: ['كيف أستعد لأول سباق لي؟', 'ماذا آكل قبل الجري؟', 'كم مرة أتدرب في الأسبوع؟'],
  theme: { ...remy.theme, accent: '#8a3ffc', launcherLabel: 'اسأل ليان' },
  disclosure: 'أنت تتحدث إلى توأم ليان النجمي بالذكاء الاصطناعي. قد يخطئ.',
  invitation: 'تحدث إلى توأم ليان النجمي بالذكاء الاصطناعي',
}
