/** The passwords of the local database's logins: made once a folder, kept beside the data, readable to their owner. */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LoginSecrets } from './parse-sql-request.ts'

/** Reads a folder's passwords, or makes them; they outlive restarts, so that a Worker can find its way back. */
export async function loginSecrets(directory: string): Promise<LoginSecrets> {
  const path = join(directory, 'database-logins.json')
  const kept = parseSecrets(await readFile(path, 'utf8').catch(() => ''))
  if (kept) return kept
  const made = { twin_app: secret(), twin_platform: secret() }
  await mkdir(directory, { recursive: true })
  await writeFile(path, JSON.stringify(made), { mode: 0o600 })
  return made
}

function parseSecrets(text: string): LoginSecrets | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('twin_app' in value) || !('twin_platform' in value)) return
    const { twin_app, twin_platform } = value
    return typeof twin_app === 'string' && typeof twin_platform === 'string' ? { twin_app, twin_platform } : undefined
  } catch {
    return undefined
  }
}

function secret(): string {
  return randomBytes(24).toString('base64url')
}
