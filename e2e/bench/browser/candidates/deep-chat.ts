/** deep-chat: an element that stands open in the page. It speaks server-sent events of `{"text": …}` with its backend. */
import { readBody } from '../front.ts'
import type { Front } from '../front.ts'
import { paced } from '../paced.ts'
import type { Candidate } from '../candidate.ts'
import type { Script } from '../script.ts'

const HOST = 'deep-chat'

export function deepChat(front: Front, folder: string, script: Script): Candidate {
  front.files.set('deep-chat', folder)
  front.backends.set('deep-chat-api', async (request, response) => {
    await readBody(request)
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    await paced(script.words, script.wordsPerSecond, (text) => response.write(`data: ${JSON.stringify({ text })}\n\n`))
    response.end()
  })
  const bundle = `<script type="module" src="${front.cdnOrigin}/deep-chat/dist/deepChat.bundle.js"></script>`
  const connect = JSON.stringify({ url: `${front.cdnOrigin}/deep-chat-api/chat`, stream: true })
  return {
    name: 'deep-chat',
    embed: `${bundle}<div class="widget"><deep-chat connect='${connect}'></deep-chat></div>`,
    field: [HOST, '#text-input'],
    streams: { transcript: [HOST, '#messages'], way: 'server-sent events from a local server' },
    recalls: {
      items: [HOST, '#messages .message-bubble'],
      page: (messages) => `${bundle}<div class="widget"></div><script>
        const history = ${JSON.stringify(messages.map(({ role, text }) => ({ role: role === 'twin' ? 'ai' : 'user', text })))}
        window.ready = () => customElements.whenDefined('${HOST}')
        window.show = () => {
          const chat = document.createElement('${HOST}')
          chat.history = history
          chat.connect = ${connect}
          document.querySelector('.widget').append(chat)
        }
      </script>`,
    },
  }
}
