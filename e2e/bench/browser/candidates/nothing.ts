/** No widget: reads the same words and shows none. What the machine and the browser cost by themselves. */
import type { Front } from '../front.ts'
import { paced } from '../paced.ts'
import { LAST_WORD } from '../reply-text.ts'
import type { Candidate } from '../candidate.ts'
import type { Script } from '../script.ts'

export function nothing(front: Front, script: Script): Candidate {
  front.backends.set('nothing-api', async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' })
    await paced(script.words, script.wordsPerSecond, (word) => response.write(word))
    response.end()
  })
  return {
    name: 'nothing',
    embed: `<div class="widget"><input id="field"><p id="heard"></p></div><script type="module">
      document.querySelector('#field').addEventListener('keydown', async ({ key }) => {
        if (key !== 'Enter') return
        const reader = (await fetch('${front.cdnOrigin}/nothing-api/')).body.getReader()
        while (!(await reader.read()).done) {}
        document.querySelector('#heard').textContent = '${LAST_WORD}'
      })</script>`,
    field: ['#field'],
    streams: { transcript: ['#heard'], way: 'a local server' },
    recalls: { reason: 'There is nothing to show it in.' },
  }
}
