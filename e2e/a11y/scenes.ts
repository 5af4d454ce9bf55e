/** Every state of the element that somebody can meet, as what the deployment is, what the room says and what they do. */
import type { Locator } from 'playwright-core'
import type { EmbedConfig } from '../../schema/wire/embed.ts'
import type { ClientFrame, MessageRecord, ServerFrame, WelcomeFrame } from '../../schema/wire/frames.ts'
import type { ProblemCode } from '../../schema/wire/problem.ts'
import type { Stage, StagedRoom } from '../stage/open-stage.ts'
import type { Speaker } from './speakers.ts'

/** When it happens, on every clock of the stage. */
export const NOW = '2026-11-21T18:07:00.000Z'

export interface Acting {
  readonly stage: Stage
  readonly speaker: Speaker
  /** What has this selector in the element. */
  readonly find: (selector: string) => Locator
}

export interface Scene {
  readonly name: string
  readonly embed?: (embed: EmbedConfig) => Partial<EmbedConfig>
  readonly room?: (speaker: Speaker) => StagedRoom
  readonly door?: { readonly status: number; readonly code: ProblemCode }
  /** It is the page, and no bubble on one. */
  readonly isPage?: boolean
  /** Brings it about, and waits until it is there. Without it the page is left as it opens. */
  readonly act?: (acting: Acting) => Promise<void>
}

const minutesAgo = (minutes: number): string => new Date(Date.parse(NOW) - minutes * 60_000).toISOString()

/** Question and reply of a turn. */
function turn(
  number: number,
  [question, answer]: readonly [string, string],
  reply: Partial<MessageRecord> = {},
  at: string = minutesAgo(9 - number),
): MessageRecord[] {
  const turnId = `t${number}`
  return [
    { position: number * 2 - 1, messageId: `v${number}`, turnId, role: 'visitor', text: question, at },
    {
      position: number * 2,
      messageId: `r${number}`,
      turnId,
      role: 'twin',
      text: answer,
      at,
      outcome: 'answered',
      ...reply,
    },
  ]
}

const talk = ({ question, answer, source }: Speaker, reply: Partial<MessageRecord> = {}): MessageRecord[] =>
  turn(1, [question, answer], {
    sources: [{ title: source }, { title: 'Calling the final', url: 'https://remyvale.example/final' }],
    ...reply,
  })

/** A room with a conversation in it. */
const answered = (speaker: Speaker): StagedRoom => ({ messages: talk(speaker) })

/** A room that takes the second question and goes no further than these words. */
const speaking =
  (words: readonly string[], ...more: readonly ServerFrame[]) =>
  (speaker: Speaker): StagedRoom => ({
    messages: talk(speaker),
    take(frame: ClientFrame, say: (frame: ServerFrame) => void) {
      if (frame.type !== 'message-send') return
      const { messageId, text } = frame
      const [turnId, at] = ['t2', NOW]
      say({ type: 'message-added', seq: 1, position: 3, turnId, at, messageId, text })
      say({ type: 'ack', seq: 1, messageId, turnId })
      say({ type: 'reply-start', seq: 2, position: 4, turnId, at, messageId: 'r2' })
      words.forEach((word, index) => say([3 + index, word]))
      more.forEach((frame) => say(frame))
    },
  })

const STREAMED = ['Warm water, no milk, ', 'and I whisper until kick-off. The first goal is the one that ']

async function open({ find }: Acting): Promise<void> {
  await find('.launcher').click()
  await find('.panel').waitFor()
  await find('.log').hover()
}

/** Opens it and waits until what the room remembers stands, with its tools. */
async function openTalk(acting: Acting): Promise<void> {
  await open(acting)
  await acting.find('.twin [data-act=copy]').last().waitFor({ state: 'attached' })
}

async function ask(acting: Acting, words: string = acting.speaker.second): Promise<void> {
  await acting.find('.composer textarea').fill(words)
  await acting.find('.composer textarea').press('Enter')
}

const openTo =
  (selector: string) =>
  async (acting: Acting): Promise<void> => {
    await open(acting)
    await acting.find(selector).first().waitFor()
  }

const askTo =
  (selector: string) =>
  async (acting: Acting): Promise<void> => {
    await openTalk(acting)
    await ask(acting)
    await acting.find(selector).first().waitFor()
  }

/** Opens the sheet of conversations, and presses one after the other what is in it. */
const openSheet =
  (...presses: readonly string[]) =>
  async (acting: Acting): Promise<void> => {
    await openTalk(acting)
    await acting.find('[part=more-button]').click()
    await acting.find('.sheet').waitFor()
    for (const press of presses) await acting.find(press).click()
  }

const ends = (reply: Partial<MessageRecord>): Pick<Scene, 'room' | 'act'> => ({
  room: (speaker) => ({ messages: turn(1, [speaker.question, speaker.answer], reply) }),
  act: openTo('.twin .note'),
})

const isRefused = (status: number, code: ProblemCode): Pick<Scene, 'door' | 'act'> => ({
  door: { status, code },
  act: openTo('.end'),
})

export const scenes: readonly Scene[] = [
  { name: 'launcher face' },
  {
    name: 'launcher pill',
    embed: ({ theme }) => ({ theme: { ...theme, launcherLabel: 'Ask me about the match' } }),
  },
  { name: 'launcher icon', embed: ({ theme }) => ({ theme: { ...theme, launcher: 'icon' } }) },
  {
    name: 'teaser',
    embed: ({ suggestions: [first = ''] }) => ({ proactive: { text: first, delaySeconds: 0 } }),
    async act({ find }) {
      await find('.teaser .words').filter({ hasText: /./ }).waitFor()
    },
  },
  { name: 'first meeting', act: openTo('.questions button') },
  { name: 'first meeting in a campaign', embed: sponsored, act: openTo('.sponsor') },
  { name: 'connecting', room: () => ({ welcome: null }), act: openTo('.status.late') },
  { name: 'thinking', room: speaking([]), act: askTo('.thinking') },
  { name: 'streaming', room: speaking(STREAMED), act: askTo('.reply[data-streaming]:has-text("first goal")') },
  {
    name: 'answered',
    room: (speaker) => ({ messages: talk(speaker, { text: speaker.typeset, followUps: speaker.followUps }) }),
    act: openTalk,
  },
  {
    name: 'answered in a campaign',
    embed: sponsored,
    room: (speaker) => ({ messages: talk(speaker, { followUps: speaker.followUps }) }),
    act: openTalk,
  },
  {
    name: 'answered as a page',
    isPage: true,
    room: (speaker) => ({ messages: talk(speaker, { text: speaker.typeset, followUps: speaker.followUps }) }),
    async act({ find }) {
      await find('.log').click({ position: { x: 4, y: 4 } })
      await find('.twin [data-act=copy]').waitFor({ state: 'attached' })
    },
  },
  {
    name: 'first meeting as a page',
    isPage: true,
    async act({ find }) {
      await find('.log').click({ position: { x: 4, y: 4 } })
      await find('.questions button').first().waitFor()
    },
  },
  { name: 'stopped', ...ends({ outcome: 'stopped' }) },
  { name: 'failed', ...ends({ text: '', outcome: 'failed', reason: 'model_timeout' }) },
  { name: 'cut by a rule', ...ends({ outcome: 'blocked', reason: 'avoided_term' }) },
  {
    name: 'offline, with words waiting',
    room: (speaker) => ({ messages: talk(speaker), take: () => {} }),
    async act(acting) {
      await openTalk(acting)
      await acting.stage.context.setOffline(true)
      await acting.find('.status').waitFor()
      await ask(acting)
      await acting.find('.visitor .note').waitFor()
    },
  },
  {
    name: 'reconnecting',
    room: answered,
    async act(acting) {
      await openTalk(acting)
      await acting.stage.page.evaluate(() => {
        Reflect.set(globalThis, 'WebSocket', function NoMore() {
          throw new DOMException('No more sockets', 'SecurityError')
        })
      })
      await acting.stage.sockets.at(-1)?.close({ code: 1012 })
      await acting.find('.status.late').waitFor()
    },
  },
  {
    name: 'refused message',
    room: (speaker) => ({
      messages: talk(speaker),
      take(frame, say) {
        if (frame.type !== 'message-send') return
        say({ type: 'error', seq: 0, code: 'message_malformed', detail: '', messageId: frame.messageId })
      },
    }),
    act: askTo('.visitor .note .act'),
  },
  {
    name: 'too fast',
    room: (speaker) => ({
      messages: talk(speaker),
      take(frame, say) {
        if (frame.type === 'message-send') say({ type: 'error', seq: 0, code: 'rate_limited', detail: '' })
      },
    }),
    act: askTo('.status:not(.late)'),
  },
  {
    name: 'too long a message',
    room: answered,
    async act(acting) {
      await openTalk(acting)
      await acting.find('.composer textarea').fill('long '.repeat(802))
      await acting.find('.room').filter({ hasText: /./ }).waitFor()
    },
  },
  {
    name: 'nearly full',
    room: (speaker) => ({ messages: talk(speaker), welcome: { placesLeft: 60 } }),
    act: openTo('.status .act'),
  },
  { name: 'full', room: (speaker) => ({ messages: talk(speaker), welcome: { placesLeft: 0 } }), act: openTo('.end') },
  { name: 'campaign not begun', embed: sponsored, ...isRefused(403, 'campaign_not_started') },
  { name: 'campaign ended', embed: sponsored, ...isRefused(403, 'campaign_ended') },
  { name: 'away', ...isRefused(404, 'twin_not_found') },
  { name: 'session expired', ...isRefused(401, 'session_expired') },
  { name: 'sign-in not confirmed', ...isRefused(401, 'identity_invalid') },
  { name: 'deleted everywhere', ...isRefused(410, 'conversation_deleted') },
  {
    name: 'consent',
    embed: () => ({
      consent: {
        version: '2026-11',
        text: 'To answer you, we process what you write and keep the conversation for a year. You may delete it at any time.',
        privacyUrl: 'https://fan.example/privacy',
        termsUrl: 'https://fan.example/terms',
      },
    }),
    async act(acting) {
      await open(acting)
      await ask(acting, acting.speaker.question)
      await acting.find('.consent').waitFor()
    },
  },
  {
    name: 'acts shown',
    room: answered,
    async act(acting) {
      await openTalk(acting)
      await acting.find('.twin [data-act=copy]').focus()
    },
  },
  {
    name: 'editing',
    room: answered,
    async act(acting) {
      await openTalk(acting)
      await acting.find('[data-act=edit]').focus()
      await acting.find('[data-act=edit]').press('Enter')
      await acting.find('.editor').waitFor()
    },
  },
  {
    name: 'edited and rated',
    room: (speaker) => {
      const [asked, given] = talk(speaker, { rating: 'up' })
      return { messages: asked && given ? [{ ...asked, edits: 1 }, given] : [] }
    },
    async act(acting) {
      await openTalk(acting)
      await acting.find('.twin [data-act=up]').focus()
    },
  },
  {
    name: 'rated, asked why',
    room: answered,
    async act(acting) {
      await openTalk(acting)
      await acting.find('[data-act=down]').focus()
      await acting.find('[data-act=down]').press('Enter')
      await acting.find('.chip input').nth(1).press('Space')
    },
  },
  { name: 'conversations', room: answered, act: openSheet() },
  { name: 'renaming', room: answered, act: openSheet('[id^=rename]') },
  { name: 'deleting', room: answered, act: openSheet('[id^=delete]') },
  {
    name: 'deleted',
    room: answered,
    async act(acting) {
      await openSheet('[id^=delete]', '[data-sure]')(acting)
      await acting.find('.sure').waitFor({ state: 'detached' })
    },
  },
  {
    name: 'a copy saved',
    room: answered,
    async act(acting) {
      await openSheet('.keep .act >> nth=0')(acting)
      await acting.find('.keep .note').waitFor()
    },
  },
  {
    name: 'another day, more above',
    room: (speaker) => ({
      messages: [
        ...turn(1, [speaker.question, speaker.answer], {}, minutesAgo(60 * 24 * 40)),
        ...turn(2, [speaker.second, speaker.answer], {}, minutesAgo(60 * 24)),
        ...turn(3, [speaker.question, speaker.answer]),
      ],
      welcome: { before: 1 },
    }),
    async act(acting) {
      await openTalk(acting)
      await acting.find('.log').evaluate((log) => (log.scrollTop = 0))
    },
  },
  {
    name: 'jump button',
    room: (speaker) => ({
      messages: [1, 2, 3, 4, 5, 6].flatMap((number) => turn(number, [speaker.question, speaker.typeset])),
    }),
    async act(acting) {
      await openTalk(acting)
      await acting.find('.log').press('Home')
      await acting.find('[part=jump-button]').waitFor()
    },
  },
  {
    name: 'a person is here',
    room: (speaker) => ({ messages: talk(speaker), welcome: { people: [speaker.person.name] } }),
    act: openTo('.people'),
  },
  {
    name: 'a person takes over',
    room: speaking(STREAMED),
    async act(acting) {
      await askTo('.reply[data-streaming]')(acting)
      const { stage, speaker, find } = acting
      const { name: person } = speaker.person
      const seq = 3 + STREAMED.length
      stage.say({ type: 'reply-end', seq, turnId: 't2', outcome: 'stopped', reason: 'taken_over' })
      stage.say({ type: 'controller-changed', seq: seq + 1, controller: 'human', person, at: NOW })
      await find('.handover').waitFor()
    },
  },
  { name: 'a person answers', room: withPerson, act: openTo('.person .author') },
  {
    name: 'a person is writing',
    room: withPerson,
    async act(acting) {
      await openTo('.person .author')(acting)
      await ask(acting, acting.speaker.question)
      const who = { type: 'typing', seq: 0, who: 'person', name: acting.speaker.person.name } as const
      acting.stage.say(who)
      await acting.find('.people').filter({ hasText: '…' }).waitFor()
    },
  },
  {
    name: 'a person who has gone for now',
    room: (speaker) => withPerson(speaker, { people: [] }),
    act: openTo('.people'),
  },
  {
    name: 'held for a person',
    room: speaking([], { type: 'reply-held', seq: 3, turnId: 't2' }),
    act: askTo('.held'),
  },
  {
    name: 'handed back, with an edited reply',
    room(speaker) {
      const { messages = [] } = withPerson(speaker)
      const [asked, given] = turn(4, [speaker.question, speaker.answer], { revisions: 1 })
      if (!asked || !given) return {}
      return { messages: [...messages, { ...asked, position: 6 }, { ...given, position: 7 }] }
    },
    async act(acting) {
      await openTalk(acting)
      const { name: person } = acting.speaker.person
      acting.stage.say({ type: 'controller-changed', seq: 1, controller: 'held', person, at: NOW })
      acting.stage.say({ type: 'controller-changed', seq: 2, controller: 'twin', person, at: NOW })
      await acting.find('.handover').nth(1).waitFor()
      await acting.find('.author').waitFor()
    },
  },
  {
    name: 'closed, with a reply unread',
    room: speaking(STREAMED),
    async act(acting) {
      await askTo('.reply[data-streaming]')(acting)
      await acting.find('[part=close-button]').click()
      acting.stage.say({ type: 'reply-end', seq: 3 + STREAMED.length, turnId: 't2', outcome: 'answered' })
      await acting.find('.launcher[data-unread]').waitFor()
    },
  },
]

/** A question that the twin began to answer, what a person said to it, and what they are now. */
function withPerson(speaker: Speaker, welcome: Partial<WelcomeFrame> = {}): StagedRoom {
  const [first, reply] = talk(speaker)
  const [asked, begun] = turn(2, [speaker.second, speaker.answer], { outcome: 'stopped', reason: 'taken_over' })
  const { person } = speaker
  const said = { messageId: 'p1', turnId: 't3', role: 'person', text: person.text, author: person.name } as const
  const messages = [first, reply, asked, begun].flatMap((one) => one ?? [])
  return {
    messages: [...messages, { ...said, position: 5, at: minutesAgo(2) }],
    welcome: { controller: 'human', people: [person.name], ...welcome },
    take(frame, say) {
      if (frame.type !== 'message-send') return
      const { messageId, text } = frame
      say({ type: 'message-added', seq: 1, position: 6, turnId: 't4', at: NOW, messageId, text })
      say({ type: 'ack', seq: 1, messageId, turnId: 't4' })
    },
  }
}

function sponsored(): Partial<EmbedConfig> {
  return { sponsor: { brand: 'Solara', label: 'Paid partnership with Solara' } }
}
