/** Which records a customer sets. Public, so that nothing in them tells of us: the label is anybody's. */
import type { DnsRecord } from '../../../schema/domain/hostname-facts.ts'

const OWNERSHIP_LABEL = '_host-verification'

/** The record of ownership needs a name too, and DNS allows 253 characters. */
export const MAX_HOSTNAME_CHARS = 253 - OWNERSHIP_LABEL.length - 1

export interface Claimed {
  readonly hostname: string
  readonly token: string
}

/** Proves that who claims the name is who writes its DNS: the text is this claim's alone. */
export function ownershipRecord({ hostname, token }: Claimed): DnsRecord {
  return { type: 'TXT', name: `${OWNERSHIP_LABEL}.${hostname}`, value: `host-verification=${token}` }
}

/** Both records, and what the edge asks for beside them. */
export function recordsToSet(claimed: Claimed, target: string, further: readonly DnsRecord[]): readonly DnsRecord[] {
  return [ownershipRecord(claimed), { type: 'CNAME', name: claimed.hostname, value: target }, ...further]
}
