/** The demo's cast, all of it fictional, by fixed ids, so that pages and tests can name them. */
import { parseId, type Id, type IdKind } from '../domain/id.ts'

/** Ids and slugs of the demo's tenants, people, brands, campaigns and deployments. */
export const CAST = {
  remy: {
    tenantId: id<'tenant'>('10000000-0000-4000-8000-000000000001'),
    celebrityId: id<'celebrity'>('10000000-0000-4000-8000-000000000002'),
    contractId: id<'contract'>('10000000-0000-4000-8000-000000000003'),
    slug: 'remy-vale',
    portrait: '/media/remy-vale.svg',
  },
  ada: {
    tenantId: id<'tenant'>('20000000-0000-4000-8000-000000000001'),
    celebrityId: id<'celebrity'>('20000000-0000-4000-8000-000000000002'),
    contractId: id<'contract'>('20000000-0000-4000-8000-000000000003'),
    slug: 'ada-marlow',
    portrait: '/media/ada-marlow.svg',
  },
  solara: {
    tenantId: id<'tenant'>('30000000-0000-4000-8000-000000000001'),
    brandId: id<'brand'>('30000000-0000-4000-8000-000000000002'),
    campaignId: id<'campaign'>('30000000-0000-4000-8000-000000000003'),
    slug: 'solara',
    campaignSlug: 'summer',
  },
  kickCola: {
    tenantId: id<'tenant'>('40000000-0000-4000-8000-000000000001'),
    brandId: id<'brand'>('40000000-0000-4000-8000-000000000002'),
    campaignId: id<'campaign'>('40000000-0000-4000-8000-000000000003'),
    slug: 'kick-cola',
    campaignSlug: 'cage-tour',
  },
  deployments: {
    remyWidget: id<'deployment'>('50000000-0000-4000-8000-000000000001'),
    remyPortal: id<'deployment'>('50000000-0000-4000-8000-000000000002'),
    solaraCampaign: id<'deployment'>('50000000-0000-4000-8000-000000000003'),
    kickColaCampaign: id<'deployment'>('50000000-0000-4000-8000-000000000004'),
    marlowWhiteLabel: id<'deployment'>('50000000-0000-4000-8000-000000000005'),
    marlowClub: id<'deployment'>('50000000-0000-4000-8000-000000000006'),
  },
  /** Serves the white-label page; the port is the Worker's. */
  whiteLabelHost: 'twin.marlow.localhost',
} as const

function id<K extends IdKind>(text: string): Id<K> {
  const parsed = parseId<K>(text)
  if (!parsed) throw new Error(`${text} is no id.`)
  return parsed
}
