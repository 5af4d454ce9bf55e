/**
 * Step 1: the script tag. Draws the launcher and nothing else: one cacheable request, no storage, no socket, no
 * identifier. On intent it brings the panel. Knows nothing of Lit, sessions or conversations. Built as one classic
 * script, served as `/v1/twin.js` and, for the older embed, as `/twin-widget.js`.
 */
import { drawLauncher } from './launcher/draw-launcher.ts'
import { wasOpen } from './launcher/open-memory.ts'
import type { TwinConfig } from './launcher/parse-embed-config.ts'
import { reportRefusal } from './launcher/report-refusal.ts'
import { requestEmbedConfig } from './launcher/request-embed-config.ts'
import { standsFirst } from './launcher/stands-first.ts'

/** `/assets/panel-<hash>.js`, put in by the build. */
declare const PANEL_PATH: string

const TAG = 'vibethink-twin'
const QUEUE = 'VibeThinkTwin'

// Script optimisers empty `currentScript`, and an image named so can take its place.
const current = document.currentScript
const script =
  current instanceof HTMLScriptElement
    ? current
    : document.querySelector<HTMLScriptElement>('script[data-deployment-id],script[src*="/twin"]')

if (script) {
  const queue: unknown = Reflect.get(window, QUEUE)
  const early: unknown[] = Array.isArray(queue) ? queue : []
  const { push }: { readonly push?: unknown } = Object(queue)
  // Included twice, it runs once: the second tag is one more place for the first run.
  if (queue !== early && typeof push === 'function') push(script)
  else run(script, early)
}

/** `early`: calls made before we came, such as `['open']`. */
function run(first: HTMLScriptElement, early: readonly unknown[]): void {
  const { origin } = new URL(first.src)
  const attended = new WeakMap<HTMLElement, string | null>()
  const made = new WeakSet<HTMLElement>()
  const standing = new Promise((done) => document.addEventListener('twin:ready', done, { once: true }))
  let attempts = 0
  let panel: Promise<typeof import('./element/vibethink-twin.ts')> | undefined

  /** The panel comes once; a failed attempt may be repeated, under a name the module map has not seen fail. */
  const bring = (): NonNullable<typeof panel> =>
    (panel ??= import(/* @vite-ignore */ origin + PANEL_PATH + (attempts++ ? `?${attempts}` : '')).catch((error) => {
      panel = undefined
      throw error
    }))
  const preload = (): void => void bring().catch(() => {}) // the click will say so

  const show = async (host: HTMLElement, again: boolean): Promise<void> => {
    try {
      const { TwinElement } = await bring()
      if (host instanceof TwinElement) await (again ? host.resume() : host.open({ byPerson: true }))
    } catch (error) {
      console.warn('[twin] The panel could not be loaded', error)
    }
  }

  /** The deployment's look has come: the element gets it as a property, also before it is one. */
  const settle = (host: HTMLElement, server: string, config: TwinConfig): void => {
    Reflect.set(host, 'config', config)
    const again = wasOpen(config.deploymentId)
    if (/^(page|inline)$/.test(host.getAttribute('mode') ?? '')) preload()
    else {
      const button = drawLauncher(host, config, server)
      // (A finger enters too, before it presses.)
      for (const intent of ['pointerenter', 'focus']) button.addEventListener(intent, preload, { once: true })
      button.addEventListener('click', () => {
        button.ariaBusy = 'true'
        void show(host, false).finally(() => (button.ariaBusy = 'false'))
      })
      if (host.hasAttribute('open')) preload()
    }
    if (again) void show(host, true)
    host.dispatchEvent(new CustomEvent('twin:ready', { bubbles: true, composed: true }))
  }

  const attend = async (host: HTMLElement): Promise<void> => {
    const id = host.getAttribute('deployment-id')
    if (!id || attended.get(host) === id) return
    attended.set(host, id)
    const server = host.getAttribute('server-url') ?? origin
    const answer = await requestEmbedConfig(server, `/${encodeURIComponent(id)}`)
    if (attended.get(host) !== id) return
    if ('code' in answer) reportRefusal(host, answer)
    else settle(host, server, answer)
  }

  const look = (): void => {
    for (const host of document.querySelectorAll<HTMLElement>(TAG)) {
      if (standsFirst(host)) void attend(host)
      else if (made.has(host)) host.remove() // the one placed by hand takes its place
    }
  }

  const make = (id: string, attributes: Record<string, string | undefined>, config?: TwinConfig): void => {
    const host = document.createElement(TAG)
    for (const [name, value] of Object.entries({ ...attributes, 'deployment-id': id })) {
      if (value) host.setAttribute(name, value)
    }
    made.add(host)
    document.body.append(host)
    if (config && standsFirst(host)) {
      attended.set(host, id)
      settle(host, origin, config)
    }
    look()
  }

  const place = ({ dataset }: HTMLScriptElement): void => {
    if (dataset['deploymentId']) make(dataset['deploymentId'], { 'server-url': dataset['serverUrl'] })
    else look()
  }

  /** The div of the older embed stands after its script and names a celebrity, not a deployment. */
  const placeOlder = async (): Promise<void> => {
    const div = document.getElementById(TAG)
    const { celebrityId, theme, position } = div?.dataset ?? {}
    if (!div || !celebrityId) return
    const answer = await requestEmbedConfig(origin, `?celebrity=${encodeURIComponent(celebrityId)}`)
    if ('code' in answer) reportRefusal(div, answer)
    else make(answer.deploymentId, { theme, position }, answer)
  }

  const whenParsed = (act: () => void): void => {
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', act, { once: true })
    else act()
  }

  const obey = (command: unknown): void => {
    if (command instanceof HTMLScriptElement) whenParsed(() => place(command))
    else void standing.then(bring).then((module) => module.obey(command))
  }
  Reflect.set(window, QUEUE, { push: obey })
  early.forEach(obey)

  whenParsed(() => {
    place(first)
    void placeOlder()
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ['deployment-id'] })
  })
}
