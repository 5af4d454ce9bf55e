/**
 * What the launcher shows of a deployment. Only that is checked here; the panel checks the whole of it before it shows
 * anything. What a person must be told (name, disclosure, who pays) has no default: without it there is no twin.
 */
export interface LauncherLook {
  readonly deploymentId: string
  readonly twin: { readonly name: string; readonly portrait: string | null }
  readonly invitation: string
  readonly theme: {
    readonly accent: string
    readonly scheme?: string
    readonly position?: string
    readonly launcher?: string
    readonly launcherLabel?: string
  }
  readonly proactive: { readonly text: string; readonly delaySeconds: number } | null
}

/** Is this the answer of `GET /v1/embed/…`, as far as a launcher goes? */
export function isLauncherLook(value: unknown): value is LauncherLook {
  const { deploymentId, twin, invitation, disclosure, sponsor, theme } = Object(value)
  return [deploymentId, twin?.name, invitation, disclosure, sponsor ? sponsor.label : invitation, theme?.accent].every(
    (words) => words && typeof words === 'string',
  )
}
