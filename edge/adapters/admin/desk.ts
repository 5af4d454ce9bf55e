/** The platform's database, as somebody uses it: every question is asked, and every event signed, for who that is. */
import type { Database } from '../../../schema/db/database.ts'
import type { Actor } from '../../core/admin/actor.ts'

export type Desk = Database & { readonly actor: Actor }
