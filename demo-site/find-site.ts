/** Which demo site a Host header means: one origin a site, so that Origin rules are real. */

/** Name of the site that `localhost` itself shows. */
const INDEX_SITE = 'index'
const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A site's folder name for `<site>.localhost`, the index also for bare loopback names, undefined for any other host. */
export function findSite(host: string | undefined, sites: ReadonlySet<string>): string | undefined {
  if (!host) return undefined
  const name = host
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '')
  if (LOOPBACK_NAMES.has(name)) return INDEX_SITE
  if (!name.endsWith('.localhost')) return undefined
  const site = name.slice(0, -'.localhost'.length)
  return sites.has(site) ? site : undefined
}
