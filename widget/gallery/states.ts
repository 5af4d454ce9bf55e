/** Every state the element has, as the conversation that brings it about. */
import type { ConversationState, ShownMessage } from '../session/conversation-state.ts'

const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 21, 18, minutes)).toISOString()

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()

const visitor = (turn: number, text: string, more: Partial<ShownMessage> = {}): ShownMessage => ({
  messageId: `v${turn}`,
  turnId: `t${turn}`,
  position: turn * 2 - 1,
  role: 'visitor',
  text,
  at: at(turn),
  delivery: 'sent',
  streaming: false,
  ...more,
})
const twin = (turn: number, text: string, more: Partial<ShownMessage> = {}): ShownMessage => ({
  ...visitor(turn, text),
  messageId: `r${turn}`,
  position: turn * 2,
  role: 'twin',
  outcome: 'answered',
  ...more,
})

const question = visitor(1, 'What makes a great last-minute goal?')
const answer = twin(
  1,
  'It starts long before the ball crosses the line. You hear it first: a **hush**, then forty thousand people breathing in at once.\n\nThree things, if you ask me:\n\n1. **Cost.** Somebody has to have something to lose.\n2. **Time.** Ninety-two on the clock, legs gone.\n3. **Doubt.** Half the ground has already stopped believing.\n\n> Never talk over the roar. The roar is the commentary.',
  {
    sources: [
      { title: 'Notes from the gantry' },
      { title: 'Calling the final', url: 'https://remyvale.example/final' },
    ],
  },
)
const second = visitor(2, 'And how do you keep your voice?')
const streaming = twin(
  2,
  'Warm water, no milk, and I whisper until kick-off. The first goal is the one that hurts: you go from nothing to everything in',
  {
    streaming: true,
  },
)
const { outcome: _outcome, ...unfinished } = streaming
const open = { line: 'open', placesLeft: 900 } as const
const talk = [question, answer]
const many = Array.from({ length: 12 }, (_, i) => [
  visitor(i + 1, `Question number ${i + 1}, about the long road to the final`),
  twin(
    i + 1,
    'A longer answer that takes two or three lines in the panel, so that the log has something to scroll through and the reader somewhere to be.',
  ),
]).flat()
const typeset = twin(
  1,
  '# The shape of a final\n\nA table, a link and some `code`:\n\n| Match | Minute | Goal |\n|---|---|---|\n| Final 2014 | 113 | The chest, the volley |\n| Semi 2018 | 109 | A header from nothing |\n\nRead [the long version](https://remyvale.example/stories/final), or quote it:\n\n```\nhush -> breath -> roar\n```\n\n- one thought\n- another, with a second line that wraps around in the narrow panel\n  - and a smaller one',
)

export const states: Readonly<Record<string, Partial<ConversationState>>> = {
  'first meeting': { ...open },
  connecting: { line: 'connecting' },
  thinking: { ...open, messages: [...talk, second], activeTurnId: 't2' },
  streaming: { ...open, messages: [...talk, second, unfinished], activeTurnId: 't2' },
  answered: { ...open, messages: talk },
  typeset: { ...open, messages: [visitor(1, 'Show me everything you can set.'), typeset] },
  stopped: { ...open, messages: [question, twin(1, 'It starts long before the ball', { outcome: 'stopped' })] },
  failed: { ...open, messages: [question, twin(1, '', { outcome: 'failed', reason: 'model_timeout' })] },
  interrupted: {
    ...open,
    messages: [question, twin(1, 'It starts long before', { outcome: 'interrupted', reason: 'room_restarted' })],
  },
  blocked: {
    ...open,
    messages: [question, twin(1, 'At half time I drink', { outcome: 'blocked', reason: 'avoided_term' })],
  },
  reconnecting: { ...open, line: 'reconnecting', messages: talk },
  offline: {
    ...open,
    line: 'offline',
    messages: [...talk, visitor(2, 'Still with me, in this tunnel?', { delivery: 'pending' })],
  },
  refused: { ...open, messages: [visitor(1, 'a\ud800b', { delivery: 'refused', problem: 'message_malformed' })] },
  warned: { ...open, messages: talk, warning: { code: 'rate_limited', detail: '' } },
  'nearly full': { ...open, messages: talk, placesLeft: 60 },
  full: { ...open, messages: talk, placesLeft: 0 },
  ended: { line: 'closed', messages: talk, refusal: { code: 'campaign_ended', detail: '' } },
  away: { line: 'closed', refusal: { code: 'twin_not_found', detail: '' } },
  unreachable: { line: 'closed', messages: talk, refusal: { code: 'service_unavailable', detail: '' } },
  'follow-ups': {
    ...open,
    messages: [
      question,
      { ...answer, followUps: ['Which final did you lose your voice in?', 'What do you write on your cards?'] },
    ],
  },
  edited: {
    ...open,
    messages: [
      { ...question, edits: 1 },
      { ...answer, rating: 'up' },
    ],
  },
  'other days': {
    ...open,
    messages: [
      visitor(1, 'Was it always football?', { at: daysAgo(400) }),
      twin(1, 'It was cycling first, on a radio the size of a loaf.', { at: daysAgo(400) }),
      visitor(2, 'And when did that change?', { at: daysAgo(1) }),
      twin(2, 'The day the other commentator missed his train.', { at: daysAgo(1) }),
      visitor(3, 'Do you still ride?', { at: daysAgo(0) }),
      twin(3, 'Only downhill.', { at: daysAgo(0) }),
    ],
  },
  'not begun': { line: 'closed', refusal: { code: 'campaign_not_started', detail: '' } },
  deleted: { line: 'closed', refusal: { code: 'conversation_deleted', detail: '' } },
  'not signed in': { line: 'closed', messages: talk, refusal: { code: 'identity_invalid', detail: '' } },
  arabic: {
    ...open,
    messages: [
      visitor(1, 'كيف أستعد لأول سباق لي؟'),
      twin(
        1,
        'ابدئي **ببطء**، أبطأ مما تظنين.\n\n1. ثلاث مرات في الأسبوع تكفي.\n2. يوم راحة بعد كل جري طويل.\n3. حذاء تعرفه قدماك.\n\n> من يبدأ سريعًا يصل متأخرًا.',
        {
          sources: [{ title: 'دفتر المضمار' }, { title: 'Running for beginners', url: 'https://layan.example/start' }],
          followUps: ['وماذا عن الأيام الممطرة؟'],
        },
      ),
    ],
  },
  long: { ...open, messages: many, hasOlder: true },
}
