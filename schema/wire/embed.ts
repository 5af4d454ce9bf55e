/** What a page may know of a deployment before a person acts: its public look and words. */

export type Scheme = 'light' | 'dark' | 'auto'
export type Corner = 'sharp' | 'soft' | 'round'
export type Density = 'comfortable' | 'compact'
export type Position = 'bottom-right' | 'bottom' | 'bottom-left' | 'top-right' | 'top' | 'top-left'
/** `face`: the portrait alone; `pill`: with a line beside it; `icon`: a drawn sign in the accent. */
export type Launcher = 'face' | 'pill' | 'icon'
export type DeploymentType = 'VIBETHINK_PORTAL' | 'EMBEDDED_WIDGET' | 'BRAND_CAMPAIGN' | 'WHITE_LABEL'

/** One accent; every other colour is derived and corrected for contrast by the element. */
export interface Theme {
  /** `#rrggbb` */
  readonly accent: string
  readonly scheme: Scheme
  readonly corner: Corner
  readonly density: Density
  readonly position: Position
  /** Absent: `pill` where there is a label, else `face`. */
  readonly launcher?: Launcher
  /** The one line of the pill. */
  readonly launcherLabel?: string
}

/** A message of the closed twin: shown once a visit after a delay, and never again once it was dismissed or followed. */
export interface Proactive {
  readonly text: string
  readonly delaySeconds: number
}

/** Asked for before anything is stored or sent. */
export interface Consent {
  /** Which wording was agreed to; another version asks again. */
  readonly version: string
  readonly text: string
  readonly privacyUrl: string | null
  readonly termsUrl: string | null
}

/** Answer of `GET /v1/embed/:deploymentId?lang=de`, cacheable, without credentials. */
export interface EmbedConfig {
  readonly deploymentId: string
  readonly type: DeploymentType
  readonly twin: {
    readonly name: string
    /** One line of who this is. */
    readonly tagline: string
    /** A `data:` URL, a path on the serving host for a large picture, or null for drawn initials. */
    readonly portrait: string | null
  }
  readonly greeting: string
  /** At most three questions worth asking. */
  readonly suggestions: readonly string[]
  readonly theme: Theme
  /** Cannot be removed by theme or page; in the language asked for. */
  readonly disclosure: string
  /** The launcher's accessible name in the language asked for, such as "Talk to the AI twin of Remy Vale". */
  readonly invitation: string
  readonly proactive: Proactive | null
  readonly consent: Consent | null
  /** Hosts a reply may show pictures from. Empty: no pictures at all. */
  readonly imageHosts: readonly string[]
  /** Names of page context that may be sent along. Empty: none. */
  readonly contextKeys: readonly string[]
  /** In a campaign: who pays, in words that must be shown. */
  readonly sponsor: { readonly brand: string; readonly label: string } | null
}
