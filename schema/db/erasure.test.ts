/** A conversation that its visitor deleted: its words go, none comes back, and nothing else can be deleted that way. */
import { sql } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { newId } from '../domain/id.ts'
import { describeOnEveryDatabase } from '../local/testing/test-database.ts'
import { plantBrand, plantCelebrity, type PlantedCelebrity } from '../local/testing/two-tenants.ts'
import { withTenant } from './with-tenant.ts'

describeOnEveryDatabase('an erased conversation', (database) => {
  let ours: PlantedCelebrity
  let theirs: PlantedCelebrity

  beforeAll(async () => {
    const brand = await plantBrand(database(), 'brand')
    ours = await plantCelebrity(database(), 'ours', brand)
    theirs = await plantCelebrity(database(), 'theirs', brand)
  }, 60_000)

  const run = async ({ tenantId }: PlantedCelebrity, text: string): Promise<number | null> => {
    const { app } = database()
    const [result] = await withTenant(app, tenantId, app.execute(sql.raw(text)))
    return result.rowCount
  }
  const insertMessage = ({ tenantId, conversationId }: PlantedCelebrity, position: number) =>
    `insert into messages (id, tenant_id, conversation_id, position, turn_id, role, text)
     values ('${newId()}', '${tenantId}', '${conversationId}', ${position}, '${newId()}', 'visitor', 'late words')`
  const words = async (): Promise<unknown> =>
    database().owner.query(
      `select table_name, count(*)::int as rows from (
         select 'messages' as table_name, conversation_id from messages
         union all select 'ratings', conversation_id from ratings
         union all select 'flags', conversation_id from flags
       ) words where conversation_id = $1 group by 1 order by 1`,
      [ours.conversationId],
    )

  it('loses its words, and only its own', async () => {
    await run(ours, `update conversations set erased_at = now() where id = '${ours.conversationId}'`)
    for (const table of ['messages', 'ratings', 'flags']) {
      expect(await run(theirs, `delete from ${table}`)).toBe(0)
      expect(await run(ours, `delete from ${table}`)).toBe(1)
    }
    expect(await words()).toEqual([])
  })

  it('takes no word that comes late', async () => {
    expect(await run(ours, insertMessage(ours, 2))).toBe(0)
    expect(
      await run(
        ours,
        `insert into ratings (tenant_id, turn_id, conversation_id, comment, rating)
         values ('${ours.tenantId}', '${newId()}', '${ours.conversationId}', 'late words', 'down')`,
      ),
    ).toBe(0)
    expect(await words()).toEqual([])
    expect(await run(theirs, insertMessage(theirs, 2))).toBe(1)
  })

  it('stays erased', async () => {
    await run(ours, `update conversations set erased_at = null`)
    expect(await run(ours, insertMessage(ours, 3))).toBe(0)
  })
})
