/** The Worker as one file, made by the same tool that deploys it; needs no account and no network. */
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Where the bundle lies. */
export const WORKER_BUNDLE = join(ROOT, 'dist', 'worker')

/** Bundles `edge/worker.ts` into {@link WORKER_BUNDLE}; a broken source rejects with the bundler's own words. */
export async function bundleWorker(): Promise<void> {
  const wrangler = join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'bin', 'wrangler.js')
  const command = [wrangler, 'deploy', '--dry-run', '--outdir', WORKER_BUNDLE, '--env', '']
  try {
    await promisify(execFile)(process.execPath, command, { cwd: ROOT, env: { ...process.env, ...QUIET } })
  } catch (failure) {
    throw new Error(`The Worker could not be bundled.\n${wordsOf(failure)}`)
  }
}

const QUIET = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  NO_COLOR: '1',
}

function wordsOf(failure: unknown): string {
  if (typeof failure === 'object' && failure !== null && 'stderr' in failure) return String(failure.stderr).trim()
  return String(failure)
}
