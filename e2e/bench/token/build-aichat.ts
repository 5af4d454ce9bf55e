/**
 * The peer of a token: Cloudflare's `@cloudflare/ai-chat`, exact versions, fetched by the bench into a folder of its own
 * and bundled there by the tool that deploys it. No install script runs, and the product depends on none of it.
 */
import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { exists, npm, PEER_CACHE } from '../peers.ts'

/** A bundle for Miniflare, or why there is none. */
export type Aichat = { readonly script: string } | { readonly reason: string }

export const AICHAT_VERSION = '@cloudflare/ai-chat@0.12.2'
/** The class of its rooms. */
export const AICHAT_CLASS = 'ChatAgent'

/** What it cannot be bundled without; the AI SDK in the versions that we use. */
const PACKAGES = [
  AICHAT_VERSION,
  'agents@0.32.0',
  'ai@7.0.173',
  '@ai-sdk/openai@4.0.118',
  '@modelcontextprotocol/client@2.4.0',
  'zod@4.6.7',
]
const WORKER = fileURLToPath(new URL('../processes/aichat-worker.mjs', import.meta.url))
const WRANGLER_TOML = `name = "aichat"
main = "aichat-worker.mjs"
compatibility_date = "2026-11-01"
compatibility_flags = ["nodejs_compat"]
durable_objects.bindings = [{ name = "${AICHAT_CLASS}", class_name = "${AICHAT_CLASS}" }]
migrations = [{ tag = "v1", new_sqlite_classes = ["${AICHAT_CLASS}"] }]
`
const QUIET = { CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' }

/** Never rejects: the bench goes on without it. The packages are fetched once; the bundle is made anew. */
export async function buildAichat(): Promise<Aichat> {
  const folder = join(PEER_CACHE, `aichat-${PACKAGES.join('+').replaceAll(/[^\w.+-]/g, '_')}`)
  try {
    if (!(await exists(folder))) await installInto(folder)
    await copyFile(WORKER, join(folder, 'aichat-worker.mjs'))
    await writeFile(join(folder, 'wrangler.toml'), WRANGLER_TOML)
    return { script: await bundle(folder) }
  } catch (failure) {
    const words = failure instanceof Error ? failure.message : String(failure)
    return { reason: `${AICHAT_VERSION} could not be fetched or bundled: ${words.trim().split('\n').at(-1)}` }
  }
}

/** Complete or not at all: two benches may do this at once. */
async function installInto(folder: string): Promise<void> {
  await mkdir(PEER_CACHE, { recursive: true })
  const staging = await mkdtemp(join(PEER_CACHE, 'fetching-'))
  try {
    await writeFile(join(staging, 'package.json'), '{"private":true,"type":"module"}')
    const quietly = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--silent']
    await npm(['install', '--save-exact', ...quietly, '--prefix', staging, ...PACKAGES])
    await rename(staging, folder)
  } catch (failure) {
    await rm(staging, { recursive: true, force: true })
    if (!(await exists(folder))) throw failure
  }
}

async function bundle(folder: string): Promise<string> {
  const wrangler = join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'bin', 'wrangler.js')
  const command = [wrangler, 'deploy', '--dry-run', '--outdir', join(folder, 'bundle'), '--config', 'wrangler.toml']
  await promisify(execFile)(process.execPath, command, { cwd: folder, env: { ...process.env, ...QUIET } })
  return join(folder, 'bundle', 'aichat-worker.js')
}
