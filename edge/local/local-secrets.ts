/** Keys of a local platform: made once a state folder, readable to their owner alone. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface LocalSecrets {
  readonly sessionKey: string
  readonly identityKey: string
  /** The admin route's bearer key; the Worker is given its hash only. */
  readonly adminKey: string
}

/** Name of the file in the state folder. */
export const SECRETS_FILE = 'secrets.json'

/** Reads the folder's keys, or makes them; a file that holds something else is left alone and named. */
export async function localSecrets(stateFolder: string): Promise<LocalSecrets> {
  const path = join(stateFolder, SECRETS_FILE)
  const kept = await readFile(path, 'utf8').catch(() => undefined)
  if (kept !== undefined) {
    const secrets = parseSecrets(kept)
    if (secrets) return secrets
    throw new Error(`${path} holds no keys: delete it, or begin anew with \`npm start -- --fresh\`.`)
  }
  const made = { sessionKey: key(), identityKey: key(), adminKey: `twin_admin_${key()}` }
  await mkdir(stateFolder, { recursive: true })
  await writeFile(`${path}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
  return made
}

/** What ADMIN_KEY_SHA256 holds. */
export function adminKeySha256({ adminKey }: LocalSecrets): string {
  return createHash('sha256').update(adminKey).digest('hex')
}

function parseSecrets(text: string): LocalSecrets | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    if (!('sessionKey' in value) || !('identityKey' in value) || !('adminKey' in value)) return undefined
    const { sessionKey, identityKey, adminKey } = value
    if (typeof sessionKey !== 'string' || typeof identityKey !== 'string' || typeof adminKey !== 'string')
      return undefined
    return { sessionKey, identityKey, adminKey }
  } catch {
    return undefined
  }
}

function key(): string {
  return randomBytes(32).toString('base64url')
}
