/** Host names as DNS and browsers write them: ASCII, lower case, letters, digits and hyphens in labels. */

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const HOSTNAME = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`)

export function isHostname(text: string): boolean {
  return HOSTNAME.test(text)
}
