/**
 * A whole room in this process, over Node's SQLite: its lines write into lists, its model says what a test has it say, its
 * clock stands still until a test moves it. Killed, it wakes again on the same storage.
 */
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { newId } from '../../../schema/domain/id.ts'
import type { ArchiveBatch, BudgetGate, DeploymentHub, ModelPart, ReplyModel } from '../../core/ports.ts'
import type { LineHolder } from '../../core/line-holder.ts'
import { answerSocket } from '../../room/answer-line.ts'
import { roomConnections, type PacedListener } from '../../room/connections.ts'
import { openRoom, type Room } from '../../room/open-room.ts'
import type { RoomStorage } from '../../room/room-storage.ts'
import { exampleClaims, exampleTwin } from '../example-twin.ts'
import { QUIET_HUB } from '../quiet-hub.ts'
import { PLENTY } from '../plenty.ts'
import { memoryStorage, type MemoryStorage } from './memory-storage.ts'

export interface Line {
  readonly listener: PacedListener
  /** As they came. */
  readonly heard: string[]
  send(frame: object): void
  close(): void
}

export interface ModelInHand {
  /** Who answered when each call was made. */
  readonly calledUnder: readonly string[]
  isSpeaking(): boolean
  say(text: string): void
  finish(): void
  fail(): void
}

export interface WholeRoom {
  readonly room: Room
  readonly storage: MemoryStorage
  readonly model: ModelInHand
  /** What the archive took. */
  readonly batches: ArchiveBatch[]
  /** A line that has not said hello. */
  line(role: LineHolder['role'], name?: string): Line
  /** Moves the clock, so that no brake is felt. */
  later(seconds?: number): void
  /** Until nothing is under way but the model's silence. */
  settle(): Promise<void>
  /** The room is gone with all it had in hand, and wakes on what it stored. Its lines are dead. */
  kill(): void
}

/** Opens a room whose owner is known. */
export function openWholeRoom(
  storage: MemoryStorage = memoryStorage(),
  hub: DeploymentHub = QUIET_HUB,
  forgives: (error: unknown) => boolean = () => false,
  budgets: BudgetGate = PLENTY,
): WholeRoom {
  const claims = exampleClaims({ expiresAt: Number.MAX_SAFE_INTEGER / 1_000 })
  let time = Date.parse('2026-11-21T12:00:00.000Z')
  const batches: ArchiveBatch[] = []
  const calledUnder: string[] = []
  let speech: Speech | undefined
  let lines = new Set<PacedListener>()

  const model: ReplyModel = {
    name: 'in hand',
    async *stream(_request, signal) {
      calledUnder.push(room.conversation.people.controller())
      const mine = beginSpeech()
      speech = mine
      signal.addEventListener('abort', () => mine.end())
      for (let part = await mine.next(); part; part = await mine.next()) yield part
      if (speech === mine) speech = undefined
    },
  }

  /** The dead read and write nothing, whatever they still had in mind. */
  function wake(): { readonly room: Room; die(): void } {
    let isDead = false
    const mine: RoomStorage = {
      sql: {
        exec(query, ...bindings) {
          if (isDead) throw new Error('This room is dead.')
          return storage.sql.exec(query, ...bindings)
        },
      },
      transactionSync: (closure) => storage.transactionSync(closure),
    }
    lines = new Set()
    const opened = openRoom({
      ports: {
        model,
        fallbackModel: model,
        directory: { load: async () => exampleTwin },
        archive: { write: async (batch) => void batches.push(batch), erase: async () => undefined },
        floodGate: { said: async () => 0 },
        hub,
        budgets,
        clock: { now: () => time, random: () => 0.5 },
      },
      storage: mine,
      alarm: { setAlarm: async () => undefined },
      connections: roomConnections([]),
      report(error) {
        if (!isDead && !forgives(error)) throw error
      },
    })
    return { room: opened, die: () => void (isDead = true) }
  }

  let { room, die } = wake()
  room.owner.admit(claims, new Date(time).toISOString())

  return {
    get room() {
      return room
    },
    storage,
    batches,
    model: {
      calledUnder,
      isSpeaking: () => speech !== undefined,
      say: (text) => speech?.push({ type: 'text', text }),
      finish: () => speech?.end(),
      fail() {
        speech?.push({ type: 'failed', reason: 'model_cut_off' })
        speech?.end()
      },
    },
    line(role, name = 'Inês') {
      const { conversationId, expiresAt } = claims
      const person = { conversationId, personId: 'platform-admin', name, expiresAt }
      const holder: LineHolder = role === 'person' ? { role, claims: person } : { role, claims }
      const heard: string[] = []
      let isGreeted = false
      const hear = (frame: string): boolean => lines.has(listener) && heard.push(frame) > 0
      const listener: PacedListener = {
        id: newId(),
        holder,
        get isGreeted() {
          return isGreeted
        },
        get isOpen() {
          return lines.has(listener)
        },
        askedAt: null,
        heardAt: time,
        greet: () => void (isGreeted = true),
        begin: (opening, missed) => [opening, ...missed].forEach(hear),
        heard: () => undefined,
        hear,
        send: hear,
        confirm: () => false,
        drop: () => void lines.delete(listener),
        end: (_ending, frame) => void (hear(frame) && lines.delete(listener)),
      }
      lines.add(listener)
      room.connections.add(listener)
      if (role === 'visitor') room.attendance.opened()
      return {
        listener,
        heard,
        send: (frame) => answerSocket(room, listener, JSON.stringify(frame)),
        close() {
          lines.delete(listener)
          room.presence.leave(listener)
          room.attendance.look()
        },
      }
    },
    later: (seconds = 60) => void (time += seconds * 1_000),
    async settle() {
      for (let turns = 0; turns < 4; turns += 1) await turnOfTheLoop()
    },
    kill() {
      die()
      speech?.end()
      speech = undefined
      ;({ room, die } = wake())
    },
  }
}

interface Speech {
  push(part: ModelPart): void
  end(): void
  next(): Promise<ModelPart | undefined>
}

function beginSpeech(): Speech {
  const parts: ModelPart[] = []
  let ended = false
  let heard: () => void = () => undefined
  return {
    push(part) {
      parts.push(part)
      heard()
    },
    end() {
      ended = true
      heard()
    },
    async next() {
      while (parts.length === 0 && !ended) await new Promise<void>((resolve) => (heard = resolve))
      return parts.shift()
    },
  }
}
