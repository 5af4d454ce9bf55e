/**
 * A conversation for people. Who speaks stands at the beginning of a line, and what they say is set in from it: nothing
 * a person or a twin says can look as if another had said it.
 */
import type { Say } from '../element/tools-port.ts'
import { replyWords } from '../element/words.ts'
import type { ShownMessage } from '../session/conversation-state.ts'
import { said, type WholeConversation } from './whole-conversation.ts'

export interface TextWords {
  readonly say: Say
  readonly locale: string
}

export function exportText(whole: WholeConversation, words: TextWords): string {
  const { config, exportedAt } = whole
  const { say, locale } = words
  const twin = say('ai_twin_of', { name: config.twin.name })
  const date = instant(exportedAt, locale, { dateStyle: 'long', timeStyle: 'short' })
  const head = [twin, config.sponsor?.label, config.disclosure, say('saved_on', { date })]
  const blocks = [head.flatMap((line) => (line ? [oneLine(line)] : [])).join('\n')]
  let shownDay = ''
  for (const message of said(whole)) {
    const day = instant(message.at, locale, { dateStyle: 'full' })
    if (day !== shownDay) blocks.push(`— ${day} —`)
    shownDay = day
    const speaker = speakerOf(message, config.twin.name, say)
    const time = instant(message.at, locale, { timeStyle: 'short' })
    blocks.push([`[${time}] ${oneLine(speaker)}`, ...body(message, say).map(setIn)].join('\n'))
  }
  return `${blocks.join('\n\n')}\n`
}

/** Of a person also that they are one. */
function speakerOf({ role, author = '' }: ShownMessage, name: string, say: Say): string {
  switch (role) {
    case 'visitor':
      return say('you_said')
    case 'twin':
      return say('twin_said', { name: say('ai_twin_of', { name }) })
    case 'person':
      return say('twin_said', { name: `${author} (${say('by_person', { name })})` })
  }
}

/** What was said, and what is to be known of it. */
function body(
  { text, sources, edits, revisions, held, rating, delivery, outcome, reason }: ShownMessage,
  say: Say,
): string[] {
  const from = sources?.map(({ title, url }) => (url ? `${title} <${url}>` : title)).join('; ')
  const note = outcome && replyWords(outcome, reason)
  const marks = [
    note,
    delivery === 'pending' && 'kept',
    (edits || revisions) && 'edited',
    held && 'reply_held',
    rating && RATED[rating],
  ] as const
  const told = marks.flatMap((mark) => (mark ? [say(mark)] : [])).join(' · ')
  return [text, from && `${say('from')} ${from}`, told && `(${told})`].flatMap((part) => part || [])
}

const RATED = { up: 'good_reply', down: 'bad_reply' } as const

/** Every sign that any reader takes for the end of a line. */
const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/

const setIn = (text: string): string =>
  text
    .split(LINE_ENDS)
    .map((line) => `    ${line}`.trimEnd())
    .join('\n')

/** And nothing in it turns the line around. */
const oneLine = (text: string): string =>
  text
    .split(LINE_ENDS)
    .join(' ')
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')

function instant(at: string, locale: string, form: Intl.DateTimeFormatOptions): string {
  const then = new Date(at)
  return Number.isNaN(then.getTime()) ? '–' : then.toLocaleString(locale, form)
}
