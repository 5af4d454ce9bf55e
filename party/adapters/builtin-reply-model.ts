/** The model that needs no network and no key. What it says is composed in core; here it is spoken like a stream. */
import { composeAnswer } from '../core/compose-answer.ts'
import type { ModelPart, ReplyModel } from '../core/ports.ts'

const PAUSE_MS = 18
const FEW_WORDS = /\S+\s*(?:\S+\s*)?/g

/** What a demo and an outage fall back to. */
export function builtinReplyModel(): ReplyModel {
  return {
    name: 'built-in',
    isFree: true,
    async *stream(request, signal): AsyncGenerator<ModelPart> {
      const { text, sources } = composeAnswer(request)
      for (const [words] of text.matchAll(FEW_WORDS)) {
        await pause(PAUSE_MS, signal)
        if (signal.aborted) return
        yield { type: 'text', text: words }
      }
      if (sources.length > 0) yield { type: 'sources', sources }
    },
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
