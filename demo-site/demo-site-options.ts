/** What the demo sites must be told: where the Worker answers and which deployments the pages name. */
export interface DemoSiteOptions {
  /** Port on the loopback addresses; 0 takes a free one. */
  readonly port: number
  /** Origin of the Worker, which serves the script tag, such as `http://localhost:8787`. */
  readonly cdnUrl: string
  /** Address of the white-label host's page. */
  readonly whiteLabelUrl: string
  /** Address of the portal page. */
  readonly portalUrl: string
  readonly ids: {
    /** Remy Vale's EMBEDDED_WIDGET, also pasted by the stranger and the strict page. */
    readonly remyWidget: string
    /** Solara's BRAND_CAMPAIGN. */
    readonly solaraCampaign: string
    /** Kick Cola's BRAND_CAMPAIGN. */
    readonly kickColaCampaign: string
    /** The EMBEDDED_WIDGET of Ada Marlow's club. */
    readonly marlowClub: string
  }
  /** Closes the server when it fires. */
  readonly signal?: AbortSignal
}
