/** A socket with an Origin of the test's choice; what it hears first and how it ends can be awaited. */

interface SocketWish {
  readonly url: string
  readonly protocols: readonly string[]
  readonly origin: string
}

interface OpenSocket {
  readonly protocol: string
  readonly hear: {
    /** The first frame. */
    readonly first: Promise<unknown>
    /** What is to be offered next; for whoever came with a ticket. */
    readonly ticket: Promise<string>
    readonly closed: Promise<number>
  }
  send(text: string): void
  close(): void
}

/** Resolves once the handshake is done; rejects when the upgrade is refused. */
export async function openSocket({ url, protocols, origin }: SocketWish): Promise<OpenSocket> {
  // Node's WebSocket takes headers, which a browser's (and so its type) does not.
  const socket: unknown = Reflect.construct(WebSocket, [url, { protocols, headers: { origin } }])
  if (!(socket instanceof WebSocket)) throw new Error('no socket')
  const { promise: first, resolve: hearFirst } = Promise.withResolvers<unknown>()
  const { promise: ticket, resolve: hearTicket } = Promise.withResolvers<string>()
  socket.addEventListener('message', ({ data }) => {
    const text = String(data)
    if (text.startsWith('twin.session.')) hearTicket(text)
    else hearFirst(text === 'pong' ? text : JSON.parse(text))
  })
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)))
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('The upgrade was refused.')))
  })
  return {
    protocol: socket.protocol,
    hear: { first, ticket, closed },
    send: (text) => socket.send(text),
    close: () => socket.close(1000),
  }
}
