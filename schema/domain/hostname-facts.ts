/**
 * What was seen of a customer's hostname when it was last looked at: whose it is and where it leads, as DNS says, and what
 * stands at the edge that ends its TLS. Kept with the claim, so that its owner is told reasons and not just a status.
 */

/** `unknown`: nobody has answered yet. `held_elsewhere`: proved, but the name still serves somebody whose record stands too. */
export type Ownership = 'unknown' | 'absent' | 'proved' | 'held_elsewhere'
/** Where the name leads: nowhere, to somebody else, or to us. */
export type Pointing = 'unknown' | 'absent' | 'elsewhere' | 'ours'
/**
 * A hostname, or its certificate, at the edge. `off`: this platform has no edge that takes hostnames. `none`: not asked for
 * yet. `busy`: the name stands there already and is not this claim's.
 */
export type EdgeStatus = 'unknown' | 'off' | 'none' | 'busy' | 'pending' | 'active' | 'failed'

/** A record to set in DNS. */
export interface DnsRecord {
  readonly type: 'TXT' | 'CNAME'
  readonly name: string
  readonly value: string
}

export interface HostnameFacts {
  readonly ownership: Ownership
  readonly pointing: Pointing
  /** Where it leads when that is not to us: a name, or an address. */
  readonly leadsTo: string | null
  readonly edge: EdgeStatus
  readonly tls: EdgeStatus
  /** In the edge's own words, cut short. */
  readonly remarks: readonly string[]
  /** Further records that the edge asks for. */
  readonly records: readonly DnsRecord[]
}

export const NOTHING_SEEN: HostnameFacts = {
  ownership: 'unknown',
  pointing: 'unknown',
  leadsTo: null,
  edge: 'unknown',
  tls: 'unknown',
  remarks: [],
  records: [],
}
