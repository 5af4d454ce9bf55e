/** The Worker of a source tree as one file, made by the same tool that deploys it. */
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** Answers the bundle's entry, which lies in `outdir`. */
export async function bundleEdge(root: string, outdir: string): Promise<string> {
  const wrangler = join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'bin', 'wrangler.js')
  const assets = join(outdir, 'none')
  await mkdir(assets, { recursive: true })
  const command = [wrangler, 'deploy', '--dry-run', '--outdir', outdir, '--assets', assets, '--env', '']
  const env = { ...process.env, CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_SEND_METRICS: 'false' }
  await promisify(execFile)(process.execPath, command, { cwd: root, env })
  return join(outdir, 'worker.js')
}
