/** What a server-rendered page is made from. The renderers escape; nothing in here is HTML. */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import type { EmbedConfig } from '../../schema/wire/embed.ts'
import type { Locale } from '../../schema/wire/locales.ts'

/** Input of `portalPage`, `whiteLabelPage` and `campaignPage`. */
export interface PageInput {
  readonly record: DeploymentRecord
  /** Goes into the page as `<script type="application/json" id="twin-config">` (escape `<` as `\u003c`). */
  readonly embedConfig: EmbedConfig
  /** The reader's, as far as we speak it: of our own words on the page, not of the tenant's. */
  readonly language: Locale
  /** Path of the module that defines `<ai-twin mode="page">`, such as `/assets/page-1a2b3c4d.js`. */
  readonly pageScriptUrl: string
  /** Where this page lives: its canonical address, built from configuration and verified hosts alone. */
  readonly url: string
  /** True on a customer's host, where nothing of ours may be visible. */
  readonly whiteLabel: boolean
  /**
   * Must stand on every `<style nonce>` of the page: the policy is `default-src 'none'` and allows inline styles by this
   * nonce only (no `style` attributes). Inline executable scripts are ours alone, and marked as well.
   */
  readonly nonce: string
}

/** Input of `campaignNoticePage`: it runs no twin. */
export interface NoticeInput extends Omit<PageInput, 'pageScriptUrl'> {
  readonly kind: 'before' | 'after'
  readonly campaign: NonNullable<DeploymentRecord['campaign']>
  /** Where the twin can be met otherwise, if it can. */
  readonly portalUrl: string | undefined
}

/** Input of `notFoundPage`: shown on the platform host and, without any name of ours, on a customer's host. */
export interface NotFoundPageInput {
  /** True on a customer's host, where nothing of ours may be visible. */
  readonly whiteLabel: boolean
  readonly nonce: string
}
