/** PostgreSQL inside this process: opened, locked against a second process, migrated, ready. */
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { applyMigrations } from '../db/apply-migrations.ts'
import { lockData } from './data-lock.ts'
import { pgliteEngine } from './pglite-engine.ts'
import type { SqlEngine } from './sql-engine.ts'

export interface PgliteStore {
  readonly engine: SqlEngine
  /** The session of the owner, a superuser: for tests that look behind the policies. */
  readonly owner: PGlite
  /** Names of the migrations that were applied now. */
  readonly migrated: readonly string[]
  close(): Promise<void>
}

/** Opens the store of a folder, or one in memory; resolves when it is migrated and answers. */
export async function openPgliteStore({
  directory,
}: {
  readonly directory?: string | undefined
}): Promise<PgliteStore> {
  const lock = directory === undefined ? undefined : await lockData(directory)
  try {
    const owner = directory === undefined ? new PGlite() : new PGlite(join(directory, 'postgres'))
    await owner.waitReady
    // PGlite begins without a session user to go back to: unless one is set, SET LOCAL SESSION AUTHORIZATION is for ever
    await owner.exec('set session authorization postgres')
    const migrated = await applyMigrations({
      run: async (text) => void (await owner.exec(text)),
      query: async (text, values) => (await owner.query<Record<string, unknown>>(text, [...values])).rows,
    })
    return {
      engine: pgliteEngine(owner),
      owner,
      migrated,
      close: async () => {
        await owner.close()
        await lock?.release()
      },
    }
  } catch (error) {
    await lock?.release()
    throw error
  }
}
