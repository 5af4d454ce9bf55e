/** Child process: the room on real workerd with persisted storage. Killing its process group kills workerd too. */
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'

const [bundle = '', stateFolder = '', worldUrl = '', broken = ''] = process.argv.slice(2)

const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    name: 'room-under-test',
    host: '127.0.0.1',
    port: 0, // Miniflare's own entry, which stands between a socket's two ends: nobody is told of it
    unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    modules: [{ type: 'ESModule', path: bundle, contents: await readFile(bundle, 'utf8') }],
    modulesRoot: dirname(bundle),
    compatibilityDate: '2026-11-01',
    compatibilityFlags: ['nodejs_compat'],
    bindings: { WORLD_URL: worldUrl, BROKEN: broken },
    durableObjects: { TwinRoom: { className: 'TwinRoom', useSQLite: true } },
    resourcePersistencePath: stateFolder,
    cf: false,
    telemetry: { enabled: false },
    log: new Log(LogLevel.ERROR),
  }),
)
await miniflare.ready
const url = await miniflare.unsafeGetDirectURL()
process.stdin.once('end', () => void miniflare.dispose().finally(() => process.exit(0))).resume()
console.log(JSON.stringify({ port: Number(url.port) }))
