/** With what a page's owner proves who is signed in there: one key a deployment, apart from everything that reaches pages. */
import { sql } from 'drizzle-orm'
import { check, foreignKey, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { IdentityAlgorithm } from '../../domain/identity-key.ts'
import type { Id } from '../../domain/id.ts'
import { deployments } from './deployments.ts'
import { tenants } from './tenancy.ts'
import { timestamptz } from './timestamptz.ts'

export const identityKeys = pgTable(
  'identity_keys',
  {
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    deploymentId: uuid('deployment_id').$type<Id<'deployment'>>().notNull(),
    alg: text('alg').$type<IdentityAlgorithm>().notNull(),
    /** ES256: the public JWK as JSON. HS256: the secret, sealed under a key that the database does not have. */
    material: text('material').notNull(),
    fingerprint: text('fingerprint').notNull(),
    setAt: timestamptz('set_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.deploymentId] }),
    foreignKey({
      name: 'identity_keys_deployment_fk',
      columns: [table.tenantId, table.deploymentId],
      foreignColumns: [deployments.tenantId, deployments.id],
    }),
    check('identity_keys_alg_check', sql`${table.alg} in ('HS256', 'ES256')`),
  ],
)
