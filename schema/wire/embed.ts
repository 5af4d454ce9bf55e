/** What a page may know of a deployment before a person acts: its public look and words. */

export type Scheme = 'light' | 'dark' | 'auto'
export type Corner = 'sharp' | 'soft' | 'round'
export type Density = 'comfortable' | 'compact'
export type Position = 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left'
export type DeploymentType = 'VIBETHINK_PORTAL' | 'EMBEDDED_WIDGET' | 'BRAND_CAMPAIGN' | 'WHITE_LABEL'

/** One accent; every other colour is derived and corrected for contrast by the element. */
export interface Theme {
  /** `#rrggbb` */
  readonly accent: string
  readonly scheme: Scheme
  readonly corner: Corner
  readonly density: Density
  readonly position: Position
  /** The one-line pill beside the launcher; absent means the face alone. */
  readonly launcherLabel?: string
}

/** Answer of `GET /v1/embed/:deploymentId`, cacheable, without credentials. */
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
  /** Cannot be removed by theme or page. */
  readonly disclosure: string
  /** In a campaign: who pays, in words that must be shown. */
  readonly sponsor: { readonly brand: string; readonly label: string } | null
}
