/** Step 3: the Host of a request, in the one form in which hosts are compared. */
import { isHostname } from '../../schema/domain/hostname.ts'

export interface HostRules {
  /** Host of PUBLIC_URL, without port. */
  readonly platformHost: string
  /** Local runs listen on a port; real hosts do not, and a Host that names one is nobody's. */
  readonly portTolerated: boolean
  /** The port that goes without saying, such as `:443`. */
  readonly usualPort: string
}

export type RequestHost = { readonly kind: 'platform' } | { readonly kind: 'custom'; readonly host: string }

/** Undefined: nobody's host. X-Forwarded-Host is never asked: anyone can write it. */
export function readHost(host: string, { platformHost, portTolerated, usualPort }: HostRules): RequestHost | undefined {
  const [, name, port] = /^([^:]+)(:\d{1,5})?$/.exec(host.toLowerCase()) ?? []
  if (name === undefined || (port !== undefined && !portTolerated && port !== usualPort)) return undefined
  const bare = name.endsWith('.') ? name.slice(0, -1) : name
  if (bare === platformHost) return { kind: 'platform' }
  return isHostname(bare) ? { kind: 'custom', host: bare } : undefined
}
