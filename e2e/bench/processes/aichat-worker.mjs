// Cloudflare's own AI chat as its README writes it, asking the bench's upstream. Copied beside the packages it needs, which
// the bench fetches into a folder of its own, and bundled there.
import { createOpenAI } from '@ai-sdk/openai'
import { AIChatAgent } from '@cloudflare/ai-chat'
import { routeAgentRequest } from 'agents'
import { convertToModelMessages, streamText } from 'ai'

export class ChatAgent extends AIChatAgent {
  async onChatMessage(_onFinish, options) {
    const { chat } = createOpenAI({ apiKey: 'local-key', baseURL: this.env.UPSTREAM })
    const result = streamText({
      model: chat('bench'),
      messages: await convertToModelMessages(this.messages),
      abortSignal: options?.abortSignal,
    })
    return result.toUIMessageStreamResponse()
  }
}

export default {
  async fetch(request, env) {
    return (await routeAgentRequest(request, env)) ?? new Response(null, { status: 404 })
  },
}
