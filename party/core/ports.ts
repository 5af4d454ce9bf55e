/**
 * What a room needs from the world, as roles. Decided here, done in `../adapters`, joined by `edge/worker.ts`.
 * Knows no vendor, no socket and no SQL.
 */
import type { BudgetAnswer, BudgetAsk, BudgetParties, BudgetSettlement } from '../../schema/domain/budget.ts'
import type { CampaignGuidelines } from '../../schema/domain/guidelines.ts'
import type { CelebrityType, VisitorTier } from '../../schema/domain/enums.ts'
import type { Id } from '../../schema/domain/id.ts'
import type { Standing } from '../../schema/domain/standing.ts'
import type { TwinConfig } from '../../schema/domain/twin-config.ts'
import type {
  MessageRecord,
  Rating,
  RatingReason,
  ReplyOutcome,
  ReplyReason,
  Source,
} from '../../schema/wire/frames.ts'

/** A piece of a knowledge text, small enough to stand in a prompt. */
export interface Passage {
  readonly title: string
  readonly url?: string
  readonly text: string
}

/** Everything a turn must know of a twin at one deployment. JSON-safe: the room keeps it in its SQLite. */
export interface TwinContext {
  readonly twin: {
    readonly name: string
    readonly tagline: string
    readonly type: CelebrityType
  }
  readonly config: TwinConfig
  /** Set at a campaign deployment, also when it enforces nothing. */
  readonly campaign: { readonly name: string; readonly brand: string; readonly guidelines: CampaignGuidelines } | null
  readonly passages: readonly Passage[]
  /** Questions the deployment's owner wrote; a reply ends with those that follow on from it. */
  readonly questions: readonly string[]
  /** Names of page context that may reach a model. Empty: none. */
  readonly contextKeys: readonly string[]
}

/** Whose room it is: written at the first connection and never changed. */
export interface RoomOwner {
  readonly tenantId: Id<'tenant'>
  readonly deploymentId: Id<'deployment'>
  readonly conversationId: Id<'conversation'>
  readonly visitorId: Id<'visitor'>
  readonly celebrityId: Id<'celebrity'>
  readonly campaignId: Id<'campaign'> | null
  /** The page the conversation began on. */
  readonly origin: string
  /** What the visitor's newest session says. */
  readonly tier: VisitorTier
}

/** Where personas, guidelines and knowledge come from. Null: no such twin, or no longer. Throws when it is away. */
export interface TwinDirectory {
  load(owner: Pick<RoomOwner, 'tenantId' | 'deploymentId'>): Promise<TwinContext | null>
}

/** A message of the conversation, as a model sees it. */
export interface SpokenMessage {
  readonly role: 'visitor' | 'twin'
  readonly text: string
}

/** What a model is asked. Wire models read `instructions` and `messages`; the built-in one reads the rest. */
export interface ReplyRequest {
  /** The system role: persona and rules in our own words, never knowledge and never a visitor's words. */
  readonly instructions: string
  /** Knowledge marked as data, history and question, roles kept apart, within the token budget. */
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[]
  readonly maxOutputTokens: number
  readonly context: TwinContext
  /** What was said before the question, oldest first. */
  readonly history: readonly SpokenMessage[]
  readonly question: string
}

/** Why a model gave no whole reply. */
export type ModelFailure = Extract<ReplyReason, `model_${string}`>

/** What a provider counted for one call. */
export interface TokenUsage {
  readonly inputTokens: number
  readonly outputTokens: number
}

/** One step of a reply. `failed` is the last one, if it comes; a stream that just ends has answered. */
export type ModelPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'sources'; readonly sources: readonly Source[] }
  | ({ readonly type: 'usage' } & TokenUsage)
  | { readonly type: 'failed'; readonly reason: ModelFailure }

/** Writes replies. Failures are values; once the signal is aborted the stream ends and the upstream is closed. */
export interface ReplyModel {
  /** Which model this is, for the archive. */
  readonly name: string
  /** Nobody counts what it says: code of our own does. */
  readonly isFree?: true
  stream(request: ReplyRequest, signal: AbortSignal): AsyncIterable<ModelPart>
}

/** A message on its way to the archive. */
export interface ArchivedMessage {
  readonly id: Id<'message'>
  readonly turnId: Id<'turn'>
  readonly position: number
  readonly role: MessageRecord['role']
  readonly text: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly outcome: ReplyOutcome | null
  readonly reason: ReplyReason | null
  /** Which model spoke, or null: nobody did, or code. */
  readonly model: string | null
  readonly sources: readonly Source[]
  /** How often the visitor has changed it. */
  readonly edits: number
  /** Of a person's message: the name visitors see, and who that is. */
  readonly author: string | null
  readonly authorId: string | null
  /** How often people have changed the reply, and who did last. */
  readonly revisions: number
  readonly revisedBy: string | null
  /** Counts every change of the row: an older one never overwrites a newer. */
  readonly version: number
}

/** What a visitor thinks of a reply, on its way to the archive. The newest of a turn counts. */
export interface ArchivedRating {
  readonly turnId: Id<'turn'>
  /** Null: taken back. */
  readonly rating: Rating | null
  readonly reason: RatingReason | null
  readonly comment: string | null
  /** ISO 8601, UTC. */
  readonly at: string
}

/** A guardrail that tripped, on its way to the archive. */
export interface ArchivedFlag {
  readonly id: Id<'flag'>
  readonly turnId: Id<'turn'>
  readonly reason: ReplyReason
  /** The rule that tripped, such as the avoided term; never what a visitor wrote. */
  readonly rule: string
  /** ISO 8601, UTC. */
  readonly at: string
}

/** What one call of a model cost, on its way to the archive. Written once and never changed. */
export interface ArchivedCall extends TokenUsage {
  readonly id: Id<'call'>
  readonly turnId: Id<'turn'>
  /** Which of the turn's replies it was for, from 1. */
  readonly attempt: number
  readonly model: string
  /** When it began: ISO 8601, UTC. */
  readonly at: string
  /** The provider did not say: it was stopped, cut or late, or the room was killed meanwhile. */
  readonly estimated: boolean
}

/** What a person of the celebrity's side did, on its way to the record of everything that happens. */
export interface ArchivedEvent {
  readonly id: Id<'event'>
  readonly type: 'CONFIGURATION_CHANGE' | 'STAKEHOLDER_APPROVAL'
  /** Who: the id of the claims, never a visitor. */
  readonly actor: string
  /** Ids, counts and names of people; never what was said. */
  readonly payload: Readonly<Record<string, unknown>>
  /** ISO 8601, UTC. */
  readonly at: string
}

/** Rows of one conversation. The same batch twice leaves the same rows. */
export interface ArchiveBatch {
  readonly owner: RoomOwner
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly messages: readonly ArchivedMessage[]
  readonly ratings: readonly ArchivedRating[]
  readonly flags: readonly ArchivedFlag[]
  readonly events: readonly ArchivedEvent[]
  readonly calls: readonly ArchivedCall[]
}

/** What Neon keeps. Throws when it is away; the outbox tries again. */
export interface Archive {
  write(batch: ArchiveBatch): Promise<void>
  /** Deletes what was said in a conversation; what it cost stays. A batch that arrives later, however it was delayed, brings nothing back. */
  erase(conversation: Pick<ArchiveBatch, 'owner' | 'startedAt'>): Promise<void>
}

/** Time and chance, so that tests own them. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** 0 <= x < 1. */
  random(): number
}

/** Durations of a room; tests shorten them. */
export interface RoomTiming {
  /** How often the alarm looks whether an active turn still lives. */
  readonly turnGuardMs: number
  /** Age from which a twin's context is fetched anew. */
  readonly contextFreshMs: number
  /** The outbox's first and longest pause after a failed write. */
  readonly outboxRetryMs: number
  readonly outboxRetryMaxMs: number
  /** How long a line may owe a mark. */
  readonly linePatienceMs: number
}

/** How much of a room one conversation may have. */
export interface RoomLimits {
  /** Lines that are open: tabs and devices of the visitor, and as many again of people of the celebrity's side. */
  readonly maxLines: number
}

/**
 * Counts what a visitor, and all visitors of a deployment, have said anywhere: one room alone cannot know. Throws when it
 * cannot know either.
 */
export interface FloodGate {
  /** Counts an accepted message. Answers the seconds until the next may be accepted; 0: at once. */
  said(who: Pick<RoomOwner, 'deploymentId' | 'visitorId'>): Promise<number>
}

/** Who tells every room of a deployment that something has changed. Throws when it cannot be reached. */
export interface DeploymentHub {
  /** From here on the room is told; and this is how things stand. */
  enter(room: Pick<RoomOwner, 'deploymentId' | 'conversationId'>): Promise<Standing>
  leave(room: Pick<RoomOwner, 'deploymentId' | 'conversationId'>): Promise<void>
}

/** Who counts what is spent, exactly, over all rooms. Throws when it cannot be asked. */
export interface BudgetGate {
  /** Keeps what a call may cost, before it is made. The same call twice is one. */
  reserve(ask: BudgetAsk): Promise<BudgetAnswer>
  /** What {@link reserve} would say now. */
  look(who: BudgetParties): Promise<BudgetAnswer>
  /** What calls came to; the first word on each counts. */
  settle(tenantId: Id<'tenant'>, settlements: readonly BudgetSettlement[]): Promise<void>
}

/** All a room is given. */
export interface RoomPorts {
  readonly model: ReplyModel
  /** Answers when the model failed twice; needs no network. */
  readonly fallbackModel: ReplyModel
  readonly directory: TwinDirectory
  readonly archive: Archive
  readonly floodGate: FloodGate
  readonly hub: DeploymentHub
  readonly budgets: BudgetGate
  readonly clock?: Clock
  readonly timing?: Partial<RoomTiming>
  readonly limits?: Partial<RoomLimits>
}
