/** A page of its own, in a frame, into which an owner has pasted an embed; notes what that does to its visitor. */
import type { EmbedConfig } from '../../schema/wire/embed.ts'
import { remy } from '../gallery/cast.ts'

export interface Pasted {
  readonly page: Document
  /** `METHOD path credentials` of each request that was not for a script or a picture. */
  readonly requests: string[]
  /** Each touch of storage, cookie or socket. */
  readonly touched: string[]
  readonly warnings: string[]
  readonly events: { readonly name: string; readonly detail: unknown }[]
  /** What was loaded as a file, by path, hashes left out. */
  files(): string[]
  twins(): HTMLElement[]
  launchers(): HTMLButtonElement[]
}

type Answer = (path: string) => { readonly status: number; readonly body: unknown; readonly language?: string }

/** What is so before anything of the markup is read. */
interface Before {
  readonly lang?: string
  readonly act?: (inside: Window & typeof globalThis) => void
}

/** What the server says of any deployment, unless a test says otherwise. */
export const known: Answer = (path) => {
  const [, id] = /^\/v1\/embed\/([^?]+)/.exec(path) ?? []
  const deploymentId = id ?? 'found-by-name'
  const body: EmbedConfig = { ...remy, type: 'EMBEDDED_WIDGET', deploymentId }
  return path.startsWith('/v1/embed')
    ? { status: 200, body }
    : { status: 503, body: { code: 'service_unavailable', title: '' } }
}

/** Loads the markup; `ready` is true once what the test waits for is there. */
export async function paste(
  markup: string,
  ready: (pasted: Pasted) => boolean,
  answer: Answer = known,
  { lang = 'en', act }: Before = {},
): Promise<Pasted> {
  const frame = document.createElement('iframe')
  frame.width = '800'
  frame.height = '600'
  const requests: string[] = []
  const touched: string[] = []
  const warnings: string[] = []
  const events: { name: string; detail: unknown }[] = []
  Reflect.set(window, 'prepareFrame', (inside: Window & typeof globalThis) => {
    inside.fetch = async (input, options) => {
      const { pathname, search } = new URL(String(input), location.origin)
      requests.push(
        [
          options?.method ?? 'GET',
          pathname + search,
          options?.credentials,
          ...Object.keys(options?.headers ?? {}),
        ].join(' '),
      )
      const { status, body, language } = answer(pathname + search)
      return Response.json(body, { status, headers: { ...(language && { 'content-language': language }) } })
    }
    inside.WebSocket = class extends inside.WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        touched.push('WebSocket')
      }
    }
    for (const verb of ['getItem', 'setItem', 'removeItem', 'key'] as const) {
      const real = inside.Storage.prototype[verb]
      Reflect.set(inside.Storage.prototype, verb, function (this: Storage, ...rest: unknown[]) {
        touched.push(verb)
        return Reflect.apply(real, this, rest)
      })
    }
    inside.console.warn = (...words: unknown[]) => void warnings.push(words.join(' '))
    act?.(inside)
    for (const name of ['twin:error', 'twin:ready', 'twin:open']) {
      inside.document.addEventListener(name, (event) => {
        events.push({ name, detail: event instanceof inside.CustomEvent ? event.detail : undefined })
      })
    }
  })
  frame.srcdoc = `<!doctype html><html lang="${lang}"><script>parent.prepareFrame(window)</script><body>${markup}</body></html>`
  const loaded = new Promise((done) => frame.addEventListener('load', done, { once: true }))
  document.body.append(frame)
  await loaded
  const page = frame.contentDocument
  if (!page) throw new Error('The frame has no document')
  const pasted: Pasted = {
    page,
    requests,
    touched,
    warnings,
    events,
    files: () =>
      (frame.contentWindow?.performance.getEntriesByType('resource') ?? [])
        .map(({ name }) => new URL(name).pathname.replace(/-[\w-]{8}(?=[./])/, ''))
        .filter((path) => path.startsWith('/assets/')),
    twins: () => [...page.querySelectorAll<HTMLElement>('vibethink-twin')],
    launchers: () =>
      pasted.twins().flatMap(({ shadowRoot }) => shadowRoot?.querySelector<HTMLButtonElement>('.launcher') ?? []),
  }
  await until(() => ready(pasted))
  return pasted
}

/** Waits for what the browser does in its own time. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !isSo(); tries++) await new Promise((done) => setTimeout(done, 20))
  if (!isSo()) throw new Error(`Waited in vain: ${isSo.toString()}`)
}
