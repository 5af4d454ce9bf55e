/** Transactions on a PostgreSQL server, each over a connection that truly logged in as its role: for tests. */
import { neonConfig, Pool } from '@neondatabase/serverless'
import { TcpSocket } from '../../db/tcp-socket.ts'
import { LOGINS, type Login, type SqlEngine, type TransactionMode } from '../sql-engine.ts'
import { SqlError } from '../sql-error.ts'

const RAW = { getTypeParser: () => (value: string) => value }

/** An engine whose connections are used again and again, as a pooler's are. */
export function postgresEngine(urlOf: (login: Login) => string): SqlEngine & { close(): Promise<void> } {
  neonConfig.webSocketConstructor = TcpSocket
  neonConfig.wsProxy = (host, port) => `${host}:${port}`
  neonConfig.useSecureWebSocket = false
  neonConfig.pipelineConnect = false
  const pools = {
    twin_app: new Pool({ connectionString: urlOf('twin_app'), max: 4 }),
    twin_platform: new Pool({ connectionString: urlOf('twin_platform'), max: 4 }),
  }
  return {
    async transact(login, statements, mode) {
      const client = await pools[login].connect()
      try {
        await client.query(begin(mode))
        const answers = []
        for (const { query, params } of statements) {
          const result = await client.query({ text: query, values: [...params], rowMode: 'array', types: RAW })
          const fields = result.fields.map((field) => ({ ...field, format: 'text' as const }))
          answers.push({ command: result.command, rowCount: result.rowCount, fields, rows: result.rows })
        }
        await client.query('commit')
        return answers
      } catch (error) {
        await client.query('rollback')
        throw SqlError.from(error) ?? error
      } finally {
        client.release()
      }
    },
    close: async () => {
      await Promise.all(LOGINS.map((login) => pools[login].end()))
    },
  }
}

function begin({ isolation, readOnly }: TransactionMode): string {
  return `begin${isolation ? ` isolation level ${isolation}` : ''}${readOnly ? ' read only' : ''}`
}
