/** A conversation for programs. The shape is public: a member may be added to it, none changes without another version. */
import type { Rating, ReplyOutcome, ReplyReason, Source } from '../../schema/wire/frames.ts'
import type { ShownMessage } from '../session/conversation-state.ts'
import { said, type WholeConversation } from './whole-conversation.ts'

export interface ExportedConversation {
  readonly format: 'twin-conversation'
  readonly version: 1
  /** That the twin is an AI, for machines and in the words its visitor saw. */
  readonly disclosure: { readonly speaker: 'AI'; readonly text: string }
  /** Who pays, in the words its visitor saw; null outside a campaign. */
  readonly campaignLabel: string | null
  readonly twin: { readonly name: string }
  readonly deploymentId: string
  /** ISO 8601, UTC; like every instant in it. */
  readonly exportedAt: string
  /** Oldest first. */
  readonly messages: readonly ExportedMessage[]
}

export interface ExportedMessage {
  /** `person`: somebody of the twin's side, and no AI. */
  readonly role: 'visitor' | 'twin' | 'person'
  /** Who wrote it, where a person did. */
  readonly author?: string
  /** But for a visitor's, Markdown. */
  readonly text: string
  readonly at: string
  /** Said on a dead line, and not yet with the twin. */
  readonly pending?: true
  /** How a reply ended, and why when there is a reason. */
  readonly outcome?: ReplyOutcome
  readonly reason?: ReplyReason
  readonly sources?: readonly Source[]
  /** What the visitor thought of a reply. */
  readonly rating?: Rating
  /** How often the visitor changed the message. */
  readonly edits?: number
  /** How often a person has changed a reply. */
  readonly revisions?: number
  /** A reply that is written, and that a person has yet to let through. */
  readonly held?: true
}

export function exportJson(whole: WholeConversation): string {
  const { config, exportedAt } = whole
  const exported: ExportedConversation = {
    format: 'twin-conversation',
    version: 1,
    disclosure: { speaker: 'AI', text: config.disclosure },
    campaignLabel: config.sponsor?.label ?? null,
    twin: { name: config.twin.name },
    deploymentId: config.deploymentId,
    exportedAt,
    messages: said(whole).map(exportedMessage),
  }
  return JSON.stringify(exported, null, 2)
}

/** Member by member: what else the element knows of a message stays with it. */
function exportedMessage(message: ShownMessage): ExportedMessage {
  const { role, text, at, delivery, outcome, reason, sources, rating, edits, author, revisions, held } = message
  return {
    role,
    ...(author !== undefined && { author }),
    text,
    at,
    ...(delivery === 'pending' && { pending: true }),
    ...(outcome && { outcome }),
    ...(reason && { reason }),
    ...(sources?.length && { sources: sources.map(({ title, url }) => ({ title, ...(url && { url }) })) }),
    ...(rating && { rating }),
    ...(edits && { edits }),
    ...(revisions && { revisions }),
    ...(held && { held }),
  }
}
