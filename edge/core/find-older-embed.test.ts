import { describe, expect, it } from 'vitest'
import { NOVA_ORIGIN, NOW, PUBLIC_URL, nova, uuid } from '../testing/nova.ts'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { findOlderEmbed } from './find-older-embed.ts'

const request = { site: { kind: 'platform' } as const, origin: NOVA_ORIGIN, now: NOW, publicUrl: PUBLIC_URL }
const second: DeploymentRecord = { ...nova, id: uuid('50000000-0000-4000-8000-0000000000bb') }

describe('findOlderEmbed', () => {
  it('finds the one live embed that allows the page', () => {
    const others: DeploymentRecord[] = [
      { ...second, type: 'VIBETHINK_PORTAL' },
      { ...second, allowedOrigins: [] },
      { ...second, status: 'ARCHIVED' },
    ]
    expect(findOlderEmbed([...others, nova], request)).toEqual({ ok: true, value: nova })
  })

  it('says that the page’s own campaign is over, whatever other embeds there are', () => {
    const over: DeploymentRecord = {
      ...nova,
      campaign: {
        id: uuid('50000000-0000-4000-8000-0000000000cc'),
        slug: 'summit',
        name: 'Summit',
        status: 'ENDED',
        approved: false,
        startsAt: '2026-01-01T00:00:00.000Z',
        endsAt: null,
        timeZone: 'UTC',
        brand: { id: uuid('50000000-0000-4000-8000-0000000000dd'), name: 'Alto' },
      },
    }
    const elsewhere = { ...second, allowedOrigins: [] }
    for (const records of [
      [over, elsewhere],
      [elsewhere, over],
    ])
      expect(findOlderEmbed(records, request)).toEqual({ ok: false, failure: { reason: 'campaign_ended' } })
  })

  it('does not tell other pages which deployment it would be', () => {
    expect(findOlderEmbed([nova], { ...request, origin: 'https://evil.example' })).toEqual({
      ok: false,
      failure: { reason: 'origin_not_allowed', origin: 'https://evil.example', development: false },
    })
  })

  it('names both when two fit', () => {
    expect(findOlderEmbed([nova, second], request)).toEqual({
      ok: false,
      failure: { reason: 'deployment_ambiguous', deployments: [nova.id, second.id] },
    })
  })

  it.each<[string, readonly DeploymentRecord[], string | undefined, string]>([
    ['no deployment', [], NOVA_ORIGIN, 'deployment_unknown'],
    ['only a portal', [{ ...nova, type: 'VIBETHINK_PORTAL' }], NOVA_ORIGIN, 'deployment_unknown'],
    ['only a paused embed', [{ ...nova, status: 'INACTIVE' }], NOVA_ORIGIN, 'deployment_unknown'],
    ['an embed for other pages', [nova], 'https://evil.example', 'origin_not_allowed'],
    ['no origin', [nova], undefined, 'origin_missing'],
  ])('refuses with %s', (_case, records, origin, reason) => {
    expect(findOlderEmbed(records, { ...request, origin })).toMatchObject({ ok: false, failure: { reason } })
  })
})
