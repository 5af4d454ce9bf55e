/** What every test of the room on real workerd begins with: a world, rooms on a storage, and visitors who come and go. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { ConnectionClaims, PersonClaims } from '../../../schema/domain/claims.ts'
import { newId } from '../../../schema/domain/id.ts'
import { exampleClaims, exampleTwin } from '../example-twin.ts'
import { startWorld, type FakeWorld } from './fake-world.ts'
import { connect, type RoomClient } from './room-client.ts'
import { listen, type StreamClient } from './room-http.ts'
import { bundleRooms, startRooms, type Rooms } from './start-rooms.ts'

export interface RoomSuite {
  readonly world: FakeWorld
  readonly port: number
  /** A socket that has not said hello. */
  arrive(claims: ConnectionClaims | PersonClaims | string | undefined, room?: string): Promise<RoomClient>
  /** A visitor who has said hello. */
  visit(claims?: ConnectionClaims, after?: number | null): Promise<Visit>
  /** A visitor whose network blocks sockets. */
  listen(claims: ConnectionClaims, after?: number): Promise<StreamClient>
  /** Sends a message; answers its id. */
  say(client: RoomClient, text: string, messageId?: string): string
  /** Rooms whose ports fail. */
  startBroken(): Promise<Rooms>
  /** SIGKILL, and a new process on the same storage. */
  restart(): Promise<void>
}

interface Visit {
  readonly client: RoomClient
  readonly claims: ConnectionClaims
  readonly welcome: Awaited<ReturnType<RoomClient['next']>> & { readonly type: 'welcome' }
}

/** Registers the hooks; to be called once at the top of a test file. */
export function roomSuite(): RoomSuite {
  let folder: string
  let bundle: string
  let world: FakeWorld
  let rooms: Rooms
  const lines: { close(): void }[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rooms-'))
    bundle = await bundleRooms(join(folder, 'bundle'))
    world = await startWorld(exampleTwin)
    rooms = await startRooms(bundle, join(folder, 'state'), world.url)
  }, 60_000)

  afterAll(async () => {
    await rooms?.kill()
    await world?.close()
    await rm(folder, { recursive: true, force: true })
  })

  beforeEach(() => {
    world.context = exampleTwin
    world.directoryAway = false
    world.archiveAway = false
    world.floodGateAway = false
    world.flooded = undefined
    world.budgetAway = false
    world.budget = { granted: true }
    world.autoReply = undefined
  })

  afterEach(() => lines.splice(0).forEach((line) => line.close()))

  const suite: RoomSuite = {
    get world() {
      return world
    },
    get port() {
      return rooms.port
    },
    async arrive(claims, room) {
      const client = await connect(rooms.port, claims, room)
      lines.push(client)
      return client
    },
    async visit(claims = exampleClaims(), after = null) {
      const client = await suite.arrive(claims)
      client.send({ type: 'hello', after })
      return { client, claims, welcome: await client.next('welcome') }
    },
    async listen(claims, after) {
      const stream = await listen({ port: rooms.port, claims }, after)
      lines.push(stream)
      return stream
    },
    say(client, text, messageId = newId()) {
      client.send({ type: 'message-send', messageId, text })
      return messageId
    },
    startBroken: () => startRooms(bundle, join(folder, 'broken'), world.url, 'yes'),
    async restart() {
      await rooms.kill()
      rooms = await startRooms(bundle, join(folder, 'state'), world.url)
    },
  }
  return suite
}
