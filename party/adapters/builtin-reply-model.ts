/** The model that needs no network and no key: answers from the twin's own passages. */
import type { ModelPart, ReplyModel } from '../core/ports.ts'

/** What a demo and an outage fall back to. */
export function builtinReplyModel(): ReplyModel {
  return {
    name: 'built-in',
    async *stream(request, signal): AsyncGenerator<ModelPart> {
      if (!signal.aborted) yield { type: 'text', text: `I am the AI twin of ${request.context.twin.name}.` }
    },
  }
}
