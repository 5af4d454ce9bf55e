/** The rate limits of wrangler.toml, as Miniflare takes them. */

interface Ratelimit {
  readonly namespace_id: string
  readonly simple: { readonly limit: number; readonly period: 10 | 60 }
}

const RATELIMIT =
  /^\[\[ratelimits\]\]\nname = "(?<name>\w+)".*\nnamespace_id = "(?<id>\d+)"\nsimple = \{ limit = (?<limit>\d+), period = (?<period>10|60) \}$/gm

/** By the name of the binding. `instead`: what every limit is, whatever the file says. */
export function readRatelimits(wranglerToml: string, instead?: number): Record<string, Ratelimit> {
  const found = Array.from(wranglerToml.matchAll(RATELIMIT), ({ groups }) => {
    const limit = instead ?? Number(groups?.['limit'])
    const period = groups?.['period'] === '10' ? (10 as const) : (60 as const)
    return [groups?.['name'] ?? '', { namespace_id: groups?.['id'] ?? '', simple: { limit, period } }] as const
  })
  if (found.length !== wranglerToml.match(/^\[\[ratelimits\]\]$/gm)?.length) {
    throw new Error('wrangler.toml has a rate limit that cannot be read.')
  }
  return Object.fromEntries(found)
}
