/**
 * Step-up: what a browser has to bring before it is given a session while a deployment is under attack. Pure.
 *
 * The work is hashcash's: a number after which a SHA-256 begins with so many zero bits. It proves that somebody has spent
 * a moment of a processor, and nothing of who that is.
 */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'

/** How many sessions are asked for: more than people do, or very many more. */
export type Rush = 'calm' | 'busy' | 'storm'

/** Some tenths of a second of a phone; in a storm, one or two. Each bit doubles it. */
const BITS = { busy: 14, storm: 16 } as const

/** Zero bits that are asked for; 0: nothing is. */
export function bitsFor({ stepUp }: Pick<DeploymentRecord, 'stepUp'>, rush: Rush): number {
  if (rush !== 'calm') return BITS[rush]
  return stepUp === 'ALWAYS' ? BITS.busy : 0
}

/** Zero bits at the beginning. */
export function leadingZeroBits(bytes: Uint8Array): number {
  const index = bytes.findIndex((octet) => octet !== 0)
  return index < 0 ? bytes.length * 8 : index * 8 + Math.clz32(bytes[index] ?? 0) - 24
}

/** What a browser brought: `<kind> <words>`. */
export interface BroughtProof {
  readonly kind: 'work' | 'turnstile'
  readonly words: string
}

export function readProof(proof: string | undefined): BroughtProof | undefined {
  const [kind, words, ...more] = proof?.split(' ') ?? []
  if ((kind !== 'work' && kind !== 'turnstile') || !words || more.length > 0) return undefined
  return { kind, words }
}
