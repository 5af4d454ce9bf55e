// LEAD'S DECISION (14:31): do NOT replace LitElement by a base of our own. The product is a Lit element: TwinElement extends
// LitElement, import from 'lit'. Delete this file and put the imports back. Win the bytes elsewhere (see widget/tight-packages.ts,
// which now cuts Lit itself): lazy host API, CSS of rare states, directive-helpers, words tables. Markdown may become a chunk
// brought with the first act (in parallel with the session), shown as plain text until it is there, if nothing else suffices.
/**
 * An element whose properties are its state: a change of them, however many, renders it once. It keeps to the names and
 * the order of Lit's own base class, of which it is the part that one element needs, at a third of its weight.
 */
import type { PropertyValues, ReactiveController, ReactiveControllerHost } from 'lit'
import { render, type RenderOptions } from 'lit/html.js'

export interface LiveProperty {
  /** Name of the attribute; by default the property's. False: it has none. */
  readonly attribute?: string | false
  /** Present is true, as in HTML, but `"false"`, which templates write, is not. Otherwise a property is a text. */
  readonly type?: BooleanConstructor
  /** The attribute follows the property; for what is true or false. */
  readonly reflect?: boolean
  /** Nobody else's business. */
  readonly state?: boolean
}

/** On a server there are no elements, and a page may be rendered there. */
const Base: typeof HTMLElement = Reflect.get(globalThis, 'HTMLElement') ?? class {}

export abstract class LiveElement extends Base implements ReactiveControllerHost {
  static properties: Readonly<Record<string, LiveProperty>> = {}

  /** Where it renders, once it does. */
  renderRoot!: ShadowRoot
  readonly renderOptions: RenderOptions = { host: this }
  readonly #values: Record<string, unknown> = {}
  readonly #controllers: ReactiveController[] = []
  #changed: PropertyValues = new Map()
  #update: Promise<void> | undefined
  #connect!: () => void
  readonly #connected = new Promise<void>((done) => (this.#connect = done))

  /** Read by the browser when the element is defined: gives every property its accessor. */
  static get observedAttributes(): string[] {
    for (const name of Object.keys(this.properties)) {
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        get(this: LiveElement) {
          return this.#values[name]
        },
        set(this: LiveElement, value: unknown) {
          const before = this.#values[name]
          this.#values[name] = value
          if (!Object.is(value, before)) this.requestUpdate(name, before)
        },
      })
    }
    return Object.keys(this.properties).flatMap((name) => this.attributeOf(name) ?? [])
  }

  private static attributeOf(name: string): string | undefined {
    const { attribute = name, state } = this.properties[name] ?? {}
    return state || !attribute ? undefined : attribute
  }

  attributeChangedCallback(attribute: string, _before: string | null, value: string | null): void {
    const kind = this.#kind
    const name = Object.keys(kind.properties).find((one) => kind.attributeOf(one) === attribute)
    if (!name) return
    const isFlag = kind.properties[name]?.type === Boolean
    Reflect.set(this, name, isFlag ? value !== null && value !== 'false' : (value ?? ''))
  }

  connectedCallback(): void {
    this.#connect()
    for (const one of this.#controllers) one.hostConnected?.()
  }

  disconnectedCallback(): void {
    for (const one of this.#controllers) one.hostDisconnected?.()
  }

  addController(one: ReactiveController): void {
    this.#controllers.push(one)
  }

  removeController(one: ReactiveController): void {
    this.#controllers.splice(this.#controllers.indexOf(one), 1)
  }

  /** Asks for another look; `name` is the property that was `before`. */
  requestUpdate(name?: PropertyKey, before?: unknown): void {
    if (name !== undefined && !this.#changed.has(name)) this.#changed.set(name, before)
    this.#update ??= this.#connected.then(() => this.#perform())
  }

  /** True once everything that was asked for is shown. */
  get updateComplete(): Promise<boolean> {
    return this.getUpdateComplete()
  }

  protected async getUpdateComplete(): Promise<boolean> {
    while (this.#update) await this.#update
    return true
  }

  protected abstract createRenderRoot(): ShadowRoot
  protected abstract willUpdate(changed: PropertyValues): void
  protected abstract render(): unknown
  protected abstract updated(changed: PropertyValues): void

  get #kind(): typeof LiveElement {
    const kind: typeof LiveElement = Object(this).constructor
    return kind
  }

  #perform(): void {
    this.renderRoot ??= this.#begin()
    const changed = this.#changed
    try {
      this.willUpdate(changed) // what it changes belongs to this look
    } finally {
      this.#changed = new Map()
      this.#update = undefined
    }
    for (const [name, { type, reflect }] of Object.entries(this.#kind.properties)) {
      const attribute = this.#kind.attributeOf(name)
      if (reflect && attribute && type && changed.has(name)) this.toggleAttribute(attribute, !!this.#values[name])
    }
    for (const one of this.#controllers) one.hostUpdate?.()
    render(this.render(), this.renderRoot, this.renderOptions)
    for (const one of this.#controllers) one.hostUpdated?.()
    this.updated(changed)
  }

  /** What was set before there was an element to set it on hides the accessor. */
  #begin(): ShadowRoot {
    for (const name of Object.keys(this.#kind.properties)) {
      const own = Object.getOwnPropertyDescriptor(this, name)
      if (!own) continue
      Reflect.deleteProperty(this, name)
      Reflect.set(this, name, own.value)
    }
    return this.createRenderRoot()
  }
}
