/**
 * `node schema/db/migrate.ts`: migrates the database of MIGRATION_DATABASE_URL (its owner). TWIN_APP_PASSWORD and
 * TWIN_PLATFORM_PASSWORD, when given, become the passwords of the two logins.
 */
import { applyMigrations } from './apply-migrations.ts'
import { connectPostgres } from './connect-postgres.ts'

const { MIGRATION_DATABASE_URL, TWIN_APP_PASSWORD, TWIN_PLATFORM_PASSWORD } = process.env

if (!MIGRATION_DATABASE_URL || !URL.canParse(MIGRATION_DATABASE_URL)) {
  console.error('Set MIGRATION_DATABASE_URL to the connection string of the database owner.')
  process.exit(1)
}

try {
  const client = await connectPostgres(MIGRATION_DATABASE_URL)
  try {
    const names = await applyMigrations(
      {
        run: async (text) => void (await client.query(text)),
        query: async (text, values) => (await client.query(text, [...values])).rows,
      },
      { twin_app: TWIN_APP_PASSWORD, twin_platform: TWIN_PLATFORM_PASSWORD },
    )
    console.log(names.length > 0 ? `Applied ${names.join(', ')}.` : 'Nothing to apply.')
  } finally {
    await client.end()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The migration failed.')
  process.exit(1)
}
