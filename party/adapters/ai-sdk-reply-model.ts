/**
 * Replies over a provider of the AI SDK: here OpenAI's Responses wire, which some of its models speak alone. Any other
 * provider's model takes its place in one line. Reads `doStream()` itself: the SDK's layers above it double the cost of a
 * token. Knows no guardrail and no journal.
 */
import { createOpenAI } from '@ai-sdk/openai'
import type { ModelFailure, ModelPart, ReplyModel, ReplyRequest } from '../core/ports.ts'
import { cutOff, statusFailure } from './model-failure.ts'
import type { OpenAiReplyModelOptions } from './openai-reply-model.ts'
import { watchdog } from './watchdog.ts'

type LanguageModel = ReturnType<ReturnType<typeof createOpenAI>['responses']>
type Prompt = Parameters<LanguageModel['doStream']>[0]['prompt']
type Finish = Extract<StreamPart, { type: 'finish' }>
type StreamPart =
  Awaited<ReturnType<LanguageModel['doStream']>>['stream'] extends ReadableStream<infer Part> ? Part : never

/** A model behind OpenAI's Responses API. Nothing of a conversation is stored there. */
export function aiSdkReplyModel(options: OpenAiReplyModelOptions): ReplyModel {
  const { apiKey, baseUrl, model, firstTokenTimeoutMs, idleTimeoutMs } = options
  const provider = createOpenAI({ apiKey, ...(baseUrl !== undefined && { baseURL: baseUrl }) })
  const language: LanguageModel = provider.responses(model)

  return {
    name: model,
    async *stream(request, signal): AsyncGenerator<ModelPart> {
      if (signal.aborted) return
      const watch = watchdog(signal, firstTokenTimeoutMs)
      let began = false
      try {
        const { stream } = await language.doStream({
          prompt: promptOf(request),
          maxOutputTokens: request.maxOutputTokens,
          abortSignal: watch.signal,
          providerOptions: { openai: { store: false } },
        })
        const reader = stream.getReader()
        // cancelling reaches the connection itself, also where an aborted signal no longer does
        watch.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined), { once: true })
        for (let step = await reader.read(); !step.done; step = await reader.read()) {
          if (watch.signal.aborted) break
          const part = step.value
          if (part.type === 'text-delta' && part.delta !== '') {
            began = true
            watch.alive(idleTimeoutMs)
            yield { type: 'text', text: part.delta }
          } else if (part.type === 'error') {
            return yield { type: 'failed', reason: failureOf(part.error, began) }
          } else if (part.type === 'finish') {
            yield* ending(part, began)
            return
          }
        }
        if (!signal.aborted) yield { type: 'failed', reason: watch.isLate() ? 'model_timeout' : cutOff(began) }
      } catch (error) {
        if (signal.aborted) return
        if (statusOf(error) !== undefined && !began) yield { type: 'usage', inputTokens: 0, outputTokens: 0 }
        yield { type: 'failed', reason: watch.isLate() ? 'model_timeout' : failureOf(error, began) }
      } finally {
        watch.end()
      }
    },
  }
}

function promptOf({ instructions, messages }: ReplyRequest): Prompt {
  return [
    { role: 'system', content: instructions },
    ...messages.map(({ role, text }) => ({ role, content: [{ type: 'text' as const, text }] })),
  ]
}

function* ending({ finishReason, usage }: Finish, began: boolean): Generator<ModelPart> {
  const [inputTokens, outputTokens] = [usage.inputTokens.total, usage.outputTokens.total]
  if (inputTokens !== undefined && outputTokens !== undefined) yield { type: 'usage', inputTokens, outputTokens }
  if (finishReason.unified === 'interrupted' || finishReason.unified === 'error')
    yield { type: 'failed', reason: cutOff(began) }
}

/** By what went wrong, never by its words: an upstream's message may quote the prompt. */
function failureOf(error: unknown, began: boolean): ModelFailure {
  const status = statusOf(error)
  if (status !== undefined && status >= 400) return statusFailure(status)
  const name = error instanceof Error ? error.name : ''
  if (/JSONParse|TypeValidation|InvalidResponse|EmptyResponse/.test(name)) return 'model_garbled'
  if (began) return 'model_cut_off'
  return status === undefined ? 'model_unavailable' : 'model_garbled' // answered with a success that is none
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined
  return typeof error.statusCode === 'number' ? error.statusCode : undefined
}
