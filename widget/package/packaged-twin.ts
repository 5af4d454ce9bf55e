/**
 * The element as the package has it: no loader stands before it, so it asks for its look, draws its launcher and opens
 * for a person by itself. All else is the same element. Registers nothing: `define.ts` does.
 */
import type { PropertyValues } from 'lit'
import { localeOf } from '../../schema/wire/locales.ts'
import { TwinElement as BareTwin } from '../element/twin-element.ts'
import { drawLauncher } from '../launcher/draw-launcher.ts'
import { wasOpen } from '../launcher/open-memory.ts'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import { reportRefusal } from '../launcher/report-refusal.ts'
import { requestEmbedConfig } from '../launcher/request-embed-config.ts'
import { loadWords } from '../locales/load-words.ts'

declare global {
  interface HTMLElementTagNameMap {
    'vibethink-twin': TwinElement
  }
}

/** The elements of this page in the order in which they came. */
const present = new Set<TwinElement>()

export class TwinElement extends BareTwin {
  #attended = ''
  #stands: TwinConfig | undefined
  #language = ''

  static {
    const { open } = this.prototype
    // Frameworks set a property where there is one. `open` is a method here and an attribute in HTML: it stays both.
    Object.defineProperty(this.prototype, 'open', {
      configurable: true,
      get: () => open,
      set(this: TwinElement, value: unknown) {
        this.opened = value !== undefined && value !== null && value !== false && value !== 'false'
      },
    })
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'deployment-id']
  }

  /** A deployment appears once on a page: its first element speaks, the others wait in silence. */
  static #attendAll(): void {
    const taken = new Set<string>()
    for (const twin of present) {
      const id = twin.getAttribute('deployment-id') ?? ''
      if (!taken.has(id)) void twin.#attend()
      if (id) taken.add(id)
    }
  }

  override attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    super.attributeChangedCallback(name, before, value)
    if (name === 'deployment-id' || name === 'server-url') TwinElement.#attendAll()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    present.add(this)
    TwinElement.#attendAll()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    present.delete(this)
    TwinElement.#attendAll() // the next one's turn
  }

  /** Asks for the look of the deployment that lives here, once. */
  async #attend(): Promise<void> {
    const id = this.getAttribute('deployment-id') ?? ''
    const { serverUrl } = this
    const which = id && `${serverUrl} ${id}`
    if (which === this.#attended) return
    if (this.#attended) this.#leave()
    this.#attended = which
    if (!id || this.config?.deploymentId === id) return
    const answer = await requestEmbedConfig(
      `${serverUrl}/v1/embed/${encodeURIComponent(id)}?`,
      this.getAttribute('locale'),
    )
    if (this.#attended !== which) return
    if ('code' in answer) return reportRefusal(this, answer)
    this.#language = answer.language
    Reflect.set(this, 'config', answer.look)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed)
    if (this.config && this.config !== this.#stands) this.#stand(this.config)
  }

  /** Another deployment shall live here: the one that did is gone at once, whatever the answer will be. */
  #leave(): void {
    this.config = this.#stands = undefined
    this.removeAttribute('refused')
    this.shadowRoot?.querySelector('.launcher')?.remove()
  }

  /** The deployment's look has come. */
  #stand(config: TwinConfig): void {
    this.#stands = config
    const root = this.shadowRoot
    if (root && this.mode !== 'page' && this.mode !== 'inline') {
      const sheets = [...root.adoptedStyleSheets]
      const button = drawLauncher(this, config, this.serverUrl)
      const drawn = root.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet))
      root.adoptedStyleSheets = [...drawn, ...sheets] // what the element says of itself stands above
      const open = (): void => {
        button.ariaBusy = 'true'
        this.open({ byPerson: true })
          .catch((error: unknown) => console.warn('[twin] The panel could not be opened', error))
          .finally(() => (button.ariaBusy = 'false'))
      }
      button.addEventListener('click', open)
      if (config.proactive && this.getAttribute('proactive') !== 'off') this.#promise(config, open)
    }
    if (wasOpen(config.deploymentId)) void this.resume()
    this.dispatchEvent(new CustomEvent('twin:ready', { bubbles: true, composed: true }))
  }

  /** The deployment's first word, after its delay. */
  #promise(look: TwinConfig, open: () => void): void {
    const speak = async (): Promise<void> => {
      const [{ tease }, words] = await Promise.all([
        import('../launcher/teaser.ts'),
        loadWords(localeOf(this.locale || this.#language) ?? 'en'),
      ])
      await tease({ host: this, look, serverUrl: this.serverUrl, words, open })
    }
    const seconds = Number(this.getAttribute('proactive-delay') ?? look.proactive?.delaySeconds)
    const delay = setTimeout(
      () => void speak().catch((error: unknown) => console.warn('[twin] It could not speak up', error)),
      seconds * 1_000,
    )
    this.addEventListener('twin:open', () => clearTimeout(delay), { once: true })
  }
}
