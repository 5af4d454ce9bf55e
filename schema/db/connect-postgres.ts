/** A session with a PostgreSQL server, for what one batch over HTTP cannot do: migrations, and tests of real logins. */
import { Client } from '@neondatabase/serverless'
import { TcpSocket } from './tcp-socket.ts'

/** Connects over Neon's WebSocket proxy when the host is Neon's, over plain TCP otherwise. End it with `end()`. */
export async function connectPostgres(url: string): Promise<Client> {
  const client = new Client(url)
  if (!new URL(url).hostname.endsWith('.neon.tech')) {
    Object.assign(client.neonConfig, {
      webSocketConstructor: TcpSocket,
      wsProxy: (host: string, port: number | string) => `${host}:${port}`,
      useSecureWebSocket: false,
      pipelineConnect: false, // other servers may ask for something else than a clear-text password
    })
  }
  // Without a listener a broken connection would end the process; the query that awaits it is rejected anyway.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new Error(`Cannot connect to PostgreSQL at ${new URL(url).host}: ${reason(error)}`)
  }
  return client
}

function reason(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : 'no answer'
}
