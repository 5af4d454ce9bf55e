/** Ours: the one script tag, served by the Worker; replies through the real room, from the scripted model. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ASSETS_FOLDER } from '../../../../edge/local/build-platform.ts'
import type { MessageRecord } from '../../../../schema/wire/frames.ts'
import { MAX_PAGE_MESSAGES } from '../../../../schema/wire/limits.ts'
import type { Candidate, Said } from '../candidate.ts'
import type { World } from '../world.ts'

const HOST = 'vibethink-twin'
const LAUNCHER = [HOST, '[part~=launcher]']
const SAME = 'The same panel as ours.'
const CONVERSATION = 'conv_bench'

export async function ours({ front, deploymentId, stack }: World): Promise<Candidate> {
  const config = await (await fetch(`${stack.platformUrl}/v1/embed/${deploymentId}`, origin(front.pageOrigin))).text()
  const room = `${front.cdnOrigin}/recall`
  const later = (await chunksBroughtLater()).map((name) => `${front.cdnOrigin}/assets/${name}`)
  front.backends.set('recall', async (_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(config)
  })
  const script = `<script async src="${front.cdnOrigin}/v1/twin.js" data-deployment-id="${deploymentId}"`
  return {
    name: 'ours',
    embed: `<script async crossorigin src="${front.cdnOrigin}/v1/embed/${deploymentId}/twin.js" data-deployment-id="${deploymentId}"></script>`,
    launcher: LAUNCHER,
    field: [HOST, '[part~=input]'],
    streams: { transcript: [HOST, '[part~=log]'], way: 'scripted model, the real Worker and room, socket' },
    recalls: {
      items: [HOST, '[part~=message]'],
      page: (messages, newest = messages.length) =>
        `<script>${roomInPage(records(messages), newest, later)}</script>${script} data-server-url="${room}"></script>`,
    },
  }
}

/** The same standing open in the page, as a widget without a launcher does. */
export function oursInline({ front, deploymentId }: World): Candidate {
  return {
    name: 'ours-inline',
    embed:
      `<div class="widget"><${HOST} mode="inline" deployment-id="${deploymentId}"></${HOST}></div>` +
      `<script async crossorigin src="${front.cdnOrigin}/v1/embed/${deploymentId}/twin.js?mode=inline"></script>`,
    field: [HOST, '[part~=input]'],
    streams: { reason: SAME },
    recalls: { reason: SAME },
  }
}

/** What the panel imports when it needs it: in `history` every script has come before, for us as for everybody. */
async function chunksBroughtLater(): Promise<string[]> {
  const manifest: unknown = JSON.parse(await readFile(join(ASSETS_FOLDER, 'manifest.json'), 'utf8'))
  const panel = await readFile(join(ASSETS_FOLDER, String(Object(manifest).panel)), 'utf8')
  return [...panel.matchAll(/import\(["'`]\.\/([\w-]+\.js)["'`]/g)].map(([, name = '']) => name)
}

function origin(pageOrigin: string): RequestInit {
  return { headers: { origin: pageOrigin } }
}

function session(): object {
  const expiresAt = new Date(Date.now() + 600_000).toISOString()
  return {
    token: 'bench.bench.bench',
    ticket: 'twin.session.bench.bench.bench',
    conversationId: CONVERSATION,
    expiresAt,
    visitorId: 'visitor_bench',
  }
}

function records(messages: readonly Said[]): MessageRecord[] {
  return messages.map(({ role, text }, at) => ({
    position: at + 1,
    messageId: `message_${at + 1}`,
    turnId: `turn_${Math.floor(at / 2)}`,
    role,
    text,
    at: new Date(Date.UTC(2026, 10, 1, 12, at)).toISOString(),
    ...(role === 'twin' && { outcome: 'answered' }),
  }))
}

/**
 * The door and the room's end of the line inside the page, so that the time measured is the widget's and no server's: real frames as
 * text, through the session, the parser and the reducer. `show` presses the launcher.
 */
function roomInPage(messages: readonly MessageRecord[], newest: number, later: readonly string[]): string {
  const json = JSON.stringify(messages).replaceAll('<', String.raw`\u003c`)
  return `
    const messages = ${json}
    const pageBefore = (end, count) => ({ messages: messages.slice(Math.max(0, end - count), end), before: end > count ? end - count + 1 : null })
    const head = { seq: messages.length, conversationId: '${CONVERSATION}', resumed: false, activeTurnId: null, placesLeft: 500 }
    const welcome = JSON.stringify({ type: 'welcome', ...head, ...pageBefore(messages.length, ${newest}) })
    const reach = window.fetch
    window.fetch = (url, ...rest) => String(url).endsWith('/v1/sessions') ? Promise.resolve(Response.json(${JSON.stringify(session())})) : reach(url, ...rest)
    window.WebSocket = class extends EventTarget {
      static CONNECTING = 0; static OPEN = 1; static CLOSING = 2; static CLOSED = 3
      readyState = 0; protocol = 'twin.v1'; binaryType = 'blob'; bufferedAmount = 0; extensions = ''
      constructor(url) { super(); this.url = url; setTimeout(() => { this.readyState = 1; this.dispatchEvent(new Event('open')) }) }
      say(data) { setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data }))) }
      send(text) {
        if (text === 'ping') return this.say('pong')
        const frame = JSON.parse(text)
        if (frame.type === 'hello') this.say(welcome)
        if (frame.type === 'history-get') this.say(JSON.stringify({ type: 'history-page', seq: messages.length, ...pageBefore(frame.before - 1, ${MAX_PAGE_MESSAGES}) }))
      }
      close() { this.readyState = 3 }
    }
    const launcher = () => document.querySelector('${HOST}').shadowRoot.querySelector('[part~=launcher]')
    window.ready = async () => {
      await window.twinBench.painted(['${HOST}', '[part~=launcher]'])
      launcher().dispatchEvent(new PointerEvent('pointerenter'))
      await customElements.whenDefined('${HOST}')
      await Promise.all(${JSON.stringify(later)}.map((path) => import(path)))
    }
    window.show = () => launcher().click()
  `
}
