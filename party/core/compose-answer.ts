/**
 * An answer without a model: the twin's own sentences on the question, the source named, and an honest line where there
 * are none. Pure.
 */
import type { Source } from '../../schema/wire/frames.ts'
import { findTerm } from './guard/term-filter.ts'
import type { Passage, ReplyRequest, TwinContext } from './ports.ts'
import { contentWords, rankPassages, type RankedPassage } from './rank-passages.ts'

export interface ComposedAnswer {
  readonly text: string
  readonly sources: readonly Source[]
}

type Question = Pick<ReplyRequest, 'context' | 'history' | 'question'>

/** Below this share of the question's meaning a passage answers another question. */
const LEAST_COVERAGE = 0.34
/** One shared word proves little; it must be most of the question. */
const LEAST_COVERAGE_ALONE = 0.5
/** A passage that opens with the question was written to answer it. */
const OPENING_BOOST = 1.5
const SAME_QUESTION = 0.6
const BRAND_BOOST = 1.3
/** Texts are written to be read from the start. */
const BEGINNING_BOOST = 1.2
const SAID_ALREADY = 0.35
const LONGEST_ANSWER_CHARS = 720

const GREETING =
  /^\W*(hi|hiya|hello|hey|howdy|yo|good (morning|afternoon|evening|day)|greetings|hola|bonjour|hallo|ciao)\b/i
const IDENTITY =
  /\b(who|what) are you\b|\bare you (really |actually |truly |even |just )?(an? )?(human|real|ai|a\.i\.|bot|robot|machine|person|computer|chatbot|program|alive)\b|\b(talking|speaking|chatting) (to|with) (an? )?(ai|bot|robot|human|person|machine|real)|\bis (this|that) (really|actually) you\b|\byour name\b/i
const THANKS =
  /^\W*(thanks|thank you|thx|cheers|ta|great|nice|lovely|brilliant|perfect|ok|okay|cool|bye|goodbye|see you)\b/i
const FOLLOW_UP =
  /^\W*((and|but|so|ok|okay|yes)\W+)?(why( is that| not)?|how so|how come|how|really|what else|anything else|more( please)?|go on|tell me more|say more|and then|what then|then what|what happened( next| then)?|and|like what|for example|for instance|explain( that)?)\W*$/i

/** What the built-in model says. */
export function composeAnswer(request: Question): ComposedAnswer {
  const { context, question } = request
  const words = contentWords(question)
  if (IDENTITY.test(question)) return plain(introduce(context))
  if (GREETING.test(question) && words.length <= 2) return plain(greet(context))
  if (THANKS.test(question) && words.length <= 2)
    return plain('You’re welcome. Ask me anything else that’s on your mind.')
  const best = findPassage(request)
  return best ? quote(best, request) : plain(admit(context))
}

function plain(text: string): ComposedAnswer {
  return { text, sources: [] }
}

function introduce({ twin, campaign }: TwinContext): string {
  return [
    `I’m the AI twin of ${twin.name}: a computer program, not ${twin.name} in person and not a human being.`,
    `I answer in ${possessive(twin.name)} voice, from texts approved for me, and I say so when I don’t know something.`,
    campaign ? `On this page I’m here in a paid partnership with ${campaign.brand}.` : '',
  ]
    .filter((line) => line !== '')
    .join(' ')
}

function greet(context: TwinContext): string {
  return `Hello! I’m the AI twin of ${context.twin.name}. ${invite(context)}`
}

function admit(context: TwinContext): string {
  return `I don’t know: there is nothing on that in my notes, and I won’t make something up. ${invite(context)}`
}

function invite({ config }: TwinContext): string {
  const topics = config.personalityProfile.expertise?.slice(0, 3) ?? []
  const last = topics.at(-1)
  if (last === undefined) return 'What would you like to know?'
  const listed = topics.length === 1 ? last : `${topics.slice(0, -1).join(', ')} or ${last}`
  return `Ask me about ${listed}.`
}

function possessive(name: string): string {
  return /s$/i.test(name) ? `${name}’` : `${name}’s`
}

/** The passage that speaks most of the question; a follow-up is asked of what was asked before. */
function findPassage({ context, history, question }: Question): Passage | undefined {
  const said = history.filter(({ role }) => role === 'twin').map(({ text }) => text)
  const before = history.findLast(({ role }) => role === 'visitor')?.text
  if (before !== undefined && FOLLOW_UP.test(question)) {
    const further = rankPassages(context.passages, `${before} ${question}`).filter(
      ({ passage }) => !wasSaid(passage, said),
    )
    const onward = nextInSource(context.passages, said)
    const candidate = onward ?? further.find(answers)?.passage
    if (candidate) return candidate
  }
  return rankPassages(context.passages, question)
    .filter(answers)
    .filter(({ passage }) => sentencesToSay(passage, context).length > 0)
    .map((ranked) => ({ passage: ranked.passage, score: weigh(ranked, context, said, question) }))
    .reduce<{ passage: Passage; score: number } | undefined>(
      (best, ranked) => (best && best.score >= ranked.score ? best : ranked),
      undefined,
    )?.passage
}

function answers({ coverage, matched }: RankedPassage): boolean {
  return coverage >= (matched > 1 ? LEAST_COVERAGE : LEAST_COVERAGE_ALONE)
}

function weigh(ranked: RankedPassage, context: TwinContext, said: readonly string[], question: string): number {
  const { passage, score, coverage } = ranked
  const opening = 1 + OPENING_BOOST * opensWith(passage, question)
  const fresh = wasSaid(passage, said) ? SAID_ALREADY : 1
  const beginning = context.passages.find(({ title }) => title === passage.title) === passage ? BEGINNING_BOOST : 1
  return score * (0.5 + coverage) * opening * beginning * fresh * (speaksOfBrand(passage, context) ? BRAND_BOOST : 1)
}

function speaksOfBrand({ text }: Passage, { campaign }: TwinContext): boolean {
  const mention = campaign?.guidelines.rules.mention ?? []
  return mention.length > 0 && findTerm(mention, text) !== undefined
}

/** Share of the question's words that stand in the passage's first sentence. */
function opensWith({ text }: Passage, question: string): number {
  const asked = new Set(contentWords(question))
  const opening = new Set(contentWords(sentences(text)[0] ?? ''))
  return asked.size === 0 ? 0 : Array.from(asked).filter((word) => opening.has(word)).length / asked.size
}

/** The passage that follows the one said last, in the same text. */
function nextInSource(passages: readonly Passage[], said: readonly string[]): Passage | undefined {
  const last = said.at(-1)
  if (last === undefined) return undefined
  const index = passages.findIndex((passage) => wasSaid(passage, [last]))
  const next = index < 0 ? undefined : passages[index + 1]
  return next && next.title === passages[index]?.title && !wasSaid(next, said) ? next : undefined
}

function wasSaid(passage: Passage, said: readonly string[]): boolean {
  const opening = sentences(passage.text)[0]
  return opening !== undefined && said.some((text) => text.includes(opening))
}

function quote(passage: Passage, { context, question }: Question): ComposedAnswer {
  const { title, url } = passage
  const longest = Math.min(LONGEST_ANSWER_CHARS, context.config.guardrails.maxResponseLength - 40)
  const lines = sentencesToSay(passage, context)
  // nobody repeats the question before answering it
  const isQuestion =
    lines.length > 1 && lines[0]?.endsWith('?') === true && opensWith(passage, question) >= SAME_QUESTION
  const first = upTo(longest, isQuestion ? lines.slice(1) : lines)
  const aside = speaksOfBrand(passage, context) ? undefined : brandAside(passage, context)
  const second = aside ? upTo(longest - first.length, sentencesToSay(aside, context), 0) : ''
  const text = second === '' ? first : `${first}\n\n${second}`
  if (isForbidden(title, context)) return plain(text)
  return { text, sources: [{ title, ...(url !== undefined && { url }) }] } // the reader names it below the reply
}

/** In a campaign: what the same text says of the brand, where the text is about the question anyway. */
function brandAside({ title }: Passage, context: TwinContext): Passage | undefined {
  return context.passages.find((other) => other.title === title && speaksOfBrand(other, context))
}

/** As many whole sentences as fit, and at least so many. */
function upTo(chars: number, lines: readonly string[], least = 1): string {
  let text = ''
  for (const [index, line] of lines.entries()) {
    const longer = text === '' ? line : `${text} ${line}`
    if (longer.length > chars && index >= least) break
    text = longer
  }
  return text
}

/** Without what must not be said, and without what then hangs in the air. */
function sentencesToSay(passage: Passage, context: TwinContext): string[] {
  const kept: string[] = []
  let gap = false
  for (const sentence of sentences(passage.text)) {
    const forbidden = isForbidden(sentence, context)
    const dangling = gap && /\b(either|neither|both|the other|the former|the latter|instead)\b/i.test(sentence)
    if (!forbidden && !dangling) kept.push(sentence)
    gap ||= forbidden
  }
  return kept
}

function isForbidden(text: string, { config, campaign }: TwinContext): boolean {
  const terms = [...(campaign?.guidelines.rules.avoidTerms ?? []), ...config.guardrails.bannedTopics]
  return findTerm(terms, text) !== undefined
}

/** Sentences with their closing marks. A full stop inside quotation marks ends one only before a new beginning. */
function sentences(text: string): string[] {
  return text
    .replace(/\s+/g, ' ')
    .split(/(?<=[.!?…]["”’)]?) (?=["“‘(]?\p{Lu})/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
}
