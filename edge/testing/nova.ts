/** A live embed of a made-up celebrity, for tests of the doors; each test changes what it is about. */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { parseId } from '../../schema/domain/id.ts'
import type { Id, IdKind } from '../../schema/domain/id.ts'

export const NOW = Date.parse('2026-11-21T12:00:00Z')
export const PUBLIC_URL = new URL('https://twin.example')
export const NOVA_ORIGIN = 'https://nova.example'

export const nova: DeploymentRecord = {
  id: uuid<'deployment'>('50000000-0000-4000-8000-0000000000aa'),
  type: 'EMBEDDED_WIDGET',
  status: 'ACTIVE',
  epoch: 0,
  stepUp: 'AUTO',
  tenantId: uuid<'tenant'>('10000000-0000-4000-8000-0000000000aa'),
  celebrity: {
    id: uuid<'celebrity'>('10000000-0000-4000-8000-0000000000ab'),
    slug: 'nova-lind',
    name: 'Nova Lind',
    tagline: 'Climbs what others photograph',
    portrait: null,
    status: 'ACTIVE',
  },
  contracts: [{ startsAt: '2026-01-01T00:00:00Z', endsAt: null }],
  campaign: null,
  allowedOrigins: [NOVA_ORIGIN],
  hosts: [],
  theme: { accent: '#1d4ed8', scheme: 'auto', corner: 'soft', density: 'comfortable', position: 'bottom-right' },
  greeting: 'Hello.',
  suggestions: [],
  proactive: null,
  consent: null,
  imageHosts: [],
  contextKeys: [],
  page: null,
}

export const novaCampaign: NonNullable<DeploymentRecord['campaign']> = {
  id: uuid<'campaign'>('30000000-0000-4000-8000-0000000000aa'),
  slug: 'summit',
  name: 'Summit',
  status: 'ACTIVE',
  approved: true,
  startsAt: '2026-11-01T00:00:00Z',
  endsAt: '2026-12-01T00:00:00Z',
  timeZone: 'Europe/Berlin',
  brand: { id: uuid<'brand'>('30000000-0000-4000-8000-0000000000ab'), name: 'Alto' },
}

export function uuid<K extends IdKind>(text: string): Id<K> {
  const parsed = parseId<K>(text)
  if (!parsed) throw new Error(`${text} is no id`)
  return parsed
}
