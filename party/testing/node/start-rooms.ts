/** Rooms on real workerd, in a process that a test may kill and start again on the same storage. */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const HERE = dirname(fileURLToPath(import.meta.url))

export interface Rooms {
  readonly port: number
  /** SIGKILL to the process and its workerd: nothing gets to say goodbye. */
  kill(): Promise<void>
}

/** Bundles the Worker of a configuration beside this folder, with the tool that deploys the real one. */
export async function bundleRooms(
  outputFolder: string,
  config: 'wrangler.toml' | 'crowd.wrangler.toml' = 'wrangler.toml',
): Promise<string> {
  const wrangler = join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'bin', 'wrangler.js')
  const command = [wrangler, 'deploy', '--dry-run', '--outdir', outputFolder, '--config', join(HERE, '..', config)]
  const quiet = { CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' }
  await promisify(execFile)(process.execPath, command, { env: { ...process.env, ...quiet } })
  return join(outputFolder, config === 'wrangler.toml' ? 'room-worker.js' : 'crowd-worker.js')
}

/** Starts the rooms; a second start on the same folder finds what the first one stored. */
export async function startRooms(bundle: string, stateFolder: string, worldUrl: string, broken = ''): Promise<Rooms> {
  const child = spawn(process.execPath, [join(HERE, 'run-room-worker.ts'), bundle, stateFolder, worldUrl, broken], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true, // a process group of its own, so that killing it reaches workerd
  })
  return { port: await readPort(child), kill: () => killGroup(child) }
}

async function readPort(child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error('The rooms have no output.')
  for await (const line of createInterface(child.stdout)) {
    const ready: unknown = JSON.parse(line)
    if (typeof ready === 'object' && ready !== null && 'port' in ready) return Number(ready.port)
  }
  throw new Error('The rooms did not start.')
}

async function killGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, 'SIGKILL')
  await gone
}
