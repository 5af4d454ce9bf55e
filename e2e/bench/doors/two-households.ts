/**
 * For the cross-tenant suite: a celebrity and a brand whose every word is a canary, and strangers with every kind of key.
 * Made anew at each run, over the admin route, so that a broken Worker makes its own.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import type { DoorsWorld } from './doors-world.ts'

/** One id of each kind of thing that routes name. */
export type Belongings = Readonly<Record<string, string>>

export interface Stranger {
  readonly name: string
  readonly kind: 'CELEBRITY' | 'BRAND' | 'ORGANIZATION'
  readonly role: 'OWNER' | 'EDITOR' | 'APPROVER' | 'VIEWER'
  readonly scopes: readonly ('read' | 'write')[]
  readonly secret: string
}

export interface Households {
  readonly theirs: Belongings
  /** Of the strangers' celebrity, where a body has to name something of the own. */
  readonly own: Belongings
  readonly strangers: readonly Stranger[]
  /** Stands in everything of theirs that is a text. */
  readonly canary: string
  /** Opened something once: a revoked key, an expired one, that of somebody who was deactivated. */
  readonly spent: readonly string[]
  readonly tenantIds: readonly string[]
}

const twinConfig = (word: string) => ({
  personalityProfile: { tone: word, language: 'en', expertise: [word] },
  knowledgeBase: { sources: [], lastUpdated: '2026-11-01T00:00:00.000Z' },
  guardrails: { maxResponseLength: 800, bannedTopics: [word], contentRating: 'PG' },
})
export const guidelines = (word: string) => ({ sentences: [word], rules: { avoidTerms: [word], mention: [] } })

export async function makeHouseholds(world: DoorsWorld): Promise<Households> {
  const run = randomBytes(4).toString('hex')
  const canary = `canary${run}`
  const theirs = await makeCelebrity(world, canary)
  const own = await makeCelebrity(world, `plain${run}`)
  const outsider = await make(world, '/brands', { name: 'Outsider', slug: `outsider-${run}` })
  const organization = randomUUID()
  await world.edge.sql(
    `insert into tenants (id, kind, slug, name) values ('${organization}', 'ORGANIZATION', 'org-${run}', 'Org')`,
  )
  const strangers: Stranger[] = []
  const kinds = [
    ['CELEBRITY', text(own['tenant'])],
    ['BRAND', text(outsider['tenantId'])],
    ['ORGANIZATION', organization],
  ] as const
  for (const [kind, tenantId] of kinds) {
    for (const role of ['OWNER', 'EDITOR', 'APPROVER', 'VIEWER'] as const) {
      strangers.push(await stranger(world, { kind, role, tenantId, scopes: ['read', 'write'] }))
    }
    strangers.push(await stranger(world, { kind, role: 'OWNER', tenantId, scopes: ['read'] }))
  }
  return {
    theirs,
    own,
    strangers,
    canary,
    spent: await spentKeys(world, text(own['tenant'])),
    tenantIds: [text(theirs['tenant']), text(theirs['brandTenant'])],
  }
}

async function makeCelebrity(world: DoorsWorld, word: string): Promise<Belongings> {
  const celebrity = await make(world, '/celebrities', {
    name: word,
    slug: word,
    type: 'COACH',
    tagline: word,
    twinConfig: twinConfig(word),
  })
  const [id, tenant] = [text(celebrity['id']), text(celebrity['tenantId'])]
  const contract = await make(world, `/celebrities/${id}/contracts`, {
    licenceScopes: ['TEXT'],
    startsAt: '2026-01-01',
    signedAt: '2025-12-01',
  })
  const source = await make(world, `/celebrities/${id}/knowledge`, { title: word, text: `${word} knows.` })
  const brand = await make(world, '/brands', { name: `Brand ${word}`, slug: `brand-${word}` })
  const campaign = await make(world, '/campaigns', {
    celebrityId: id,
    brandId: text(brand['id']),
    slug: `with-${word}`,
    name: word,
    startsAt: '2026-01-01',
    guidelines: guidelines(word),
  })
  const made = await make(world, '/deployments', {
    celebrityId: id,
    type: 'EMBEDDED_WIDGET',
    name: word,
    greeting: word,
  })
  const deployment = text(Object(made['deployment']).id)
  const allowed = await make(world, `/deployments/${deployment}/allowed-domains`, {
    origin: `https://${word}.example.com`,
  })
  const domain = await make(world, `/deployments/${deployment}/domains`, { hostname: `twin.${word}.example.com` })
  await world.admin('PUT', `/deployments/${deployment}/identity-key`, { alg: 'HS256', secret: word.padEnd(40, 'k') })
  const user = await make(world, '/users', { email: `${word}@people.example`, name: word })
  const membership = await make(world, '/memberships', { userId: text(user['id']), tenantId: tenant, role: 'OWNER' })
  const key = await make(world, '/keys', { name: word, tenantId: tenant, role: 'OWNER', scopes: ['read'] })
  const [visitor, conversation] = [randomUUID(), randomUUID()]
  await world.edge.sql(`
    insert into visitors (id, tenant_id, deployment_id) values ('${visitor}', '${tenant}', '${deployment}');
    insert into conversations (id, tenant_id, deployment_id, visitor_id, origin)
    values ('${conversation}', '${tenant}', '${deployment}', '${visitor}', 'https://${word}.example.com')`)
  const { rows } = await world.edge.query(`select id from platform_events where tenant_id = '${tenant}' limit 1`)
  return {
    tenant,
    celebrities: id,
    contracts: text(contract['id']),
    knowledge: text(source['id']),
    brands: text(brand['id']),
    brandTenant: text(brand['tenantId']),
    campaigns: text(campaign['id']),
    deployments: deployment,
    'allowed-domains': text(allowed['id']),
    domains: text(domain['id']),
    users: text(user['id']),
    memberships: text(membership['id']),
    keys: text(Object(key['key']).id),
    conversations: conversation,
    visitors: visitor,
    events: text(rows[0]?.['id']),
  }
}

async function stranger(
  world: DoorsWorld,
  { kind, role, tenantId, scopes }: Omit<Stranger, 'name' | 'secret'> & { readonly tenantId: string },
): Promise<Stranger> {
  const name = `${kind} ${role} ${scopes.join('+')}`
  const { secret } = await make(world, '/keys', { name, tenantId, role, scopes })
  return { name, kind, role, scopes, secret: text(secret) }
}

async function spentKeys(world: DoorsWorld, tenantId: string): Promise<string[]> {
  const word = randomBytes(4).toString('hex')
  const service = { name: 'spent', tenantId, role: 'OWNER', scopes: ['read', 'write'] }
  const revoked = await make(world, '/keys', service)
  await world.admin('DELETE', `/keys/${text(Object(revoked['key']).id)}`)
  const expired = await make(world, '/keys', service)
  await world.edge.sql(`update api_keys set expires_at = now() where id = '${text(Object(expired['key']).id)}'`)
  const user = await make(world, '/users', { email: `${word}@left.example`, name: 'Left' })
  await make(world, '/memberships', { userId: text(user['id']), tenantId, role: 'OWNER' })
  const personal = await make(world, '/keys', { name: 'Left', tenantId, userId: text(user['id']), scopes: ['read'] })
  await world.admin('PATCH', `/users/${text(user['id'])}`, { deactivated: true })
  return [text(revoked['secret']), text(expired['secret']), text(personal['secret'])]
}

async function make(world: DoorsWorld, path: string, body: unknown): Promise<Readonly<Record<string, unknown>>> {
  const answer = await world.admin('POST', path, body)
  if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`Not a text: ${JSON.stringify(value)}`)
  return value
}
