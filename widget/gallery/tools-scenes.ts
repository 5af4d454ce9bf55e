/** The states of the tools, as what a person does to bring them about. */
import type { ConversationState } from '../session/conversation-state.ts'
import type { KeptConversation } from '../session/twin-session.ts'
import { states } from './states.ts'

export interface Scene {
  readonly state: Partial<ConversationState>
  readonly kept?: readonly KeptConversation[]
  /** What is pressed, one after the other, once it is there. */
  readonly press: readonly string[]
}

const days = (ago: number): string => new Date(Date.UTC(2026, 10, 21, 12) - ago * 86_400_000).toISOString()

const kept: readonly KeptConversation[] = [
  { number: 7, title: 'What makes a great last-minute goal?', at: days(0), current: true },
  { number: 6, title: 'How do you prepare for a final?', at: days(1), current: false },
  {
    number: 5,
    title: 'The long one about the semi-final, the rain, the floodlights that went out twice and who kept talking',
    at: days(3),
    current: false,
  },
  { number: 4, title: 'مباراة القرن', at: days(40), current: false },
  { number: 3, title: '', at: days(300), current: false },
]
const hostile: readonly KeptConversation[] = [
  '<img src=x onerror=alert(1)>',
  'evil\u202Egpj.exe',
  'Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324a\u0351\u036B\u0343l\u0489go',
  'W'.repeat(4_000),
  'line one\nline two\n\n\nline three',
].map((title, at) => ({ number: 200 + at, title, at: days(at), current: at === 0 }))
const many: readonly KeptConversation[] = Array.from({ length: 200 }, (_none, at) => ({
  number: 199 - at,
  title: `Conversation ${200 - at} about the long road to the final`,
  at: days(at),
  current: at === 0,
}))

const answered = states['answered'] ?? {}
const typeset = states['typeset'] ?? {}
const more = '[part=more-button]'

export const toolsScenes: Readonly<Record<string, Scene>> = {
  'acts shown': { state: answered, press: ['.twin [data-act=copy]'] },
  'rated down': { state: answered, press: ['.twin [data-act=down]'] },
  'rated down with a reason': {
    state: answered,
    press: ['.twin [data-act=down]', '.chip:nth-of-type(2) input'],
  },
  editing: { state: answered, press: ['.visitor [data-act=edit]'] },
  'code to copy': { state: typeset, press: ['.code-act button'] },
  conversations: { state: answered, kept, press: [more] },
  'no conversations': { state: states['first meeting'] ?? {}, press: [more] },
  renaming: { state: answered, kept, press: [more, '#rename-6'] },
  deleting: { state: answered, kept, press: [more, '#delete-6'] },
  'hostile names': { state: answered, kept: hostile, press: [more] },
  'many conversations': { state: answered, kept: many, press: [more] },
}

/** Presses what is to be pressed, each as soon as it stands. */
export async function play(root: ShadowRoot, { press }: Scene): Promise<void> {
  for (const selector of press) {
    let found: HTMLElement | null = null
    for (let frames = 0; !found && frames < 300; frames++) {
      await new Promise((done) => requestAnimationFrame(done))
      found = root.querySelector(selector)
    }
    if (!found) throw new Error(`Nothing is ${selector}`)
    found.focus()
    found.click()
  }
}
