/**
 * The schedule's work: claims of deployments that are gone are removed, what was left at the edge is deleted, and every
 * claim whose time has come is looked at. One that fails leaves the others alone, and is met again next time.
 */
import { checkHostname, isMadeSince } from './check-hostname.ts'
import type { HostnamePorts, LeftAtEdge } from './ports.ts'

/** So many a run, for a run of the Worker may make so many requests. */
const CHECKS_A_RUN = 25
const DELETIONS_A_RUN = 10

export interface Sweep {
  readonly checked: number
  readonly deleted: number
  /** Whether the doors must forget what they remember. */
  readonly changed: boolean
  /** What went wrong, for the log. */
  readonly errors: readonly unknown[]
  readonly edgeAway: string | undefined
}

export async function sweepHostnames(ports: HostnamePorts, clock: () => number): Promise<Sweep> {
  const { book } = ports
  const errors: unknown[] = []
  let changed = false
  let edgeAway: string | undefined
  let checked = 0
  let deleted = 0
  await book.removeOfArchived()
  // What is deleted first makes room for who proved the same name since.
  for (const left of ports.edge ? await book.leftAtEdge(DELETIONS_A_RUN) : []) {
    try {
      if (await clearEdge(ports, left)) deleted += 1
    } catch (error) {
      errors.push(error)
    }
  }
  for (const claim of await book.takeDue(clock(), CHECKS_A_RUN)) {
    try {
      const seen = await checkHostname(edgeAway === 'rate_limited' ? mute(ports) : ports, claim, clock())
      checked += 1
      edgeAway ??= seen.edgeAway
      changed ||= seen.change !== undefined
    } catch (error) {
      errors.push(error)
    }
  }
  return { checked, deleted, changed, errors, edgeAway }
}

/** The edge has asked us to wait: DNS is looked at all the same, and nothing is held against anybody. */
function mute(ports: HostnamePorts): HostnamePorts {
  const silent = () => Promise.resolve({ ok: false, failure: RATE_LIMITED } as const)
  return { ...ports, edge: { create: silent, find: silent, get: silent, validateAgain: silent, remove: silent } }
}

const RATE_LIMITED = { reason: 'unavailable', cause: 'rate_limited' } as const

async function clearEdge({ edge, book }: HostnamePorts, left: LeftAtEdge): Promise<boolean> {
  if (!edge) return false
  let { edgeId } = left
  if (edgeId === null) {
    // Asked for, and never heard of: it is there if it was made since.
    const found = await edge.find(left.hostname)
    if (!found.ok) return false
    const made = found.value
    // unless it was made for whoever holds the name since
    if (isMadeSince(made, left.edgeIntentAt ?? Infinity) && (await book.keepEdge(left.id, made.id))) edgeId = made.id
  }
  if (edgeId !== null && !(await edge.remove(edgeId)).ok) return false
  await book.edgeCleared(left.id, edgeId)
  return true
}
