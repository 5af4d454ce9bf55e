/** The question before the first act, in the composer's place. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Consent } from '../../schema/wire/embed.ts'
import type { Say } from './tools-port.ts'

export interface ConsentQuestion {
  readonly say: Say
  readonly consent: Consent
  /** Words are waiting for the answer. */
  readonly kept: boolean
  readonly onAnswer: (granted: boolean) => void
}

export function consentView({ say, consent, kept, onAnswer }: ConsentQuestion): TemplateResult {
  const { text, privacyUrl, termsUrl } = consent
  const links = [linkView(privacyUrl, say('privacy')), linkView(termsUrl, say('terms'))]
  return html`<div
    class="end consent"
    part="consent"
    role="group"
    tabindex="-1"
    aria-labelledby="consent-title"
    aria-describedby="consent-text"
  >
    <h3 id="consent-title">${say('consent_title')}</h3>
    <p id="consent-text" dir="auto">${text}</p>
    ${privacyUrl || termsUrl ? html`<p class="links">${links}</p>` : nothing}
    ${kept ? html`<p class="kept">${say('consent_kept')}</p>` : nothing}
    <div class="answers">
      <button class="filled" type="button" @click=${() => onAnswer(true)}>${say('consent_yes')}</button>
      <button class="quiet" type="button" @click=${() => onAnswer(false)}>${say('consent_no')}</button>
    </div>
  </div>`
}

function linkView(address: string | null, words: string): TemplateResult | typeof nothing {
  return address ? html`<a href=${address} target="_blank" rel="noopener noreferrer">${words}</a> ` : nothing
}
