/**
 * The network between a browser and the Worker, for a test to spoil: cut, or shut to websockets. It passes bytes and
 * changes none; a page is sent through it by the element's `server-url`.
 */
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export interface BadNetwork {
  /** What stands in for the Worker's own address. */
  readonly url: string
  /** Everything breaks at once, and nothing gets through. */
  cut(): void
  /** Websockets break at once and are refused, as by many a proxy; plain requests pass. */
  blockSockets(): void
  /** All is as it should be. */
  mend(): void
  /** Websockets that are open. */
  sockets(): number
  close(): Promise<void>
}

interface Passage {
  readonly visitor: Socket
  isWebsocket: boolean
}

const UPGRADE = /^GET [^\r\n]+\r\n(?:[^\r\n]+\r\n)*upgrade: websocket\r\n/i
const REFUSED = 'HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'

export async function startBadNetwork(workerPort: number): Promise<BadNetwork> {
  const passages = new Set<Passage>()
  let state: 'good' | 'no-sockets' | 'cut' = 'good'

  const server = createServer((visitor) => {
    if (state === 'cut') return void visitor.destroy()
    const passage: Passage = { visitor, isWebsocket: false }
    const worker = connect(workerPort, '127.0.0.1')
    passages.add(passage)
    visitor.on('data', (bytes) => {
      if (UPGRADE.test(bytes.toString('latin1'))) {
        if (state === 'no-sockets') return void visitor.end(REFUSED)
        passage.isWebsocket = true
      }
      worker.write(bytes)
    })
    worker.on('data', (bytes) => visitor.write(bytes))
    for (const [end, other] of [
      [visitor, worker],
      [worker, visitor],
    ] as const) {
      end.on('error', () => other.destroy())
      end.on('end', () => other.end())
      end.on('close', () => {
        other.destroy()
        passages.delete(passage)
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = addressOf(server.address())

  function breakThem(which: (passage: Passage) => boolean): void {
    for (const passage of passages) if (which(passage)) passage.visitor.destroy()
  }

  return {
    url: `http://localhost:${port}`,
    cut() {
      state = 'cut'
      breakThem(() => true)
    },
    blockSockets() {
      state = 'no-sockets'
      breakThem(({ isWebsocket }) => isWebsocket)
    },
    mend() {
      state = 'good'
    },
    sockets: () => [...passages].filter(({ isWebsocket }) => isWebsocket).length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        breakThem(() => true)
      }),
  }
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('The network has no port.')
  return address
}
