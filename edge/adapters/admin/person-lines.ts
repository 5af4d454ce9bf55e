/**
 * One object a person or service of the celebrity's side: in which conversations lines of theirs may be open, so that a right
 * that ends is felt there and not only at the next request. A line that was on its way meanwhile is met by a second word.
 */
import { DurableObject } from 'cloudflare:workers'
import { errorFields, writeLog } from '../../../schema/domain/log-line.ts'

const LINE = 'line:'
const DUE = 'due'
const PERSON = 'person'
/** A line takes less time than this from the door to its room. */
const AGAIN_MS = 2_000

/** The Worker's class adds how a room is reached. */
export abstract class PersonLinesShell<Env extends Cloudflare.Env = Cloudflare.Env> extends DurableObject<Env> {
  protected abstract tell(conversationId: string, personId: string): Promise<void>

  /** A line is about to open; `until`: epoch milliseconds at which it ends by itself. */
  async enter(conversationId: string, until: number): Promise<void> {
    this.ctx.storage.kv.put(`${LINE}${conversationId}`, until)
    await this.#arm()
  }

  /** The right ends in so many milliseconds. */
  async gone(personId: string, inMs: number): Promise<void> {
    const { kv } = this.ctx.storage
    const at = Date.now() + inMs
    kv.put(PERSON, personId)
    kv.put(DUE, [...(kv.get<number[]>(DUE) ?? []), at, at + AGAIN_MS])
    await this.#arm()
    if (inMs === 0) await this.#tellAll(personId) // the alarm tells whom this did not reach
  }

  override async alarm(): Promise<void> {
    const { kv } = this.ctx.storage
    const now = Date.now()
    const due = () => kv.get<number[]>(DUE) ?? []
    const personId = kv.get<string>(PERSON)
    const reached = personId === undefined || due().every((at) => at > now) || (await this.#tellAll(personId))
    // looked at once more: another right may have ended while rooms were told
    const left = [...due().filter((at) => at > now), ...(reached ? [] : [Date.now() + AGAIN_MS])]
    kv.put(DUE, left)
    for (const [key, until] of kv.list<number>({ prefix: LINE })) if (until <= now) kv.delete(key)
    if (left.length === 0 && [...kv.list({ prefix: LINE, limit: 1 })].length === 0) return this.ctx.storage.deleteAll()
    await this.#arm()
  }

  /** At the next end of a right, or of the last line. */
  async #arm(): Promise<void> {
    const { kv } = this.ctx.storage
    const ends = Array.from(kv.list<number>({ prefix: LINE }), ([, until]) => until)
    const due = kv.get<number[]>(DUE) ?? []
    const next = due.length > 0 ? Math.min(...due) : Math.max(...ends)
    await this.ctx.storage.setAlarm(next)
  }

  /** False: not every room could be reached. */
  async #tellAll(personId: string): Promise<boolean> {
    const lines = [...this.ctx.storage.kv.list({ prefix: LINE })]
    const told = await Promise.allSettled(lines.map(([key]) => this.tell(key.slice(LINE.length), personId)))
    for (const one of told) if (one.status === 'rejected') writeLog('error', 'line_not_told', errorFields(one.reason))
    return told.every(({ status }) => status === 'fulfilled')
  }
}
