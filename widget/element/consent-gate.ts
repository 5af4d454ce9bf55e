/**
 * Asks before anything is stored or sent, where the deployment or its page wants that. Only a yes is remembered; a no is
 * asked again at the next act. A chunk of its own: most deployments never ask.
 */
import type { TemplateResult } from 'lit'
import type { Consent } from '../../schema/wire/embed.ts'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import type { Persistence } from '../session/twin-session.ts'
import { consentStyles } from './consent-styles.ts'
import { consentView } from './consent-view.ts'
import type { Happening } from './happenings.ts'
import type { Say } from './tools-port.ts'

/** What the gate needs of the element; read anew each time. */
export interface ConsentPorts {
  readonly host: HTMLElement
  readonly say: Say
  readonly config: () => TwinConfig
  readonly persist: () => Persistence
  readonly emit: (happening: Happening) => void
  /** The question comes or goes. */
  readonly onChange: () => void
}

export class ConsentGate {
  readonly styles = new CSSStyleSheet()
  readonly #ports: ConsentPorts
  #given = ''
  #asking: Promise<boolean> | undefined
  #answer: ((granted: boolean) => void) | undefined

  constructor(ports: ConsentPorts) {
    this.#ports = ports
    this.styles.replaceSync(consentStyles)
  }

  /** Was this wording agreed to, now or on an earlier visit? Call it at a person's act. */
  isGiven(): boolean {
    const { version } = this.#question
    return this.#given === this.#key + version || this.#stored((area) => area.getItem(this.#key)) === version
  }

  /** Asks, and settles with the answer. */
  ask(): Promise<boolean> {
    return (this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined
    }))
  }

  /** The visitor's answer; or a no, when the question is taken away. */
  answer(granted: boolean): void {
    this.#answer?.(granted)
  }

  /** As if never asked. */
  forget(): void {
    this.#given = ''
    this.#stored((area) => area.removeItem(this.#key))
  }

  /** The question, while it is asked. `kept`: words are waiting for the answer. */
  view(kept: boolean): TemplateResult | undefined {
    if (!this.#answer) return undefined
    const { say } = this.#ports
    return consentView({ say, consent: this.#question, kept, onAnswer: (granted) => this.answer(granted) })
  }

  async #ask(): Promise<boolean> {
    const { version } = this.#question
    const granted = await new Promise<boolean>((answer) => {
      this.#answer = answer
      this.#ports.onChange()
    })
    this.#answer = undefined
    if (granted) {
      this.#given = this.#key + version
      this.#stored((area) => area.setItem(this.#key, version))
    }
    this.#ports.onChange()
    this.#ports.emit({ name: 'twin:consent', detail: { granted, version } })
    return granted
  }

  /** The deployment's; else the page's own, which our server need not hear of. A page fills gaps alone. */
  get #question(): Consent {
    const { host, say } = this.#ports
    const { consent, twin } = this.#ports.config()
    const { version, text, privacyUrl, termsUrl } = consent ?? {
      version: 'page',
      text: say('consent_text', { name: twin.name }),
    }
    return {
      version,
      text,
      privacyUrl: privacyUrl ?? addressOf(host, 'privacy-url'),
      termsUrl: termsUrl ?? addressOf(host, 'terms-url'),
    }
  }

  get #key(): string {
    return `twin:${this.#ports.config().deploymentId}:consent`
  }

  #stored<Value>(act: (area: Storage) => Value): Value | undefined {
    const persist = this.#ports.persist()
    try {
      return persist === 'none' ? undefined : act(persist === 'session' ? sessionStorage : localStorage)
    } catch {
      return undefined // storage is denied: remembered until the page goes
    }
  }
}

/** An address one can be sent to, relative to the page; a script is none. */
function addressOf(host: HTMLElement, attribute: string): string | null {
  const value = host.getAttribute(attribute)
  if (!value || !URL.canParse(value, document.baseURI)) return null
  const { protocol, href } = new URL(value, document.baseURI)
  return protocol === 'https:' || protocol === 'http:' ? href : null
}
