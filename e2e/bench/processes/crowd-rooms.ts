/** Rooms for a crowd, as a process of its own: one workerd with room for both kinds. Ends with its parent. */
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'

const [script = '', stateFolder = ''] = process.argv.slice(2)

const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    name: 'crowd',
    host: '127.0.0.1',
    port: 0, // Miniflare's own entry, which stands between a socket's two ends: nobody is told of it
    unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    modules: [{ type: 'ESModule', path: script, contents: await readFile(script, 'utf8') }],
    modulesRoot: dirname(script),
    compatibilityDate: '2026-11-01',
    compatibilityFlags: ['nodejs_compat'],
    durableObjects: {
      TwinRoom: { className: 'TwinRoom', useSQLite: true },
      EchoRoom: { className: 'EchoRoom', useSQLite: true },
    },
    resourcePersistencePath: stateFolder,
    cf: false,
    telemetry: { enabled: false },
    log: new Log(LogLevel.ERROR),
  }),
)
await miniflare.ready
const { port } = await miniflare.unsafeGetDirectURL()
process.stdin.once('end', () => void miniflare.dispose().finally(() => process.exit(0))).resume()
console.log(JSON.stringify({ port: Number(port), workerdPid: findWorkerd() }))

/** Miniflare does not tell; only Linux has /proc. */
function findWorkerd(): number | null {
  try {
    const parentOf = (pid: string) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]
    const children = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && parentOf(pid) === String(process.pid))
    return Number(children.find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('workerd'))) || null
  } catch {
    return null
  }
}
