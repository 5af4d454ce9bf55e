/** For `drizzle-kit generate`: tables in, committed SQL out. Run from the repository's root. */
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './schema/db/tables/*.ts',
  out: './schema/db/migrations',
})
