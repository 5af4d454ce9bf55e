/** What a brand asks of a twin inside its campaign: sentences guide the model, rules are enforced in code. */

export interface CampaignGuidelines {
  /** Plain sentences as the brand wrote them; they guide the model and enforce nothing. */
  readonly sentences: readonly string[]
  readonly rules: {
    /** Terms that must never reach a visitor, each a whole word or phrase. */
    readonly avoidTerms: readonly string[]
    /** What to bring up when it is relevant; the model is told. */
    readonly mention: readonly string[]
  }
}
