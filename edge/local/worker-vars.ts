/** The variables a local Worker is started with: production's names, local values. */
import { adminKeySha256 } from './local-secrets.ts'
import type { LocalSecrets } from './local-secrets.ts'
import type { RunningDatabase } from './start-database.ts'

export interface LocalPlatform {
  readonly publicUrl: string
  readonly database: Pick<RunningDatabase, 'databaseUrl' | 'platformDatabaseUrl' | 'httpEndpoint'>
  readonly secrets: LocalSecrets
  readonly model: Readonly<Record<string, string>>
}

export function workerVars({ publicUrl, database, secrets, model }: LocalPlatform): Record<string, string> {
  return {
    ENVIRONMENT: 'development',
    PUBLIC_URL: publicUrl,
    DATABASE_URL: database.databaseUrl,
    PLATFORM_DATABASE_URL: database.platformDatabaseUrl,
    NEON_HTTP_ENDPOINT: database.httpEndpoint,
    SESSION_KEY: secrets.sessionKey,
    IDENTITY_KEY: secrets.identityKey,
    ADMIN_KEY_SHA256: adminKeySha256(secrets),
    ...model,
  }
}
