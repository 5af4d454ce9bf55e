/**
 * Replies from OpenAI, or anything that speaks its chat-completions wire, read as it comes: no layer stands between the
 * provider's bytes and the turn (an SDK's cost more than the rest of a token's way). Knows no guardrail and no journal.
 */
import type { ModelPart, ReplyModel, ReplyRequest } from '../core/ports.ts'
import { chatStream } from './chat-stream.ts'
import { cutOff, statusFailure } from './model-failure.ts'
import { watchdog } from './watchdog.ts'

export interface OpenAiReplyModelOptions {
  readonly apiKey: string
  readonly baseUrl?: string | undefined
  readonly model: string
  readonly firstTokenTimeoutMs: number
  readonly idleTimeoutMs: number
}

const OPENAI_URL = 'https://api.openai.com/v1'
/** The reply is whole: what is still to come is the provider's count of it, and nobody waits long for that. */
const USAGE_PATIENCE_MS = 500

/** A model behind an OpenAI-compatible HTTP wire. */
export function openaiReplyModel(options: OpenAiReplyModelOptions): ReplyModel {
  const { apiKey, baseUrl = OPENAI_URL, model, firstTokenTimeoutMs, idleTimeoutMs } = options
  const url = `${baseUrl.replace(/\/+$/, '')}/chat/completions`
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }

  return {
    name: model,
    async *stream(request, signal): AsyncGenerator<ModelPart> {
      if (signal.aborted) return
      const watch = watchdog(signal, firstTokenTimeoutMs)
      let began = false
      let finished = false
      try {
        const body = chatBody(model, request)
        // a redirect would carry the prompt to whom nobody named
        const response = await fetch(url, { method: 'POST', headers, body, signal: watch.signal, redirect: 'manual' })
        if (response.status !== 200 || !response.body) {
          yield { type: 'usage', inputTokens: 0, outputTokens: 0 } // what was refused costs nothing
          yield { type: 'failed', reason: statusFailure(response.status) }
          return
        }
        const reader = response.body.getReader()
        // cancelling reaches the connection itself, also where an aborted signal no longer does
        watch.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined), { once: true })
        const wire = chatStream()
        for (let step = await reader.read(); !step.done; step = await reader.read()) {
          if (watch.signal.aborted) break
          const { text, usage, failure, done, ...read } = wire.read(step.value)
          if (text !== '') {
            began = true
            watch.alive(idleTimeoutMs)
            yield { type: 'text', text }
          }
          if (usage) yield { type: 'usage', ...usage }
          if (failure) return yield { type: 'failed', reason: failure }
          if (read.finished && !finished) watch.alive(USAGE_PATIENCE_MS)
          finished = read.finished
          if (done) break
        }
        if (!signal.aborted && !finished) {
          yield { type: 'failed', reason: watch.isLate() ? 'model_timeout' : cutOff(began) }
        }
      } catch {
        if (!signal.aborted && !finished) {
          const reason = began ? 'model_cut_off' : 'model_unavailable'
          yield { type: 'failed', reason: watch.isLate() ? 'model_timeout' : reason }
        }
      } finally {
        watch.end()
      }
    },
  }
}

function chatBody(model: string, { instructions, messages, maxOutputTokens }: ReplyRequest): string {
  const reasons = isReasoning(model)
  return JSON.stringify({
    model,
    messages: [
      { role: reasons ? 'developer' : 'system', content: instructions },
      ...messages.map(({ role, text }) => ({ role, content: text })),
    ],
    [reasons ? 'max_completion_tokens' : 'max_tokens']: maxOutputTokens,
    stream: true,
    stream_options: { include_usage: true },
  })
}

/** OpenAI's own models that reason take another word for two of the fields; every other model takes the usual ones. */
function isReasoning(model: string): boolean {
  return /^o\d|^gpt-(?:[5-9]|\d\d)(?!-chat)/.test(model)
}
