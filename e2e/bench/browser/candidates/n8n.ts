/** n8n's chat: a toggle and a window made at once. Its webhook answers with lines of JSON, and with earlier messages. */
import { readBody } from '../front.ts'
import type { Front } from '../front.ts'
import { paced } from '../paced.ts'
import type { Candidate, Said } from '../candidate.ts'
import type { Script } from '../script.ts'

const METADATA = { nodeId: 'agent', nodeName: 'Agent', itemIndex: 0, runIndex: 0, timestamp: 0 }

export function n8n(front: Front, folder: string, script: Script): Candidate {
  let earlier: readonly Said[] = []
  front.files.set('n8n', folder)
  front.backends.set('n8n-api', async (request, response) => {
    const asked = await readBody(request)
    if (!asked.includes('"sendMessage"')) {
      response.setHeader('content-type', 'application/json')
      return void response.end(JSON.stringify({ data: earlier.map(message) }))
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    const line = (part: object): boolean => response.write(`${JSON.stringify({ ...part, metadata: METADATA })}\n`)
    line({ type: 'begin' })
    await paced(script.words, script.wordsPerSecond, (content) => line({ type: 'item', content }))
    line({ type: 'end' })
    response.end()
  })
  const style = `<link href="${front.cdnOrigin}/n8n/dist/style.css" rel="stylesheet">`
  const bundle = `${front.cdnOrigin}/n8n/dist/chat.bundle.es.js`
  const webhookUrl = `${front.cdnOrigin}/n8n-api/webhook`
  return {
    name: 'n8n',
    embed: `${style}<script type="module">import { createChat } from '${bundle}'
      createChat({ webhookUrl: '${webhookUrl}', enableStreaming: true })</script>`,
    launcher: ['.chat-window-toggle'],
    field: ['.chat-inputs textarea'],
    streams: { transcript: ['.chat-messages-list'], way: 'lines of JSON from a local server' },
    recalls: {
      items: ['.chat-message-from-user, .chat-message-from-bot'],
      page: (messages) => {
        earlier = messages
        return `${style}<script type="module">import { createChat } from '${bundle}'
          const place = document.createElement('div')
          place.className = 'widget'
          place.id = 'n8n-chat'
          document.body.append(place)
          window.show = () => createChat({ webhookUrl: '${webhookUrl}', mode: 'fullscreen', initialMessages: [] })
          window.ready = () => {}
        </script>`
      },
    },
  }
}

function message({ role, text }: Said): object {
  const kind = role === 'twin' ? 'AIMessage' : 'HumanMessage'
  return { id: ['langchain_core', 'messages', kind], kwargs: { content: text }, lc: 1, type: 'constructor' }
}
