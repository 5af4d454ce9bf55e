/** Replies from OpenAI or anything that speaks its chat-completions wire. */
import type { ModelPart, ReplyModel } from '../core/ports.ts'

export interface OpenAiReplyModelOptions {
  readonly apiKey: string
  readonly baseUrl?: string | undefined
  readonly model: string
  readonly firstTokenTimeoutMs: number
  readonly idleTimeoutMs: number
}

/** A model behind an OpenAI-compatible HTTP wire. */
export function openaiReplyModel({ model }: OpenAiReplyModelOptions): ReplyModel {
  return {
    name: model,
    async *stream(): AsyncGenerator<ModelPart> {
      yield { type: 'failed', reason: 'model_unavailable' }
    },
  }
}
