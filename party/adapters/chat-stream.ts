/**
 * Bytes of the chat-completions wire -> what they say. Whatever arrived in one read is said in one piece: a token costs
 * its journaling and its frame, and tokens that came together need them once. Bounded: an event that never ends is
 * garbage. Knows no network.
 */
import { createParser } from 'eventsource-parser'
import type { ModelFailure, TokenUsage } from '../core/ports.ts'

/** What one read added. */
export interface ChatRead {
  readonly text: string
  /** What the provider counted, once it says so: after the last word. */
  readonly usage?: TokenUsage | undefined
  readonly failure?: ModelFailure | undefined
  /** The provider has named a reason to finish: the reply is whole. */
  readonly finished: boolean
  /** Nothing more is to be expected. */
  readonly done: boolean
}

export interface ChatStream {
  read(bytes: Uint8Array): ChatRead
}

/** Providers send a word an event; the longest that are known hold a few kilobytes. */
const MAX_EVENT_CHARS = 256 * 1024

/** A reader for one reply. */
export function chatStream(): ChatStream {
  const decoder = new TextDecoder()
  let text = ''
  let usage: TokenUsage | undefined
  let failure: ModelFailure | undefined
  let finished = false
  let done = false

  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARS,
    onEvent: ({ data }) => take(data),
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') failure ??= 'model_garbled'
    },
  })

  function take(data: string): void {
    if (done || failure) return
    if (data === '[DONE]') {
      done = true
      return
    }
    const event = parseJson(data)
    const error = member(event, 'error')
    const choices = member(event, 'choices')
    if (error !== undefined && error !== null) failure = errorFailure(error)
    else if (!Array.isArray(choices)) failure = 'model_garbled'
    else {
      const choice: unknown = choices[0]
      const delta = member(choice, 'delta')
      text += string(member(delta, 'content')) + string(member(delta, 'refusal'))
      if (typeof member(choice, 'finish_reason') === 'string') finished = true
      usage = readUsage(member(event, 'usage')) ?? usage
    }
  }

  return {
    read(bytes) {
      text = ''
      usage = undefined
      parser.feed(decoder.decode(bytes, { stream: true }))
      return { text, usage, failure, finished, done }
    },
  }
}

/** By its code alone. An error that is none of the known ones means that no more comes. */
function errorFailure(error: unknown): ModelFailure {
  const names = [member(error, 'code'), member(error, 'type')]
  if (names.some((name) => name === 429 || name === 'rate_limit_exceeded' || name === 'insufficient_quota'))
    return 'model_rate_limited'
  return 'model_unavailable'
}

function readUsage(usage: unknown): TokenUsage | undefined {
  const [inputTokens, outputTokens] = [member(usage, 'prompt_tokens'), member(usage, 'completion_tokens')]
  return isCount(inputTokens) && isCount(outputTokens) ? { inputTokens, outputTokens } : undefined
}

/** An integer of Postgres, whatever a provider sends. */
function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 2 ** 31 - 1
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined // no choices: garbled
  }
}
