/**
 * One look at a claimed hostname, in the order in which things come about: whose it is, where it leads, what stands at the
 * edge. Whoever has not proved a name is never asked for at the edge.
 */
import { NOTHING_SEEN } from '../../../schema/domain/hostname-facts.ts'
import type { HostnameFacts } from '../../../schema/domain/hostname-facts.ts'
import type { Result } from '../../../schema/domain/result.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import { ownershipRecord } from './hostname-records.ts'
import { judgeHostname } from './judge-hostname.ts'
import type { HostnameChange } from './judge-hostname.ts'
import type {
  EdgeAway,
  EdgeFailure,
  EdgeHostname,
  HostnameClaim,
  HostnameEdge,
  HostnamePorts,
  NamePath,
} from './ports.ts'

export interface Checked {
  readonly change: HostnameChange | undefined
  /** The edge answers no questions for now: there is no use in more. */
  readonly edgeAway: EdgeAway | undefined
}

type EdgeFacts = Pick<HostnameFacts, 'edge' | 'tls' | 'remarks' | 'records'>
type SeenEdge = Result<EdgeFacts, EdgeAway>

export async function checkHostname(ports: HostnamePorts, claim: HostnameClaim, now: number): Promise<Checked> {
  if (ports.isOwnMachine(claim.hostname)) {
    await ports.book.save(claim, { ...claim, nextCheckAt: now + OWN_MACHINE_PAUSE_MS, change: undefined }, now)
    return { change: undefined, edgeAway: undefined }
  }
  const [owned, led] = await Promise.all([seeOwnership(ports, claim, now), seePointing(ports, claim.hostname)])
  const verified = owned.ownership === 'proved' || (owned.ownership === 'unknown' && claim.verified)
  const holding = { ...claim, verified: verified || claim.verified }
  const edge = verified ? await seeEdge(ports, holding, now) : ok(unasked(ports, claim))
  const seen = { ...NOTHING_SEEN, ...owned, ...led, ...(edge.ok ? edge.value : {}) }
  const judgement = judgeHostname(holding, seen, now)
  await ports.book.save(claim, judgement, now)
  return { change: judgement.change, edgeAway: edge.ok ? undefined : edge.failure }
}

/** What is known of the edge without asking it. Of one that is still served, what was seen last stays known. */
function unasked({ edge }: HostnamePorts, { status }: HostnameClaim): Partial<EdgeFacts> {
  if (!edge) return OFF
  return status === 'ACTIVE' ? {} : NOT_ASKED_FOR
}

const OWN_MACHINE_PAUSE_MS = 86_400_000
const NOT_ASKED_FOR: EdgeFacts = { edge: 'none', tls: 'none', remarks: [], records: [] }
const OFF: EdgeFacts = { edge: 'off', tls: 'off', remarks: [], records: [] }

async function seeOwnership(
  { book, names }: HostnamePorts,
  claim: HostnameClaim,
  now: number,
): Promise<Pick<HostnameFacts, 'ownership'>> {
  const { name, value } = ownershipRecord(claim)
  const answer = await names.texts(name)
  if (!answer.ok) return { ownership: 'unknown' }
  const texts = answer.value.map((text) => text.trim())
  if (!texts.includes(value)) return { ownership: 'absent' }
  if (claim.verified) return { ownership: 'proved' }
  return { ownership: (await book.hold(claim, { texts, now })) ? 'proved' : 'held_elsewhere' }
}

async function seePointing(
  { names, target }: HostnamePorts,
  hostname: string,
): Promise<Pick<HostnameFacts, 'pointing' | 'leadsTo'>> {
  const path = await names.path(hostname)
  if (!path.ok) return { pointing: 'unknown', leadsTo: null }
  const { aliases, addresses } = path.value
  if (aliases.includes(target)) return { pointing: 'ours', leadsTo: null }
  const leadsTo = aliases.at(-1) ?? addresses[0] ?? null
  if (leadsTo === null) return { pointing: 'absent', leadsTo }
  if (aliases.length > 0) return { pointing: 'elsewhere', leadsTo }
  // At the top of a domain no CNAME may stand; its provider writes our addresses there instead.
  const ours = await names.path(target)
  if (!ours.ok) return { pointing: 'unknown', leadsTo: null }
  return leadsToSame(path.value, ours.value) ? { pointing: 'ours', leadsTo: null } : { pointing: 'elsewhere', leadsTo }
}

function leadsToSame(theirs: NamePath, ours: NamePath): boolean {
  return theirs.addresses.every((address) => ours.addresses.includes(address))
}

/** The failure is why nothing is known. */
async function seeEdge(ports: HostnamePorts, claim: HostnameClaim, now: number): Promise<SeenEdge> {
  const { edge, book } = ports
  if (!edge) return ok(OFF)
  if (claim.edgeId !== null) {
    const found = await edge.get(claim.edgeId)
    if (!found.ok) return failed(found.failure)
    if (found.value) return settled(edge, found.value)
    await book.keepEdge(claim.id, null) // somebody deleted it there
  }
  await book.intend(claim, now)
  const made = await edge.create(claim.hostname)
  if (made.ok) return keep(ports, claim, made.value)
  return made.failure.reason === 'exists' ? adopt(edge, ports, claim, now) : failed(made.failure)
}

/** A certificate whose validation ran out is asked for again; everything else is waited for. */
async function settled(edge: HostnameEdge, found: EdgeHostname): Promise<SeenEdge> {
  if (!found.stuck) return ok(factsOf(found))
  const again = await edge.validateAgain(found.id)
  return ok(factsOf(again.ok && again.value ? again.value : found))
}

/** It stands there already: ours when it was made since we first meant to make it, and whoever made it never heard back. */
async function adopt(edge: HostnameEdge, ports: HostnamePorts, claim: HostnameClaim, now: number): Promise<SeenEdge> {
  const found = await edge.find(claim.hostname)
  if (!found.ok) return failed(found.failure)
  const since = (claim.edgeIntentAt ?? now) - CLOCKS_APART_MS
  if (!isMadeSince(found.value, since)) return ok(BUSY)
  return keep(ports, claim, found.value)
}

/** The edge's clock and ours. */
const CLOCKS_APART_MS = 60_000
const BUSY: EdgeFacts = { edge: 'busy', tls: 'none', remarks: [], records: [] }

export function isMadeSince(found: EdgeHostname | undefined, since: number): found is EdgeHostname {
  return found !== undefined && found.createdAt !== null && found.createdAt >= since
}

async function keep({ book }: HostnamePorts, claim: HostnameClaim, made: EdgeHostname): Promise<SeenEdge> {
  return ok((await book.keepEdge(claim.id, made.id)) ? factsOf(made) : BUSY)
}

function failed(failure: EdgeFailure): SeenEdge {
  switch (failure.reason) {
    case 'exists':
      return ok(BUSY)
    case 'refused':
      return ok({ edge: 'failed', tls: 'none', remarks: [failure.remark], records: [] })
    case 'unavailable':
      return fail(failure.cause)
  }
}

function factsOf({ status, tls, remarks, records }: EdgeHostname): EdgeFacts {
  return { edge: status, tls, remarks, records }
}
