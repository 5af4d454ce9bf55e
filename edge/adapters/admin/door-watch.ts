/**
 * One object an address: how many wrong keys came from there, and how long nothing is looked at. Keeps nothing of anybody
 * who never showed one, and forgets whoever stays away. One more counts what is written down of all this, and one a key
 * whether it asked for what is not for it.
 */
import { DurableObject } from 'cloudflare:workers'
import {
  afterMiss,
  FORGOTTEN_AFTER_MS,
  FREE_OF_ADDRESS,
  FREE_OF_PREFIX,
  isForgotten,
  NO_MISSES,
  secondsToWait,
} from '../../core/admin/lock-out.ts'
import type { Tally } from '../../core/admin/lock-out.ts'

export interface Look {
  /** Seconds until a key is looked at; 0: now. */
  readonly wait: number
  /** Of this prefix, so that a good key can clear them. */
  readonly misses: number
}

export interface Miss {
  readonly wait: number
  readonly tell: boolean
}

interface Told {
  readonly hour: number
  readonly told: number
}

const HOUR_MS = 3_600_000
const TOLD_AN_HOUR = 100
const TOLD = 'told'
const HEARD_AT = 'heard'
const OF_ADDRESS = 'address'
const ofPrefix = (prefix: string): string => `prefix:${prefix}`

export class DoorWatchShell<Env extends Cloudflare.Env = Cloudflare.Env> extends DurableObject<Env> {
  look(prefix: string): Look {
    const now = Date.now()
    const tallies = [this.#tally(OF_ADDRESS, now), this.#tally(ofPrefix(prefix), now)] as const
    return { wait: Math.max(...tallies.map((tally) => secondsToWait(tally, now))), misses: tallies[1].misses }
  }

  /** `notable`: somebody should hear of it at once. */
  async miss(prefix: string, notable: boolean): Promise<Miss> {
    const now = Date.now()
    const whole = afterMiss(this.#tally(OF_ADDRESS, now), { free: FREE_OF_ADDRESS, now, notable: false })
    const one = afterMiss(this.#tally(ofPrefix(prefix), now), { free: FREE_OF_PREFIX, now, notable })
    this.ctx.storage.kv.put(OF_ADDRESS, whole.tally)
    this.ctx.storage.kv.put(ofPrefix(prefix), one.tally)
    const lockedUntil = Math.max(whole.tally.lockedUntil, one.tally.lockedUntil)
    await this.ctx.storage.setAlarm(lockedUntil + FORGOTTEN_AFTER_MS)
    return { wait: secondsToWait({ ...one.tally, lockedUntil }, now), tell: whole.tell || one.tell }
  }

  /** A good key: what was mistyped before it is forgiven. What came of other prefixes is not. */
  hit(prefix: string): void {
    this.ctx.storage.kv.delete(ofPrefix(prefix))
  }

  /** Is this the first in an hour? */
  async isNews(): Promise<boolean> {
    const now = Date.now()
    if (now - (this.ctx.storage.kv.get<number>(HEARD_AT) ?? 0) < HOUR_MS) return false
    this.ctx.storage.kv.put(HEARD_AT, now)
    await this.ctx.storage.setAlarm(now + HOUR_MS)
    return true
  }

  /** So many an hour may be written down, of all that is worth it. */
  async mayTell(): Promise<boolean> {
    const hour = Math.floor(Date.now() / HOUR_MS)
    const kept = this.ctx.storage.kv.get<Told>(TOLD)
    const told = kept?.hour === hour ? kept.told : 0
    if (told >= TOLD_AN_HOUR) return false
    this.ctx.storage.kv.put(TOLD, { hour, told: told + 1 })
    await this.ctx.storage.setAlarm((hour + 2) * HOUR_MS)
    return true
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll()
  }

  #tally(key: string, now: number): Tally {
    const kept = this.ctx.storage.kv.get<Tally>(key) ?? NO_MISSES
    return isForgotten(kept, now) ? NO_MISSES : kept
  }
}
