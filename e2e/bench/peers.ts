/**
 * The widgets we are measured beside: exact versions, fetched by the bench into a cache of its own and never among the
 * product's dependencies. As published: no install script runs, and each brings the bundle its makers tell people to embed.
 */
import { execFile } from 'node:child_process'
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export type PeerName = 'deep-chat' | 'typebot' | 'n8n' | 'elevenlabs'

/** A peer's package, unpacked, or why there is none. */
export type Peer = { readonly folder: string } | { readonly reason: string }

const PACKAGES: Readonly<Record<PeerName, string>> = {
  'deep-chat': 'deep-chat@2.4.2',
  typebot: '@typebot.io/js@0.10.7',
  n8n: '@n8n/chat@1.37.0',
  elevenlabs: '@elevenlabs/convai-widget-embed@0.5.4',
}
/** What the benches fetch lies here, and no clean checkout has it. */
export const PEER_CACHE = fileURLToPath(new URL('../../node_modules/.cache/twin-bench', import.meta.url))
const PATIENCE_MS = 120_000

/** As npm names it, for a report. */
export function peerVersion(name: PeerName): string {
  return PACKAGES[name]
}

/** Fetches a peer unless it is there. Never rejects: the bench goes on without it. */
export async function installPeer(name: PeerName): Promise<Peer> {
  const folder = join(PEER_CACHE, PACKAGES[name].replaceAll('/', '+'))
  try {
    if (!(await exists(folder))) await fetchInto(folder, PACKAGES[name])
    return { folder: join(folder, 'package') }
  } catch (failure) {
    const words = failure instanceof Error ? failure.message : String(failure)
    return { reason: `${PACKAGES[name]} could not be fetched: ${words.trim().split('\n').at(-1)}` }
  }
}

/** Complete or not at all: two benches may do this at once. */
async function fetchInto(folder: string, wanted: string): Promise<void> {
  await mkdir(PEER_CACHE, { recursive: true })
  const staging = await mkdtemp(join(PEER_CACHE, 'fetching-'))
  try {
    await npm(['pack', wanted, '--silent', '--pack-destination', staging])
    const archive = (await readdir(staging)).find((name) => name.endsWith('.tgz'))
    if (!archive) throw new Error('npm packed nothing.')
    await run('tar', ['-xzf', archive, 'package'], staging)
    await rename(staging, folder)
  } catch (failure) {
    await rm(staging, { recursive: true, force: true })
    if (!(await exists(folder))) throw failure
  }
}

/** The npm that runs the bench, where one does. */
export async function npm(words: readonly string[]): Promise<void> {
  const program = process.env['npm_execpath']
  await (program ? run(process.execPath, [program, ...words]) : run('npm', words))
}

async function run(program: string, words: readonly string[], cwd = PEER_CACHE): Promise<void> {
  await promisify(execFile)(program, [...words], { cwd, timeout: PATIENCE_MS })
}

export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
