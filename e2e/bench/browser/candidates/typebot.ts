/**
 * Typebot: a bubble; the chat comes with the answer to `startChat`. It streams a reply where a flow's step says so, in the
 * AI SDK's older data stream. It shows no earlier conversation.
 */
import { readBody } from '../front.ts'
import type { Front } from '../front.ts'
import { paced } from '../paced.ts'
import type { Candidate } from '../candidate.ts'
import type { Script } from '../script.ts'

const HOST = 'typebot-bubble'
const GREETING = 'Hello. Ask me about Saturday.'

export function typebot(front: Front, folder: string, script: Script): Candidate {
  front.files.set('typebot', folder)
  front.backends.set('typebot-api', async (request, response, path) => {
    await readBody(request)
    if (path.endsWith('/streamMessage')) {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
      await paced(script.words, script.wordsPerSecond, (text) => response.write(`0:${JSON.stringify(text)}\n`))
      return void response.end()
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(path.endsWith('/startChat') ? started() : streaming()))
  })
  const bundle = `${front.cdnOrigin}/typebot/dist/web.js`
  return {
    name: 'typebot',
    embed: `<script type="module">import Typebot from '${bundle}'
      Typebot.initBubble({ typebot: 'twin-bench', apiHost: '${front.cdnOrigin}/typebot-api' })</script>`,
    launcher: [HOST, '[part=button]'],
    field: [HOST, '[part=bot] form input:not([type=file])'],
    streams: { transcript: [HOST, '[part=bot]'], way: 'the data stream of a local server' },
    recalls: { reason: 'It shows no earlier conversation.' },
  }
}

/** No emulated typing and no branding: what would only make it slower is left out. */
function started(): object {
  const settings = { general: { isBrandingEnabled: false }, typingEmulation: { enabled: false } }
  return {
    sessionId: 'session',
    resultId: 'result',
    typebot: { id: 'twin-bench', version: '6.1', theme: { general: { font: { type: 'Custom' } } }, settings },
    messages: [said(GREETING)],
    input: question(),
  }
}

function streaming(): object {
  const streamOpenAiChatCompletion = { messages: [] }
  const clientSideActions = [
    { type: 'streamOpenAiChatCompletion', streamOpenAiChatCompletion, expectsDedicatedReply: true },
  ]
  return { messages: [], clientSideActions }
}

function said(text: string): object {
  const content = { type: 'richText', richText: [{ type: 'p', children: [{ text }] }] }
  return { id: 'greeting', type: 'text', content }
}

function question(): object {
  return {
    id: 'question',
    type: 'text input',
    options: { isLong: false, labels: { placeholder: 'Ask', button: 'Send' } },
  }
}
