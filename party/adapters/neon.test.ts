/** The room's side of Neon on a migrated database: the tenant's door, row-level security and all. */
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../schema/domain/id.ts'
import { CAST } from '../../schema/local/cast.ts'
import { seed } from '../../schema/local/seed.ts'
import { describeOnEveryDatabase } from '../../schema/local/testing/test-database.ts'
import type { ArchiveBatch, ArchivedCall, ArchivedEvent, ArchivedMessage } from '../core/ports.ts'
import { neonArchive } from './neon-archive.ts'
import { neonTwinDirectory } from './neon-twin-directory.ts'

const { remy, ada, solara, deployments } = CAST

describeOnEveryDatabase('Neon behind the room', (database) => {
  beforeAll(() => seed(database().platform, { worker: 8787, demo: 8788 }), 60_000)

  describe('the directory', () => {
    const load = (tenantId: typeof remy.tenantId, deploymentId: typeof deployments.remyWidget) =>
      neonTwinDirectory(database().app).load({ tenantId, deploymentId })

    it('knows the persona and the knowledge of a twin, and no campaign’s texts', async () => {
      const context = await load(remy.tenantId, deployments.remyWidget)
      expect(context).toMatchObject({
        twin: { name: 'Remy Vale', type: 'SPORTS_COMMENTATOR' },
        config: { guardrails: { maxResponseLength: 1200 } },
        campaign: null,
      })
      expect(context?.questions.length).toBeGreaterThan(0)
      expect(context?.contextKeys).toContain('match')
      expect(context?.passages.length).toBeGreaterThan(20)
      expect(context?.passages.every(({ title }) => !title.startsWith('Solara summer'))).toBe(true)
    })

    it('knows each campaign’s own guidelines and texts', async () => {
      const context = await load(remy.tenantId, deployments.solaraCampaign)
      expect(context?.campaign).toMatchObject({ brand: 'Solara', guidelines: { rules: { avoidTerms: ['Kick Cola'] } } })
      const titles = context?.passages.map(({ title }) => title) ?? []
      expect(titles).toContain('Solara summer: the half-time cooler')
      expect(titles).not.toContain('Kick Cola: the cage tour')
      expect((await load(remy.tenantId, deployments.kickColaCampaign))?.campaign?.guidelines.rules.avoidTerms).toEqual([
        'Solara',
      ])
    })

    it.each([
      ['another tenant', ada.tenantId, deployments.remyWidget],
      ['a brand, which sees its campaign but not the twin', solara.tenantId, deployments.solaraCampaign],
      ['an unknown deployment', remy.tenantId, newId<'deployment'>()],
    ])('tells nothing to %s', async (_case, tenantId, deploymentId) => {
      expect(await load(tenantId, deploymentId)).toBeNull()
    })

    it.each([
      [
        'deployment is suspended',
        `update deployments set status = 'SUSPENDED' where id = '${deployments.marlowWhiteLabel}'`,
      ],
      ['celebrity is paused', `update celebrities set status = 'INACTIVE' where id = '${ada.celebrityId}'`],
      [
        'contract is terminated',
        `update contracts set terminated_at = now() where celebrity_id = '${ada.celebrityId}'`,
      ],
    ])('knows no twin once its %s', async (_case, change) => {
      expect(await load(ada.tenantId, deployments.marlowWhiteLabel)).not.toBeNull()
      await database().owner.run(change)
      expect(await load(ada.tenantId, deployments.marlowWhiteLabel)).toBeNull()
      await database().owner.run(
        `update deployments set status = 'ACTIVE'; update celebrities set status = 'ACTIVE'; update contracts set terminated_at = null`,
      )
    })

    it('knows no campaign that has ended', async () => {
      await database().owner.run(
        `update campaigns set ends_at = now() - interval '1 minute' where id = '${solara.campaignId}'`,
      )
      expect(await load(remy.tenantId, deployments.solaraCampaign)).toBeNull()
      await database().owner.run(`update campaigns set ends_at = null where id = '${solara.campaignId}'`)
    })

    it('knows no campaign whose guidelines changed without approval', async () => {
      await database().owner.run(`update campaigns set guidelines_version = 2 where id = '${solara.campaignId}'`)
      expect(await load(remy.tenantId, deployments.solaraCampaign)).toBeNull()
      await database().owner.run(`update campaigns set guidelines_version = 1`)
    })
  })

  describe('the archive', () => {
    const message = (position: number, change: Partial<ArchivedMessage> = {}): ArchivedMessage => ({
      id: newId(),
      turnId: newId(),
      position,
      role: position % 2 ? 'visitor' : 'twin',
      text: `Text ${position} – “quotes”, 👋🏽, it's \\ fine`,
      at: '2026-11-21T12:00:00.000Z',
      outcome: position % 2 ? null : 'answered',
      reason: null,
      model: position % 2 ? null : 'scripted',
      sources: position % 2 ? [] : [{ title: 'Notebook' }],
      edits: 0,
      author: null,
      authorId: null,
      revisions: 0,
      revisedBy: null,
      version: 1,
      ...change,
    })
    const batch = (messages: readonly ArchivedMessage[], change: Partial<ArchiveBatch> = {}): ArchiveBatch => ({
      owner: {
        tenantId: remy.tenantId,
        deploymentId: deployments.remyWidget,
        conversationId: newId(),
        visitorId: newId(),
        celebrityId: remy.celebrityId,
        campaignId: null,
        origin: 'https://remyvale.example',
        tier: 'FREE',
      },
      startedAt: '2026-11-21T11:59:00.000Z',
      messages,
      ratings: [],
      flags: [],
      events: [],
      calls: [],
      ...change,
    })
    const rows = ({ owner }: ArchiveBatch) =>
      database().owner.query(
        'select position, role, text, outcome, model, sources from messages where conversation_id = $1 order by position',
        [owner.conversationId],
      )

    it('writes visitor, conversation, messages and flags, and the same batch twice leaves the same rows', async () => {
      const archive = neonArchive(database().app)
      const turnId = newId<'turn'>()
      const flag = {
        id: newId<'flag'>(),
        turnId,
        reason: 'avoided_term' as const,
        rule: 'Kick Cola',
        at: '2026-11-21T12:00:01.000Z',
      }
      const written = batch([message(1), message(2)], { flags: [flag] })
      await archive.write(written)
      const once = await rows(written)
      expect(once).toMatchObject([
        { position: 1, role: 'visitor', outcome: null, text: written.messages[0]?.text },
        { position: 2, outcome: 'answered', model: 'scripted' },
      ])
      await archive.write(written)
      expect(await rows(written)).toEqual(once)
      const flags = await database().owner.query('select rule, excerpt from flags where turn_id = $1', [turnId])
      expect(flags).toEqual([{ rule: 'avoided_term', excerpt: 'Kick Cola' }])
    })

    it('overwrites a reply that was written again, and never goes back in time', async () => {
      const archive = neonArchive(database().app)
      const question = message(1)
      const reply = message(2, { outcome: 'failed', text: '', reason: 'model_timeout', model: null })
      const first = batch([question, reply])
      await archive.write(first)
      await archive.write({
        ...first,
        messages: [{ ...reply, text: 'Now.', outcome: 'answered', reason: null, at: '2026-11-21T12:05:00.000Z' }],
      })
      await archive.write({ ...first, messages: [question] })
      expect(await rows(first)).toMatchObject([{ position: 1 }, { position: 2, text: 'Now.', outcome: 'answered' }])
      const [conversation] = await database().owner.query(
        'select last_message_at::text as last from conversations where id = $1',
        [first.owner.conversationId],
      )
      expect(conversation?.['last']).toContain('12:05:00')
    })

    it('takes a changed question, and no older one after it', async () => {
      const archive = neonArchive(database().app)
      const question = message(1)
      const first = batch([question])
      const write = (text: string, version: number) =>
        archive.write({ ...first, messages: [{ ...question, text, edits: 1, version }] })
      await archive.write(first)
      await write('Once more.', 2)
      await write('As it was.', 1)
      expect(await rows(first)).toMatchObject([{ text: 'Once more.' }])
      await write('And again.', 3)
      expect(await rows(first)).toMatchObject([{ text: 'And again.' }])
    })

    it('keeps who of the celebrity’s side said what, and who changed a reply how often; never the older of two', async () => {
      const archive = neonArchive(database().app)
      const reply = message(2)
      const words = message(3, {
        role: 'person',
        author: 'Inês',
        authorId: 'platform-admin',
        outcome: null,
        model: null,
      })
      const first = batch([message(1), reply, words])
      const revised = { ...reply, text: 'Put right.', revisions: 1, revisedBy: 'platform-admin', version: 2 }
      await archive.write(first)
      await archive.write({ ...first, messages: [revised] })
      await archive.write({ ...first, messages: [reply] }) // it had been on its way
      const kept = await database().owner.query(
        `select role, text, author, author_id, revisions, revised_by from messages
         where conversation_id = $1 and position > 1 order by position`,
        [first.owner.conversationId],
      )
      expect(kept).toEqual([
        { role: 'twin', text: 'Put right.', author: null, author_id: null, revisions: 1, revised_by: 'platform-admin' },
        {
          role: 'person',
          text: words.text,
          author: 'Inês',
          author_id: 'platform-admin',
          revisions: 0,
          revised_by: null,
        },
      ])
      await expect(archive.write({ ...first, messages: [message(4, { author: 'Inês' })] })).rejects.toThrow()
      await expect(archive.write({ ...first, messages: [message(5, { role: 'person' })] })).rejects.toThrow()
    })

    it('appends what people did to the events, once', async () => {
      const archive = neonArchive(database().app)
      const event: ArchivedEvent = {
        id: newId(),
        type: 'CONFIGURATION_CHANGE',
        actor: 'platform-admin',
        payload: { act: 'controller_changed', controller: 'human', before: 'twin', person: 'Inês' },
        at: '2026-11-21T12:00:00.000Z',
      }
      const written = batch([message(1)], { events: [event] })
      await archive.write(written)
      await archive.write(written)
      const kept = await database().owner.query(
        'select event_type, actor, payload from platform_events where tenant_id = $1 and id = $2',
        [remy.tenantId, event.id],
      )
      const { conversationId } = written.owner
      expect(kept).toEqual([
        {
          event_type: 'CONFIGURATION_CHANGE',
          actor: { user_id: null, role: 'platform-admin' },
          payload: { ...event.payload, conversationId },
        },
      ])
    })

    it('counts a call once, however often it is sent, and also where what was said is erased', async () => {
      const archive = neonArchive(database().app)
      const call: ArchivedCall = {
        id: newId(),
        turnId: newId(),
        attempt: 2,
        model: 'scripted',
        at: '2026-11-21T12:00:00.000Z',
        inputTokens: 412,
        outputTokens: 33,
        estimated: false,
      }
      const written = batch([message(1)], { calls: [call] })
      const kept = () =>
        database().owner.query(
          `select turn_id, attempt, model, input_tokens, output_tokens, estimated from model_calls
           where conversation_id = $1`,
          [written.owner.conversationId],
        )
      await archive.write(written)
      await archive.write({ ...written, calls: [{ ...call, outputTokens: 99 }] }) // a settled row never changes
      const once = [
        {
          turn_id: call.turnId,
          attempt: 2,
          model: 'scripted',
          input_tokens: 412,
          output_tokens: 33,
          estimated: false,
        },
      ]
      expect(await kept()).toEqual(once)
      await archive.erase(written)
      expect(await kept()).toEqual(once)
      await archive.write({ ...written, messages: [], calls: [{ ...call, id: newId() }] }) // cut off by the erasure
      expect(await kept()).toHaveLength(2)
      expect(await rows(written)).toEqual([])
    })

    it('keeps one rating a turn: the last one, or none of what was taken back', async () => {
      const archive = neonArchive(database().app)
      const turnId = newId<'turn'>()
      const rated = (rating: 'up' | 'down' | null, minute: number, comment: string | null = null) => ({
        turnId,
        rating,
        reason: comment === null ? null : ('inaccurate' as const),
        comment,
        at: `2026-11-21T12:0${minute}:00.000Z`,
      })
      const first = batch([message(1), message(2)])
      const kept = () =>
        database().owner.query('select rating, reason, comment from ratings where turn_id = $1', [turnId])
      await archive.write({ ...first, ratings: [rated('down', 1, 'It’s “wrong”.')] })
      expect(await kept()).toEqual([{ rating: 'down', reason: 'inaccurate', comment: 'It’s “wrong”.' }])
      await archive.write({ ...first, messages: [], ratings: [rated(null, 3)] })
      await archive.write({ ...first, messages: [], ratings: [rated('up', 2)] })
      expect(await kept()).toEqual([{ rating: null, reason: null, comment: null }])
    })

    it('erases what was said, for good, and leaves other conversations alone', async () => {
      const archive = neonArchive(database().app)
      const turnId = newId<'turn'>()
      const at = '2026-11-21T12:00:00.000Z'
      const doomed = batch([message(1), message(2)], {
        ratings: [{ turnId, rating: 'down', reason: 'other', comment: 'words', at }],
        flags: [{ id: newId(), turnId, reason: 'too_long', rule: '1200', at }],
      })
      const other = batch([message(1)])
      await archive.write(doomed)
      await archive.write(other)
      await archive.erase(doomed)
      await archive.erase(doomed)
      await archive.write(doomed) // it had been on its way
      const left = await database().owner.query(
        `select (select count(*)::int from messages where conversation_id = $1) as messages,
           (select count(*)::int from ratings where conversation_id = $1) as ratings,
           (select count(*)::int from flags where conversation_id = $1) as flags`,
        [doomed.owner.conversationId],
      )
      expect(left).toEqual([{ messages: 0, ratings: 0, flags: 0 }])
      expect(await rows(other)).toHaveLength(1)
    })

    it('remembers an erasure that came before the first words', async () => {
      const archive = neonArchive(database().app)
      const late = batch([message(1)])
      await archive.erase(late)
      await archive.write(late)
      expect(await rows(late)).toEqual([])
    })

    it('refuses a conversation at a deployment of another tenant', async () => {
      const foreign = batch([message(1)])
      const write = neonArchive(database().app).write({
        ...foreign,
        owner: { ...foreign.owner, tenantId: ada.tenantId },
      })
      await expect(write).rejects.toThrow()
      expect(await rows(foreign)).toEqual([])
    })
  })
})
