/** Which Content-Security-Policy a demo page sends; most send none, as most pages on the web do. Pure. */
import { strictCsp } from './strict-csp.ts'

/** Where the twin is tried: a page under exactly the policy that the playground hands out. */
const STAGE = '/stage.html'

/** The policy for a page of a site, or undefined. */
export function sitePolicy(site: string, path: string, cdnUrl: string): string | undefined {
  if (site === 'strict') return strictCsp(cdnUrl).join('; ')
  if (site !== 'playground') return undefined
  if (path === STAGE) return [...strictCsp(cdnUrl), `frame-ancestors 'self'`].join('; ')
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `font-src 'self'`,
    `img-src 'self'`,
    `connect-src 'self'`,
    `frame-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `trusted-types 'none'`,
    `require-trusted-types-for 'script'`,
  ].join('; ')
}
