import { expect, it } from 'vitest'
import { LINE_WINDOW_BYTES } from '../../schema/wire/limits.ts'
import { exampleClaims } from '../testing/example-twin.ts'
import { openedSocket, socketListener, type SocketState, type TwinConnection } from './socket-listener.ts'

/** A socket as the runtime keeps it; each wake gets another object with the same state. */
function fakeSocket(state: SocketState | null) {
  const sent: string[] = []
  const closed: number[] = []
  const connection = {
    id: 'c',
    state,
    readyState: WebSocket.OPEN,
    send: (frame: string) => void sent.push(frame),
    setState: (next: SocketState) => void (connection.state = structuredClone(next)),
    close: (code: number) => void closed.push(code),
  }
  // oxlint-disable-next-line no-unsafe-type-assertion -- what a listener uses of a connection
  return { connection: connection as unknown as TwinConnection, sent, closed }
}

const asked: number[] = []
const host = { now: () => 77, asked: () => void asked.push(77), pingedAt: () => null }
const opened = openedSocket({ role: 'visitor', claims: exampleClaims() }, 5)
const long = (seq: number): string => JSON.stringify([seq, 'x'.repeat(LINE_WINDOW_BYTES)])

it('remembers over a sleep that it was greeted and what it owes', () => {
  const before = fakeSocket(opened)
  const line = socketListener(before.connection, host)
  line?.greet()
  line?.hear(long(1))
  expect(before.sent.at(-1)).toBe('{"type":"mark","seq":1}')
  expect(asked).toEqual([77])

  const after = fakeSocket(before.connection.state)
  const woken = socketListener(after.connection, host)
  expect(woken).toMatchObject({ isGreeted: true, askedAt: 77 })
  woken?.hear(long(2))
  expect(after.sent).toEqual([])
  expect(woken?.confirm(1, (seq) => [long(seq + 1)])).toBe(true)
  expect(after.sent.map((frame) => frame.slice(0, 24))).toEqual([long(2).slice(0, 24), '{"type":"mark","seq":2}'])
})

it('is dropped by a sleep through which an answer to it was lost', () => {
  const before = fakeSocket(opened)
  const line = socketListener(before.connection, host)
  line?.hear(long(1))
  line?.send('{"type":"ack","seq":1}')
  expect(before.closed).toEqual([])
  const after = fakeSocket(before.connection.state)
  socketListener(after.connection, host)
  expect(after.closed).toEqual([1013])
})

it('was never let in without claims', () => {
  expect(socketListener(fakeSocket(null).connection, host)).toBeUndefined()
})

it('gives a sign of life by what it says and by pings that nobody woke for', () => {
  let pingedAt: number | null = null
  let now = 10
  const { connection } = fakeSocket(opened)
  const line = socketListener(connection, { now: () => now, asked: () => undefined, pingedAt: () => pingedAt })
  expect(line?.heardAt).toBe(5)
  line?.heard()
  expect(line?.heardAt).toBe(10)
  pingedAt = 30
  now = 20
  expect(line?.heardAt).toBe(30)
})
