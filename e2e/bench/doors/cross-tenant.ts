/**
 * Every route and verb of the admin door, with every kind of key that is somebody else's, at ids of a celebrity and a brand
 * who are none of its business; then lists, filters, bodies and headers that name them. A leak is any byte by which their
 * thing could be told from nothing at all, any canary in an answer, and any row of theirs that is not as it was.
 */
import { randomUUID } from 'node:crypto'
import { ACCESS } from '../../../edge/core/admin/access.ts'
import type { RawAnswer } from '../../wire/raw-request.ts'
import type { Change } from '../planted-copy.ts'
import type { DoorsWorld } from './doors-world.ts'
import type { DoorsSuite } from './doors-suite.ts'
import { eachInLanes } from './each-in-lanes.ts'
import { guidelines, makeHouseholds } from './two-households.ts'
import type { Belongings, Households, Stranger } from './two-households.ts'

const LANES = 4
const VERBS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']
const TINY_SHARE = 0.015

interface Probe {
  readonly stranger: Pick<Stranger, 'name' | 'secret'>
  readonly method: string
  /** With what is theirs, and with what nobody has in its place. */
  readonly path: readonly [theirs: string, absent: string]
  readonly body?: readonly [theirs: unknown, absent: unknown]
  readonly headers?: readonly (readonly [string, string])[]
}

/** What nobody's thing is answered with, asked once for all that are compared with it. */
type Absents = Map<string, Promise<RawAnswer>>

export const crossTenant: DoorsSuite = {
  name: 'cross-tenant',
  run: async (world, amount) => {
    const households = await makeHouseholds(world)
    const absents: Absents = new Map()
    const before = await fingerprints(world, households)
    const everything = [...idProbes(households), ...bodyProbes(households), ...listProbes(households)]
    const asked =
      amount === 'full'
        ? everything
        : everything.filter((probe) => isTelling(probe) || world.chance.happens(TINY_SHARE))
    const wrong = (await eachInLanes(asked, LANES, (probe) => look(world, households, probe, absents))).flat()
    wrong.push(...(await askAboutRoles(world, households, amount === 'full' ? 1 : 0.12)))
    wrong.push(...(await askWithSpentKeys(world, households)))
    if ((await fingerprints(world, households)) !== before) wrong.push('a row of theirs is not as it was')
    return { figures: { cross_tenant_probes: asked.length, leaks: wrong.length }, wrong }
  },
  plants: [
    {
      name: 'stores forget for whom they ask',
      changes: [change('edge/adapters/admin/ask-platform.ts', 'actsFor(desk.actor), first', "'platform', first")],
    },
    {
      name: 'the request says whose it is',
      changes: [
        change(
          'edge/http/admin/admin-routes.ts',
          'desk(shown.value, ports)',
          "desk({ ...shown.value, tenantId: c.req.header('x-tenant-id') ?? shown.value.tenantId }, ports)",
        ),
      ],
    },
    {
      name: 'not yours is told from not there',
      changes: [
        change(
          'edge/adapters/admin/neon-keys.ts',
          "    async revoke(id) {\n      const present = await find(id)\n      if (!present) return fail({ reason: 'not_found' })",
          `    async revoke(id) {
      const present = await find(id)
      const { askForPlatform } = await import('./ask-platform.ts')
      const [[there]] = await askForPlatform(database, database.select(shown).from(apiKeys).where(eq(apiKeys.id, id)))
      if (there && !present) return fail({ reason: 'conflict', detail: 'This is not yours.' })
      if (!present) return fail({ reason: 'not_found' })`,
        ),
      ],
    },
    {
      name: 'any role will do',
      changes: [
        change(
          'edge/core/admin/access.ts',
          'if (!roles.some((role) => may.includes(role)))',
          'if (roles.length === 0)',
        ),
      ],
    },
    {
      name: 'a key that may read may write',
      changes: [change('edge/core/admin/access.ts', 'if (!scopes.includes(access.scope))', 'if (scopes.length === 0)')],
    },
    {
      name: 'a revoked key opens on',
      changes: [
        change('edge/adapters/neon-admin-gate.ts', "if (record.state !== 'LIVE')", "if (record.state === 'EXPIRED')"),
      ],
    },
  ],
}

function change(file: string, find: string, replace: string): Change {
  return { file, find, replace }
}

/** Every path that names an id, with every verb, by every stranger: at the id of its kind, and at two of others. */
function idProbes({ theirs, strangers }: Households): Probe[] {
  const paths = [...new Set(Object.keys(ACCESS).map((route) => route.slice(route.indexOf(' ') + 1)))]
  const ids = Object.values(theirs)
  return paths
    .filter((path) => path.includes('/:'))
    .flatMap((path, at) => {
      const right = theirs[path.split('/')[1] ?? ''] ?? ''
      const others = [3, 8].flatMap((step) => ids[(at * 7 + step) % ids.length] ?? [])
      const absent = path.replace(/:\w+/, randomUUID())
      return [...new Set([right, ...others])].flatMap((id) =>
        VERBS.flatMap((method) =>
          strangers.map((stranger) => {
            const body = BODIES[`${method} ${path}`]
            return {
              stranger,
              method,
              path: [query(path.replace(/:\w+/, id)), query(absent)] as const,
              ...(body === undefined ? {} : { body: [body, body] as const }),
            }
          }),
        ),
      )
    })
}

/** A person's line says who it is. */
function query(path: string): string {
  return /^\/conversations\/[^/]+\/(?:stream|frames|line)$/.test(path) ? `${path}?name=Eve` : path
}

/** What a route takes, so that it goes as far as it would with the own. */
const BODIES: Readonly<Record<string, unknown>> = {
  'PATCH /celebrities/:id': { tagline: 'taken over' },
  'POST /celebrities/:celebrityId/contracts': { licenceScopes: ['TEXT'], startsAt: '2026-01-01' },
  'PATCH /contracts/:id': { terminatedAt: '2026-06-01' },
  'POST /celebrities/:celebrityId/knowledge': { title: 'planted', text: 'planted' },
  'PATCH /knowledge/:id': { title: 'planted' },
  'PATCH /brands/:id': { name: 'Taken over' },
  'PATCH /campaigns/:id': { status: 'APPROVED', guidelinesVersion: 1 },
  'PATCH /deployments/:id': { greeting: 'taken over' },
  'PUT /deployments/:id/identity-key': { alg: 'HS256', secret: 'k'.repeat(40) },
  'POST /deployments/:deploymentId/allowed-domains': { origin: 'https://thief.example.com' },
  'PATCH /allowed-domains/:id': { origin: 'https://thief.example.com' },
  'POST /deployments/:deploymentId/domains': { hostname: 'thief.example.com' },
  'POST /conversations/:id/frames': { frames: [{ type: 'ping' }] },
  'PATCH /users/:id': { deactivated: true },
  'POST /keys/:id/rotation': { overlapSeconds: 0 },
}

/** Ids of theirs inside a body: what is made with one must be refused as if there were no such thing. */
function bodyProbes({ theirs, own, strangers }: Households): Probe[] {
  const asking = (method: string, path: string, bodyOf: (ids: Belongings) => object): Probe[] => {
    const nobody = Object.fromEntries(Object.keys(theirs).map((name) => [name, randomUUID()]))
    return strangers.map((stranger) => ({
      stranger,
      method,
      path: [path, path],
      body: [bodyOf(theirs), bodyOf(nobody)],
    }))
  }
  const deployment = { type: 'BRAND_CAMPAIGN', name: 'x', greeting: 'x' }
  const campaign = { slug: 'x', name: 'x', startsAt: '2026-01-01', guidelines: guidelines('x') }
  return [
    ...asking('POST', '/deployments', (ids) => ({
      ...deployment,
      type: 'EMBEDDED_WIDGET',
      celebrityId: ids['celebrities'],
    })),
    ...asking('POST', '/deployments', (ids) => ({
      ...deployment,
      celebrityId: own['celebrities'],
      campaignId: ids['campaigns'],
    })),
    ...asking('POST', `/celebrities/${own['celebrities']}/knowledge`, (ids) => ({
      title: 'x',
      text: 'x',
      campaignId: ids['campaigns'],
    })),
    ...asking('POST', '/campaigns', (ids) => ({
      ...campaign,
      celebrityId: own['celebrities'],
      brandId: ids['brands'],
    })),
    ...asking('POST', '/keys', (ids) => ({ name: 'x', scopes: ['read'], userId: ids['users'] })),
    ...asking('POST', '/keys', (ids) => ({ name: 'x', scopes: ['read'], role: 'OWNER', tenantId: ids['tenant'] })),
    ...asking('POST', '/memberships', (ids) => ({ userId: ids['users'], role: 'OWNER' })),
    ...asking('POST', '/memberships', (ids) => ({ userId: ids['users'], role: 'OWNER', tenantId: ids['tenant'] })),
    ...asking('PATCH', `/celebrities/${own['celebrities']}`, (ids) => ({ tenantId: ids['tenant'] })),
  ]
}

/** Lists, their cursors and filters, with headers and parameters that claim to be theirs. */
function listProbes({ theirs, strangers }: Households): Probe[] {
  const lists = Object.keys(ACCESS).flatMap((route) => (/^GET \/[\w-]+$/.test(route) ? [route.slice(4)] : []))
  const absent = randomUUID()
  const tenant = theirs['tenant'] ?? ''
  return lists.flatMap((list) =>
    strangers.flatMap((stranger): Probe[] => {
      const kind = list.slice(1)
      const probe = (theirQuery: string, absentQuery: string): Probe => ({
        stranger,
        method: 'GET',
        path: [`${list}?${theirQuery}`, `${list}?${absentQuery}`],
      })
      return [
        probe(`after=${theirs[kind]}`, `after=${absent}`),
        probe(`limit=50&tenantId=${tenant}`, 'limit=50'),
        probe(`tenant_id=${tenant}&celebrityId=${theirs['celebrities']}`, ''),
        probe(`deploymentId=${theirs['deployments']}`, `deploymentId=${absent}`),
        { ...probe('', ''), headers: [['X-Tenant-Id', tenant]] },
        { ...probe('', ''), headers: [['X-Acts-For', 'platform']] },
        { ...probe('', ''), headers: [['X-Twin-Claims', JSON.stringify({ tenantId: tenant })]] },
      ]
    }),
  )
}

/** Those that a sample must not miss, since only they meet a planted fault. */
function isTelling({ stranger, method, path: [path], body, headers }: Probe): boolean {
  if (!stranger.name.startsWith('CELEBRITY OWNER read+write')) return false
  if (headers !== undefined || body !== undefined) return true
  return method === 'GET' ? /^\/[\w-]+\/[0-9a-f-]+$/.test(path) : method === 'DELETE' && path.startsWith('/keys/')
}

async function look(
  world: DoorsWorld,
  { theirs, canary }: Households,
  probe: Probe,
  absents: Absents,
): Promise<string[]> {
  const [theirPath, absentPath] = probe.path
  const [theirBody, absentBody] = probe.body ?? []
  const there = await ask(world, probe, theirPath, theirBody, probe.headers)
  const key = JSON.stringify([probe.stranger.name, probe.method, absentPath, absentBody])
  const asked = absents.get(key) ?? ask(world, probe, absentPath, absentBody)
  absents.set(key, asked)
  const absent = await asked
  const said = `${probe.method} ${theirPath} by ${probe.stranger.name}`
  const wrong: string[] = []
  if (bytesOf(there) !== bytesOf(absent))
    wrong.push(`${said}: ${there.status} and not ${absent.status}, or other words`)
  const request = `${theirPath}${JSON.stringify(theirBody ?? '')}`
  const ids = Object.values(theirs).filter((id) => !request.includes(id) && bytesOf(there).includes(id))
  if (bytesOf(there).includes(canary)) wrong.push(`${said}: a canary in ${there.status}`)
  if (ids.length > 0) wrong.push(`${said}: names ids of theirs`)
  return wrong
}

/** What a role or a scope does not hold is refused, whoever's it is: asked of the own tenant, where nothing else is in the way. */
async function askAboutRoles(world: DoorsWorld, { strangers, own }: Households, share: number): Promise<string[]> {
  const cases = Object.entries(ACCESS).flatMap(([route, { may, scope }]) =>
    strangers
      .filter(({ kind, role, scopes }) => !(may[kind] ?? []).includes(role) || !scopes.includes(scope))
      .map((stranger) => ({ route, stranger })),
  )
  const asked = cases.filter(() => world.chance.happens(share))
  const wrong = await eachInLanes(asked, LANES, async ({ route, stranger }) => {
    const [method = '', path = ''] = route.split(' ')
    const id = own[path.split('/')[1] ?? ''] ?? randomUUID()
    const answer = await ask(world, { stranger, method }, query(path.replace(/:\w+/, id)), BODIES[route] ?? {})
    return answer.status === 403 ? [] : [`${route} by ${stranger.name}: ${answer.status} and not 403`]
  })
  return wrong.flat()
}

async function askWithSpentKeys(world: DoorsWorld, { spent, strangers }: Households): Promise<string[]> {
  const nobody = await ask(world, { stranger: { name: 'nobody', secret: 'x' }, method: 'GET' }, '/celebrities')
  const mistyped = strangers
    .slice(0, 3)
    .map(({ secret }) => `${secret.slice(0, -3)}${secret.endsWith('xyz') ? 'abc' : 'xyz'}`)
  const wrong = await eachInLanes([...spent, ...mistyped], 1, async (secret) => {
    const answer = await ask(world, { stranger: { name: 'spent', secret }, method: 'GET' }, '/celebrities')
    return bytesOf(answer) === bytesOf(nobody) ? [] : [`a key that opens nothing: ${answer.status}, or other words`]
  })
  return wrong.flat()
}

async function ask(
  world: DoorsWorld,
  { stranger, method }: Pick<Probe, 'stranger' | 'method'>,
  path: string,
  body?: unknown,
  headers: readonly (readonly [string, string])[] = [],
): Promise<RawAnswer> {
  const from = Array.from({ length: 3 }, () => world.chance.between(1, 254)).join('.')
  return world.ask({
    method,
    path: `/admin/v1${path}`,
    headers: [
      ['Authorization', `Bearer ${stranger.secret}`],
      ['CF-Connecting-IP', `10.${from}`], // a wrong key must not lock the next one out
      ...(body === undefined ? [] : [['Content-Type', 'application/json'] as const]),
      ...headers,
    ],
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** Other at every request, whatever is asked. */
const OF_THE_REQUEST = ['date', 'x-request-id']

/** All that somebody could compare. */
function bytesOf({ status, headers, body }: RawAnswer): string {
  const kept = [...headers]
    .filter(([name]) => !OF_THE_REQUEST.includes(name))
    .map(([name, value]) => `${name}: ${value}`)
  return [status, ...kept.toSorted(), body].join('\n')
}

/** Everything of theirs as one text, but for events: what was refused may stand there. */
async function fingerprints(world: DoorsWorld, { tenantIds }: Households): Promise<string> {
  const ids = tenantIds.map((id) => `'${id}'`).join(', ')
  const tables = [
    'celebrities',
    'contracts',
    'brands',
    'deployments',
    'allowed_domains',
    'domains',
    'identity_keys',
    'knowledge_sources',
    'memberships',
    'api_keys',
    'conversations',
  ]
  const parts = tables.map(
    (table) => `select '${table}' as name, md5(string_agg(t::text, '|' order by t::text)) as sum from ${table} t
      where tenant_id in (${ids})`,
  )
  parts.push(`select 'campaigns', md5(string_agg(t::text, '|' order by t::text)) from campaigns t
    where celebrity_tenant_id in (${ids})`)
  parts.push(`select 'users', md5(string_agg(t::text, '|' order by t::text)) from users t
    where id in (select user_id from memberships where tenant_id in (${ids}))`)
  return JSON.stringify((await world.edge.query(parts.join(' union all '))).rows)
}
