/**
 * Step 1: the script tag. Draws the launcher and nothing else: one cacheable request, no storage, no socket, no
 * identifier. On intent it brings the panel and its words. Knows nothing of Lit, sessions or conversations. Built as one
 * classic script, served as `/v1/twin.js` and, for the older embed, as `/twin-widget.js`.
 */
import { drawLauncher } from './launcher/draw-launcher.ts'
import { findScript } from './launcher/find-script.ts'
import { wasOpen } from './launcher/open-memory.ts'
import { reportRefusal } from './launcher/report-refusal.ts'
import { requestEmbedConfig, type EmbedAnswer, type KnownAnswer } from './launcher/request-embed-config.ts'
import { tellPage } from './launcher/tell-page.ts'
import { whenParsed } from './launcher/when-parsed.ts'

/** `/assets/panel-<hash>.js`, put in by the build like those that follow. */
declare const PANEL_PATH: string
/** `/assets/teaser-<hash>.js` */
declare const TEASER_PATH: string
/** `/assets/words-<hash>/` */
declare const WORDS_PATH: string
/** What whoever served the script calls it with; nothing where it came as a file. */
declare const KNOWN: KnownAnswer | undefined

type Panel = typeof import('./element/vibethink-twin.ts')
type Teaser = typeof import('./launcher/teaser-with-words.ts')

const TAG = 'vibethink-twin'
const QUEUE = 'VibeThinkTwin'
/** On elements made for script tags. Turbo's morphing leaves them alone, and a copy of a page keeps the mark. */
const MARK = 'data-turbo-permanent'

/** Which one lives here, as the server is asked for it: by its id or, from the older embed, by whose twin it is. */
const deploymentOf = (host: HTMLElement): string => {
  const id = host.getAttribute('deployment-id')
  const celebrity = host.getAttribute('celebrity-id')
  return id ? `/${encodeURIComponent(id)}?` : celebrity ? `?celebrity=${celebrity}&` : ''
}

const script = findScript()
if (script) {
  const queue: unknown = Reflect.get(window, QUEUE)
  const early: unknown[] = Array.isArray(queue) ? queue : []
  const { push } = Object(queue)
  // Included twice, it runs once: the second tag is one more place for the first run.
  if (queue !== early && typeof push === 'function') push(script)
  else run(script, early)
}

/** `early`: calls made before we came, such as `['open']`. */
function run(first: HTMLScriptElement, early: readonly unknown[]): void {
  const { origin } = new URL(first.src)
  const attended = new WeakMap<HTMLElement, string>()
  const made: HTMLElement[] = []
  const standing = new Promise((done) => document.addEventListener('twin:ready', done))
  let attempts = 0
  let panel: Promise<Panel> | undefined
  let arrive: (panel: Panel) => void
  const arrived = new Promise<Panel>((done) => (arrive = done))

  /** The panel comes once; a failed attempt may be repeated, under a name the module map has not seen fail. */
  const bring = (): Promise<Panel> => {
    if (!panel) {
      panel = import(/* @vite-ignore */ origin + PANEL_PATH + (attempts++ ? `?${attempts}` : ''))
      panel.then(arrive, () => (panel = undefined))
    }
    return panel
  }

  const wordsOf = (language: string): string => `${origin + WORDS_PATH + language}.js`

  /** The panel and its words, before anybody asks for them; whether they came, shows when somebody does. */
  const prepare = (language: string): void =>
    void Promise.allSettled([bring(), import(/* @vite-ignore */ wordsOf(language))])

  /** Shown at once, without a launcher. */
  const isPlaced = (host: HTMLElement): boolean => host.matches('[mode=page],[mode=inline]')

  const warn = (error: unknown): void => console.warn('[twin] Not loaded:', error)

  /** The deployment's look has come: the element gets it as a property, also before it is one. */
  const settle = (host: HTMLElement, server: string, { look, language }: EmbedAnswer): void => {
    const preload = (): void => prepare(language)
    const show = (again: boolean): Promise<void> => {
      preload()
      return bring()
        .then((module) => module.show(host, again))
        .catch(warn)
    }
    Reflect.set(host, 'config', look)
    if (isPlaced(host)) preload()
    else {
      const button = drawLauncher(host, look, server)
      const open = (): void => {
        button.ariaBusy = 'true'
        void show(false).then(() => (button.ariaBusy = 'false'))
      }
      button.onpointerenter = button.onfocus = preload // (a finger enters too, before it presses)
      button.onclick = open
      if (host.hasAttribute('open')) preload()
      if (look.proactive && host.getAttribute('proactive') !== 'off') {
        setTimeout(
          () => {
            if (panel) return // somebody has come near already
            const teaser: Promise<Teaser> = import(/* @vite-ignore */ origin + TEASER_PATH)
            void teaser
              .then((chunk) =>
                chunk.teaseWithWords({ host, look, serverUrl: server, wordsUrl: wordsOf(language), open }),
              )
              .catch(warn)
          },
          Number(host.getAttribute('proactive-delay') ?? look.proactive.delaySeconds) * 1_000,
        )
      }
    }
    if (wasOpen(look.deploymentId)) void show(true)
    tellPage(host, 'twin:ready')
  }

  const attend = async (host: HTMLElement): Promise<void> => {
    const which = deploymentOf(host)
    if (attended.get(host) === which) return
    if (attended.has(host)) {
      // Another one shall live here: the one that did is gone at once, whatever the answer will be.
      Reflect.set(host, 'config', undefined)
      host.removeAttribute('refused')
      host.shadowRoot?.querySelector('.launcher')?.remove()
    }
    attended.set(host, which)
    if (!which) return
    // Beside the look, not behind it; in the language it will most likely be in.
    if (isPlaced(host)) prepare(document.documentElement.lang.slice(0, 2))
    const server = host.getAttribute('server-url') ?? origin
    const answer = await requestEmbedConfig(server + '/v1/embed' + which, host.getAttribute('locale'), KNOWN)
    if (attended.get(host) !== which) return
    if ('code' in answer) return reportRefusal(host, answer)
    host.setAttribute('deployment-id', answer.look.deploymentId)
    attended.set(host, deploymentOf(host))
    settle(host, server, answer)
  }

  /** A deployment appears once on a page: its first element speaks, the others wait in silence. */
  const sweep = (): void => {
    for (const host of made) {
      // Another body has taken the place of the one it stood in. (Taken out by itself, it stays out.)
      if (!host.isConnected && host.parentNode) document.body.append(host)
    }
    const seen = new Set<string>()
    for (const host of document.querySelectorAll<HTMLElement>(TAG)) {
      const which = deploymentOf(host)
      // Ours gives way to one placed by hand; what has our mark and is not ours is a copy.
      if (made.includes(host) ? seen.has(which) : host.getAttribute(MARK) === TAG) host.remove()
      else {
        if (!seen.has(which) || attended.has(host)) void attend(host)
        seen.add(which)
      }
    }
  }

  /** What a tag says of itself (`data-position`, …) its element says too; but nothing that would run. */
  const place = (tag: HTMLElement | null): void => {
    if (tag?.matches('[data-deployment-id],[data-celebrity-id]')) {
      const host = document.createElement(TAG)
      for (const { name, value } of tag.attributes) {
        if (/^data-(?!on)/.test(name)) host.setAttribute(name.slice(5), value)
      }
      host.setAttribute(MARK, TAG)
      made.push(host)
      document.body.append(host)
    }
    sweep()
  }

  const obey = (command: unknown): void => {
    if (command instanceof HTMLElement) {
      whenParsed(() => void (command.localName === TAG ? attend(command) : place(command)))
    } else {
      void arrived.then((module) => module.obey(command))
      // What shows nothing waits until somebody wants the panel; but what is to be forgotten, now.
      if (/^(open|toggle|send|logout)/.test(String(command))) void standing.then(bring)
    }
  }
  Reflect.set(window, QUEUE, { push: obey })
  early.forEach(obey)

  whenParsed(() => {
    place(first)
    place(document.getElementById(TAG)) // the div of the older embed, which stands after its script
    new MutationObserver(sweep).observe(document, {
      subtree: true,
      childList: true,
      attributeFilter: ['deployment-id'],
    })
  })
}
