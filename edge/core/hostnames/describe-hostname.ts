/**
 * What a claim's owner is told: the hostname and its TLS apart, each with the reason and with what to do next. Pure, and
 * the only place with words about it.
 */
import { NOTHING_SEEN } from '../../../schema/domain/hostname-facts.ts'
import type { DnsRecord, HostnameFacts } from '../../../schema/domain/hostname-facts.ts'
import type { DomainStatus } from '../../../schema/domain/enums.ts'
import { ownershipRecord, recordsToSet } from './hostname-records.ts'
import { FAILURES_BEFORE_DEACTIVATION, GRACE_MS } from './judge-hostname.ts'

export interface Standing {
  readonly state: 'PENDING' | 'ACTIVE' | 'FAILED' | 'NOT_CONFIGURED'
  readonly reason: string | null
  readonly nextStep: string | null
}

export interface HostnameDescription {
  readonly hostnameStatus: Standing
  readonly tlsStatus: Standing
  /** To be set in DNS; they stay as long as the hostname does. */
  readonly records: readonly DnsRecord[]
  /** Of one that is active and will not stay so. */
  readonly warning: { readonly reason: string; readonly nextStep: string; readonly deactivatesAfter: Date } | null
}

export interface Described {
  readonly hostname: string
  readonly token: string
  readonly status: DomainStatus
  readonly facts: HostnameFacts | null
  readonly failures: number
  readonly failingSince: Date | null
  /** Of the own machine, served while developing. */
  readonly ownMachine: boolean
}

export function describeHostname(claim: Described, target: string): HostnameDescription {
  const { status, ownMachine, failures, failingSince } = claim
  if (status === 'REMOVED') return { hostnameStatus: GONE, tlsStatus: GONE, records: [], warning: null }
  if (ownMachine) return { hostnameStatus: OWN_MACHINE, tlsStatus: OWN_MACHINE, records: [], warning: null }
  const facts = claim.facts ?? NOTHING_SEEN
  const hostnameStatus = hostnameStanding(claim, facts, target)
  const tlsStatus = tlsStanding(facts)
  const amiss = hostnameStatus.state === 'ACTIVE' ? tlsStatus : hostnameStatus
  const warned = status === 'ACTIVE' && failures > 0 && failingSince !== null
  return {
    hostnameStatus,
    tlsStatus,
    records: recordsToSet(claim, target, facts.records),
    warning: warned
      ? {
          reason: amiss.reason ?? 'Something was not as it must be when it was last looked at.',
          nextStep: `${amiss.nextStep ?? 'Set the records again.'} It is let go once ${FAILURES_BEFORE_DEACTIVATION} looks have failed and the time has passed.`,
          deactivatesAfter: new Date(failingSince.getTime() + GRACE_MS),
        }
      : null,
  }
}

const GONE: Standing = { state: 'FAILED', reason: 'The hostname was removed.', nextStep: null }
const OWN_MACHINE: Standing = { state: 'ACTIVE', reason: 'A name of the own machine needs neither.', nextStep: null }
const FINE: Standing = { state: 'ACTIVE', reason: null, nextStep: null }

/** One thing after the other: the first that is missing is the one to see to. */
function hostnameStanding(claim: Described, facts: HostnameFacts, target: string): Standing {
  return ownershipStanding(claim, facts) ?? pointingStanding(claim, facts, target) ?? edgeStanding(facts)
}

function ownershipStanding(claim: Described, { ownership }: HostnameFacts): Standing | undefined {
  const { name, value } = ownershipRecord(claim)
  switch (ownership) {
    case 'proved':
      return undefined
    case 'unknown':
      return pending('DNS has not been asked yet, or did not answer.', `Set the TXT record ${name} to ${value}.`)
    case 'absent':
      return pending(
        `There is no TXT record ${name} with this claim’s value.`,
        `Set the TXT record ${name} to ${value}. It is looked for again by itself.`,
      )
    case 'held_elsewhere':
      return pending(
        'Your record is right, but this name is in use already and the record of that use still stands.',
        `Take every other value off the TXT record ${name}. The name is yours with the next look.`,
      )
  }
}

function pointingStanding(
  { hostname }: Described,
  { pointing, leadsTo }: HostnameFacts,
  target: string,
): Standing | undefined {
  const nextStep = `Set the CNAME record ${hostname} to ${target}.`
  switch (pointing) {
    case 'ours':
      return undefined
    case 'unknown':
      return pending('DNS has not been asked yet, or did not answer.', nextStep)
    case 'absent':
      return pending('The name leads nowhere.', nextStep)
    case 'elsewhere':
      return pending(`The name leads to ${leadsTo ?? 'somewhere else'}.`, nextStep)
  }
}

function edgeStanding({ edge, remarks }: HostnameFacts): Standing {
  const told = remarks.length === 0 ? '' : ` It says: ${remarks.join('; ')}`
  switch (edge) {
    case 'active':
    case 'off':
      return FINE
    case 'unknown':
      return pending('The edge did not answer.', 'Nothing: it is asked again by itself.')
    case 'none':
    case 'pending':
      return pending(`The edge is taking the name in.${told}`, 'Nothing: this takes minutes, seldom hours.')
    case 'busy':
      return pending(
        'The edge still has the name for an earlier use.',
        'Nothing: it is given up there and asked for again by itself. If it stays, tell the platform.',
      )
    case 'failed':
      return { state: 'FAILED', reason: `The edge does not take the name.${told}`, nextStep: 'Tell the platform.' }
  }
}

function tlsStanding({ tls, records, remarks }: HostnameFacts): Standing {
  const told = remarks.length === 0 ? '' : ` The edge says: ${remarks.join('; ')}`
  switch (tls) {
    case 'active':
      return FINE
    case 'off':
      return {
        state: 'NOT_CONFIGURED',
        reason: 'This platform has no edge that ends TLS for customers’ names, so the hostname stays pending.',
        nextStep: 'The platform sets CLOUDFLARE_API_TOKEN, CLOUDFLARE_ZONE_ID and CUSTOM_HOSTNAME_TARGET.',
      }
    case 'unknown':
    case 'none':
    case 'busy':
      return pending('A certificate is asked for once the name is proved.', 'See to the hostname first.')
    case 'pending':
      return pending(
        `The certificate is on its way.${told}`,
        records.length > 0 ? 'Set the further records.' : 'Nothing: it comes once the CNAME record leads here.',
      )
    case 'failed':
      return {
        state: 'FAILED',
        reason: `There is no valid certificate.${told}`,
        nextStep: 'Look for a CAA record that forbids it and for the CNAME record. It is asked for again by itself.',
      }
  }
}

function pending(reason: string, nextStep: string): Standing {
  return { state: 'PENDING', reason, nextStep }
}
