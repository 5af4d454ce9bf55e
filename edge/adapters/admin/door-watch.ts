/**
 * One object an address: how many wrong keys came from there, how long nothing is looked at, and which keys are at home
 * there. Keeps nothing of anybody who never showed a key, and forgets whoever stays away. One more for each tenant counts
 * what is written down of all this, and one a key whether it asked for what is not for it.
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
  /** A good key of this prefix has something to clear, or to be remembered for. */
  readonly hear: boolean
}

export interface Miss {
  readonly wait: number
  readonly tell: boolean
}

interface Told {
  readonly hour: number
  readonly told: number
}

/** What is kept, and when it means nothing any more. */
interface Kept<T> {
  readonly value: T
  readonly until: number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const TOLD_AN_HOUR = 100
const TOLD = 'told'
const HEARD = 'heard'
const OF_ADDRESS = 'address'
const ofPrefix = (prefix: string): string => `prefix:${prefix}`
/** A key that opened from here within a day is not kept waiting for what strangers did beside it. */
const atHome = (prefix: string): string => `home:${prefix}`

export class DoorWatchShell<Env extends Cloudflare.Env = Cloudflare.Env> extends DurableObject<Env> {
  look(prefix: string): Look {
    const now = Date.now()
    const one = this.#tally(ofPrefix(prefix), now)
    const home = this.ctx.storage.kv.get<Kept<true>>(atHome(prefix))
    const isHome = home !== undefined && home.until > now
    const tallies = isHome ? [one] : [one, this.#tally(OF_ADDRESS, now)]
    return {
      wait: Math.max(...tallies.map((tally) => secondsToWait(tally, now))),
      // remembered anew in time, so that a key in daily use stays at home
      hear: one.misses > 0 || !isHome || home.until - now < DAY_MS / 2,
    }
  }

  /** `notable`: somebody should hear of it at once. */
  async miss(prefix: string, notable: boolean): Promise<Miss> {
    const now = Date.now()
    const whole = afterMiss(this.#tally(OF_ADDRESS, now), { free: FREE_OF_ADDRESS, now, notable: false })
    const one = afterMiss(this.#tally(ofPrefix(prefix), now), { free: FREE_OF_PREFIX, now, notable })
    await this.#keep(OF_ADDRESS, whole.tally, whole.tally.lockedUntil + FORGOTTEN_AFTER_MS)
    await this.#keep(ofPrefix(prefix), one.tally, one.tally.lockedUntil + FORGOTTEN_AFTER_MS)
    const lockedUntil = Math.max(whole.tally.lockedUntil, one.tally.lockedUntil)
    return { wait: secondsToWait({ ...one.tally, lockedUntil }, now), tell: whole.tell || one.tell }
  }

  /** A good key: what was mistyped before it is forgiven. What came of other prefixes is not, and does not keep it out. */
  async hit(prefix: string): Promise<void> {
    this.ctx.storage.kv.delete(ofPrefix(prefix))
    await this.#keep(atHome(prefix), true, Date.now() + DAY_MS)
  }

  /** Is this the first in an hour? */
  async isNews(): Promise<boolean> {
    const now = Date.now()
    const heard = this.ctx.storage.kv.get<Kept<true>>(HEARD)
    if (heard !== undefined && heard.until > now) return false
    await this.#keep(HEARD, true, now + HOUR_MS)
    return true
  }

  /** So many an hour may be written down, of all that is worth it. */
  async mayTell(): Promise<boolean> {
    const hour = Math.floor(Date.now() / HOUR_MS)
    const kept = this.ctx.storage.kv.get<Kept<Told>>(TOLD)?.value
    const told = kept?.hour === hour ? kept.told : 0
    if (told >= TOLD_AN_HOUR) return false
    await this.#keep(TOLD, { hour, told: told + 1 }, (hour + 1) * HOUR_MS)
    return true
  }

  /** Whoever goes on guessing keeps no more here than the guesses of the last hours. */
  override async alarm(): Promise<void> {
    const now = Date.now()
    const { kv } = this.ctx.storage
    for (const [key, { until }] of kv.list<Kept<unknown>>()) if (!(until > now)) kv.delete(key)
    const left = [...kv.list({ limit: 1 })].length > 0
    await (left ? this.ctx.storage.setAlarm(now + HOUR_MS) : this.ctx.storage.deleteAll())
  }

  async #keep(key: string, value: Tally | Told | true, until: number): Promise<void> {
    this.ctx.storage.kv.put(key, { value, until })
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + HOUR_MS)
  }

  #tally(key: string, now: number): Tally {
    const kept = this.ctx.storage.kv.get<Kept<Tally>>(key)?.value ?? NO_MISSES
    return isForgotten(kept, now) ? NO_MISSES : kept
  }
}
