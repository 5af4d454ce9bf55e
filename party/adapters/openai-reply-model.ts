/**
 * Replies from OpenAI, or anything that speaks its chat-completions wire. Reads the provider's own stream (the SDK's
 * layers above it double the cost of a token). Knows no guardrail and no journal.
 */
import { createOpenAI } from '@ai-sdk/openai'
import type { ModelFailure, ModelPart, ReplyModel, ReplyRequest } from '../core/ports.ts'

export interface OpenAiReplyModelOptions {
  readonly apiKey: string
  readonly baseUrl?: string | undefined
  readonly model: string
  readonly firstTokenTimeoutMs: number
  readonly idleTimeoutMs: number
}

type Chat = ReturnType<ReturnType<typeof createOpenAI>['chat']>
type WirePrompt = Parameters<Chat['doStream']>[0]['prompt']

/** A model behind an OpenAI-compatible HTTP wire. */
export function openaiReplyModel(options: OpenAiReplyModelOptions): ReplyModel {
  const { apiKey, baseUrl, model, firstTokenTimeoutMs, idleTimeoutMs } = options
  const provider = createOpenAI({ apiKey, ...(baseUrl !== undefined && { baseURL: baseUrl }) })
  const chat = provider.chat(model)

  return {
    name: model,
    async *stream(request, signal): AsyncGenerator<ModelPart> {
      if (signal.aborted) return
      const watch = watchdog(signal, firstTokenTimeoutMs)
      let began = false
      try {
        const { stream } = await chat.doStream({
          prompt: wirePrompt(request),
          maxOutputTokens: request.maxOutputTokens,
          abortSignal: watch.signal,
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
            yield { type: 'failed', reason: failureOf(part.error, began) }
            return
          } else if (part.type === 'finish') {
            const { unified } = part.finishReason
            if (unified === 'interrupted' || unified === 'error') yield { type: 'failed', reason: cutOff(began) }
            return
          }
        }
        if (!signal.aborted) yield { type: 'failed', reason: watch.isLate() ? 'model_timeout' : cutOff(began) }
      } catch (error) {
        if (!signal.aborted) {
          yield { type: 'failed', reason: watch.isLate() ? 'model_timeout' : failureOf(error, began) }
        }
      } finally {
        watch.end()
      }
    },
  }
}

function wirePrompt({ instructions, messages }: ReplyRequest): WirePrompt {
  return [
    { role: 'system', content: instructions },
    ...messages.map(({ role, text }) => ({ role, content: [{ type: 'text' as const, text }] })),
  ]
}

interface Watchdog {
  /** Aborted when the caller aborts, when the model is late, and at the end: the upstream never outlives the turn. */
  readonly signal: AbortSignal
  /** A word came; the next may take so long. */
  alive(patienceMs: number): void
  isLate(): boolean
  end(): void
}

/** One timer a stream, moved when it fires: re-arming it a token would cost more than the token. */
function watchdog(outer: AbortSignal, firstPatienceMs: number): Watchdog {
  const inner = new AbortController()
  let patienceMs = firstPatienceMs
  let aliveAt = Date.now()
  let late = false
  let timer = setTimeout(look, patienceMs)
  const onAbort = (): void => inner.abort()
  outer.addEventListener('abort', onAbort, { once: true })

  function look(): void {
    const leftMs = aliveAt + patienceMs - Date.now()
    if (leftMs > 0) timer = setTimeout(look, leftMs)
    else {
      late = true
      inner.abort()
    }
  }

  return {
    signal: inner.signal,
    alive(nextPatienceMs) {
      aliveAt = Date.now()
      if (nextPatienceMs < patienceMs) {
        clearTimeout(timer)
        timer = setTimeout(look, nextPatienceMs)
      }
      patienceMs = nextPatienceMs
    },
    isLate: () => late,
    end() {
      clearTimeout(timer)
      outer.removeEventListener('abort', onAbort)
      inner.abort()
    },
  }
}

function cutOff(began: boolean): ModelFailure {
  return began ? 'model_cut_off' : 'model_garbled'
}

/** By what went wrong, never by its words: an upstream's message may quote the prompt. */
function failureOf(error: unknown, began: boolean): ModelFailure {
  const status = statusOf(error)
  if (status === 429) return 'model_rate_limited'
  if (status === 408 || status === 504) return 'model_timeout'
  if (status !== undefined && status >= 400) return 'model_unavailable'
  const name = error instanceof Error ? error.name : ''
  if (/JSONParse|TypeValidation|InvalidResponse|EmptyResponse/.test(name)) return 'model_garbled'
  if (began) return 'model_cut_off'
  return status === undefined ? 'model_unavailable' : 'model_garbled' // answered with a success that is none
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined
  return typeof error.statusCode === 'number' ? error.statusCode : undefined
}
