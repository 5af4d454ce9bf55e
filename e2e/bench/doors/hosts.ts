/**
 * Hosts under which nothing of a tenant's may answer. What workerd answers itself, before the Worker is asked, is told
 * apart and not counted as ours.
 */
import { PRODUCTION_HOST } from '../../../edge/testing/running-edge.ts'
import { CAST } from '../../../schema/local/cast.ts'
import type { RawAnswer } from '../../wire/raw-request.ts'
import type { Chance } from '../faults/chance.ts'
import type { DoorsAsk, DoorsWorld } from './doors-world.ts'
import type { DoorsSuite } from './doors-suite.ts'
import { eachInLanes } from './each-in-lanes.ts'

const VERIFIED = 'twin.star-nova.example'
const PENDING = 'pending.star-nova.example'
const REMOVED = 'gone.star-nova.example'
const OF_ARCHIVED = 'closed.star-nova.example'

const SIZES = { full: 2_000, tiny: 150 } as const
const LANES = 24
/** What only the deployment behind the verified host says. */
const SECRET = 'The Marlow evening'

export const hosts: DoorsSuite = {
  name: 'hosts',
  run: async (world, amount) => {
    await claim(world)
    const all = hostileHosts(SIZES[amount], world.chance)
    let ours = 0
    const wrong = await eachInLanes(all, LANES, async (wish) => {
      const answer = await world.ask(wish)
      if (!isOurs(answer)) return []
      ours += 1
      const told = JSON.stringify([wish.host, ...(wish.headers ?? [])])
      if (answer.body.includes(SECRET) || answer.status < 400) return [`${told} resolves: ${answer.status}`]
      if (answer.status !== 421) return [`${told} is answered ${answer.status} and not 421`]
      return []
    })
    const silent = await stillAnswers(world)
    await leave(world)
    return {
      figures: { hostile_hosts: all.length, hosts_seen_by_us: ours, resolved: wrong.flat().length },
      wrong: [...wrong.flat(), ...silent],
    }
  },
  plants: [
    {
      name: 'X-Forwarded-Host is believed',
      changes: [
        {
          file: 'edge/http/front-door.ts',
          find: "request.headers.get('host')",
          replace: "(request.headers.get('x-forwarded-host') ?? request.headers.get('host'))",
        },
      ],
    },
    {
      name: 'any host below a verified one is taken for it',
      changes: [
        {
          file: 'edge/http/front-door.ts',
          find: 'await directory.findByHost(host.host, ',
          replace: `await directory.findByHost(host.host.split('.').slice(-3).join('.'), `,
        },
      ],
    },
    {
      name: 'the host is what the parsed address says, whatever was sent',
      changes: [{ file: 'edge/http/front-door.ts', find: "request.headers.get('host')", replace: 'null' }],
    },
    {
      name: 'a host that names a port is taken without it',
      changes: [
        {
          file: 'edge/core/host.ts',
          find: '!portTolerated',
          replace: 'portTolerated',
        },
      ],
    },
  ],
}

async function claim({ edge, admin }: DoorsWorld): Promise<void> {
  const white = CAST.deployments.marlowWhiteLabel
  await edge.sql(`
    delete from domains where hostname like '%.star-nova.example';
    update deployments set page = '{"title":"${SECRET}","intro":"By invitation"}', status = 'ACTIVE' where id = '${white}';
    insert into domains (tenant_id, deployment_id, hostname, status, verified_at)
    select d.tenant_id, d.id, n.hostname, n.status::domain_status, case when n.status = 'PENDING' then null else now() end
    from deployments d, (values ('${VERIFIED}', 'ACTIVE'), ('${PENDING}', 'PENDING'), ('${REMOVED}', 'REMOVED')) n (hostname, status)
    where d.id = '${white}';
    insert into domains (tenant_id, deployment_id, hostname, status, verified_at)
    select d.tenant_id, d.id, '${OF_ARCHIVED}', 'ACTIVE', now() from deployments d where d.id = '${CAST.deployments.kickColaCampaign}';
    update deployments set status = 'ARCHIVED' where id = '${CAST.deployments.kickColaCampaign}';
  `)
  await admin('DELETE', '/allowed-domains/none') // any write makes the Worker forget
}

/** As other suites know it. */
async function leave({ edge, admin }: DoorsWorld): Promise<void> {
  await edge.sql(`
    delete from domains where hostname like '%.star-nova.example';
    update deployments set status = 'ACTIVE' where id = '${CAST.deployments.kickColaCampaign}';
  `)
  await admin('DELETE', '/allowed-domains/none')
}

/** What workerd refuses it refuses in plain text, or without a word. */
function isOurs({ status, headers }: RawAnswer): boolean {
  return status < 400 || /json|html/.test(headers.get('content-type') ?? '')
}

/** The one honest host, so that silence is not taken for strictness. */
async function stillAnswers(world: DoorsWorld): Promise<readonly string[]> {
  const { status, body } = await world.ask({ path: '/', host: VERIFIED })
  return status === 200 && body.includes(SECRET) ? [] : [`${VERIFIED} itself is answered ${status}`]
}

type Forgery = (chance: Chance) => Pick<DoorsAsk, 'host' | 'headers'>

const word = (chance: Chance): string =>
  chance
    .next()
    .toString(36)
    .slice(2, 2 + chance.between(1, 10)) || 'x'
const known = (chance: Chance): string => chance.pick([VERIFIED, VERIFIED, PRODUCTION_HOST])
const HEADERS = [
  'X-Forwarded-Host',
  'X-Host',
  'X-Original-Host',
  'X-HTTP-Host-Override',
  'X-Forwarded-Server',
  'X-Original-URL',
  'X-Rewrite-URL',
  'MF-Original-Hostname',
  'CF-Worker',
  'Forwarded',
  'X-Real-Host',
  ':authority',
] as const

const FORGERIES: readonly [Forgery, ...Forgery[]] = [
  (chance) => ({ host: `${word(chance)}.${chance.pick(['example', 'evil.example', 'com', 'localhost'])}` }),
  (chance) => ({ host: `${word(chance)}.${known(chance)}` }),
  (chance) => ({ host: `${known(chance)}.${word(chance)}.example` }),
  (chance) => ({ host: `${word(chance)}${known(chance)}` }),
  (chance) => ({ host: `${known(chance)}${word(chance)}` }),
  (chance) => ({ host: `${known(chance)}-${word(chance)}` }),
  (chance) => ({ host: known(chance).replace('.', () => word(chance)) }),
  (chance) => ({ host: `${known(chance)}:${chance.between(1, 65_535)}`.replace(/:80$/, ':81') }),
  (chance) => ({ host: `${known(chance)}..` }),
  (chance) => ({ host: `.${known(chance)}` }),
  (chance) => ({
    host: `${known(chance)}${chance.pick(['_', '~', '!', "'", '(', '*', '%00', '%2e', '%20', ';', ',', '&', '='])}`,
  }),
  (chance) => ({ host: `${known(chance)}, ${known(chance)}` }),
  (chance) => ({ host: `${word(chance)}@${known(chance)}` }),
  (chance) => ({ host: `${known(chance)}/${word(chance)}` }),
  (chance) => ({ host: `${known(chance)} ${word(chance)}` }),
  (chance) => ({ host: `${known(chance)}\\@evil.example` }),
  (chance) => ({ host: chance.pick([PENDING, REMOVED, OF_ARCHIVED]) }),
  (chance) => ({ host: chance.pick([PENDING, REMOVED, OF_ARCHIVED]).toUpperCase() }),
  (chance) => ({
    host: chance.pick([
      '',
      '.',
      '..',
      '*',
      '*.star-nova.example',
      '%',
      'null',
      '0',
      '127.0.0.1',
      '127.1',
      '[::1]',
      '169.254.169.254',
      'localhost',
      'xn--',
      'xn--a.example',
    ]),
  }),
  (chance) => ({
    host: known(chance)
      .replace('a', chance.pick(['а', 'ɑ', 'á', 'ａ']))
      .replace('e', chance.pick(['е', 'é', 'ｅ'])),
  }),
  (chance) => ({ host: `${known(chance)}${chance.pick(['\u200b', '\u00ad', '\u3002', '\u2024'])}` }),
  (chance) => ({ host: `xn--${word(chance)}.${known(chance)}` }),
  ...HEADERS.filter((name) => !name.startsWith(':')).map((name): Forgery => (chance) => ({
    host: `${word(chance)}.evil.example`,
    headers: [[name, name === 'Forwarded' ? `host=${known(chance)}` : known(chance)]],
  })),
  (chance) => ({ host: `${word(chance)}.evil.example`, headers: [['Host', known(chance)]] }),
  (chance) => ({ host: 'a'.repeat(chance.between(64, 300)) + '.example' }),
  (chance) => ({ host: `${'a.'.repeat(chance.between(1, 200))}example` }),
]

const PATHS = [
  '/',
  '/v1/embed/50000000-0000-4000-8000-000000000005',
  '/remy-vale',
  '/robots.txt',
  '/v1/twin.js',
  '/admin/v1/deployments',
] as const

function hostileHosts(count: number, chance: Chance): DoorsAsk[] {
  return Array.from({ length: count }, (_, at) => {
    const forge = FORGERIES[at % FORGERIES.length] ?? FORGERIES[0]
    return { path: chance.pick(PATHS), ...forge(chance) }
  })
}
