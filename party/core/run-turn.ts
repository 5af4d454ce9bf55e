/**
 * Step 6: context -> model -> guardrails -> what is said. Knows no socket, no SQL and no vendor; whoever calls it writes
 * the journal.
 */
import type { PageContext, ReplyOutcome, ReplyReason, Source } from '../../schema/wire/frames.ts'
import { assemblePrompt } from './assemble-prompt.ts'
import { guardRules } from './guard/guard-rules.ts'
import { replyGuard, type Breach } from './guard/reply-guard.ts'
import { findTerm } from './guard/term-filter.ts'
import type { ModelPart, ReplyModel, ReplyRequest, SpokenMessage, TokenUsage, TwinContext } from './ports.ts'
import { declineLine, disclosureLine, fallbackLine } from './own-words.ts'

const BLANK_BEGINNING = /^[\s\p{Default_Ignorable_Code_Point}]+/u

export interface TurnRequest {
  readonly context: TwinContext
  readonly history: readonly SpokenMessage[]
  readonly question: string
  /** What the page stated when the visitor asked. */
  readonly page?: PageContext | undefined
  /** The visitor asked again after a reply that did not end well. */
  readonly again: boolean
  /** No reply of this conversation has reached the visitor yet. */
  readonly first: boolean
  readonly nonce: string
}

export interface TurnPorts {
  readonly model: ReplyModel
  readonly fallbackModel: ReplyModel
  /** Makes text durable and sends it. */
  say(text: string): void
  /** May this model be asked? Whoever it costs is asked first, and what it may cost is kept. */
  asks(model: ReplyModel, asked: ReplyRequest): Promise<boolean>
  /** What its provider counted, if it does. */
  used(usage: TokenUsage): void
}

export interface TurnEnd {
  readonly outcome: ReplyOutcome
  readonly reason?: ReplyReason
  readonly sources?: readonly Source[]
  readonly followUps?: readonly string[]
  /** The rule that tripped. */
  readonly breach?: Breach
  /** Which model spoke; null when code did. */
  readonly model: string | null
}

/** Runs one turn to its end. Failures are outcomes; it throws only what is our own fault. */
export async function runTurn(ports: TurnPorts, request: TurnRequest, signal: AbortSignal): Promise<TurnEnd> {
  const { context, question, first } = request
  const disclosure = first ? disclosureLine(context) : ''
  const rules = guardRules(context, disclosure.length)
  const said = speaker(ports.say, disclosure)

  const banned = findTerm(rules.bannedTopics, question)
  if (banned !== undefined) {
    said.say(declineLine(rules, rules.maxChars))
    return { outcome: 'blocked', reason: 'banned_topic', breach: { reason: 'banned_topic', rule: banned }, model: null }
  }

  const prompt = assemblePrompt(request)
  const end = await speak(ports.model, prompt)
  const mute = end.outcome === 'failed' && end.reason !== 'twin_resting' && said.chars() === 0
  if (!mute || !request.again || signal.aborted) return end
  // the second failure before a word: an honest line and what the twin knows by heart, rather than silence again
  return speak(ports.fallbackModel, prompt, fallbackLine(rules))

  async function speak(model: ReplyModel, asked: ReplyRequest, opening = ''): Promise<TurnEnd> {
    const guard = replyGuard(rules)
    let sources: readonly Source[] = []
    // what stands in for a model that failed costs nothing, and was paid for with it
    if ((model === ports.model || !model.isFree) && !(await ports.asks(model, asked))) {
      return signal.aborted
        ? { outcome: 'stopped', model: null }
        : { outcome: 'failed', reason: 'twin_resting', model: null }
    }
    const parts = model.stream(asked, signal)
    for await (const part of opening === '' ? parts : leadBy(opening, parts)) {
      if (signal.aborted) break
      if (part.type === 'usage') ports.used(part)
      if (part.type === 'sources') sources = part.sources.filter(isNameable)
      if (part.type === 'failed') {
        said.say(guard.end().safe)
        return { outcome: 'failed', reason: part.reason, model: model.name }
      }
      if (part.type !== 'text') continue
      const { safe, broken } = guard.push(part.text) // holds back only what could still become a forbidden term
      said.say(safe) // nobody reads a character that no guardrail has seen
      if (broken) return breached(broken, model.name)
    }
    if (signal.aborted) return { outcome: 'stopped', model: model.name }
    const { safe, broken } = guard.end()
    said.say(safe)
    if (broken) return breached(broken, model.name)
    if (said.chars() === 0) return { outcome: 'failed', reason: 'model_garbled', model: model.name }
    return { outcome: 'answered', model: model.name, ...(sources.length > 0 && { sources }) }
  }

  /** Titles and addresses reach the visitor too. */
  function isNameable({ title, url }: Source): boolean {
    return findTerm([...rules.avoidTerms, ...rules.bannedTopics], `${title} | ${url ?? ''}`) === undefined
  }

  function breached(breach: Breach, model: string): TurnEnd {
    if (breach.reason === 'too_long') return { outcome: 'answered', reason: 'too_long', breach, model }
    said.say(declineLine(rules, rules.maxChars - said.chars(), said.chars() > 0))
    return { outcome: 'blocked', reason: breach.reason, breach, model }
  }
}

/**
 * Says the disclosure with the first words, so that it never stands alone above a failure. What a reader does not see is
 * no word: a reply of nothing else says nothing.
 */
function speaker(say: (text: string) => void, disclosure: string): { say(text: string): void; chars(): number } {
  let chars = 0
  return {
    say(text) {
      const words = chars === 0 ? text.replace(BLANK_BEGINNING, '') : text
      if (words === '') return
      say(chars === 0 ? disclosure + words : words)
      chars += words.length
    },
    chars: () => chars,
  }
}

async function* leadBy(opening: string, parts: AsyncIterable<ModelPart>): AsyncGenerator<ModelPart> {
  yield { type: 'text', text: opening }
  yield* parts
}
