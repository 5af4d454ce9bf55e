/**
 * Origins at the three places where one is read: the embed's configuration, a new session, and the socket, there both as
 * a session of its own that names the origin and as somebody else's session carried to it.
 */
import { joseSigner } from '../../../edge/adapters/jose-signer.ts'
import { PRODUCTION_HOST } from '../../../edge/testing/running-edge.ts'
import { newId } from '../../../schema/domain/id.ts'
import { CAST } from '../../../schema/local/cast.ts'
import { openFrameSocket } from '../faults/frame-socket.ts'
import type { Chance } from '../faults/chance.ts'
import { newVisitorSecret } from '../../wire/request-session.ts'
import type { Amount, DoorsSuite } from './doors-suite.ts'
import type { DoorsWorld } from './doors-world.ts'
import { eachInLanes } from './each-in-lanes.ts'
import { hostileOrigins } from './hostile-origins.ts'
import type { Target } from './hostile-origins.ts'
import { ORIGIN_PLANTS } from './origin-plants.ts'

const DEPLOYMENT = CAST.deployments.remyWidget
const OTHER_TENANTS = CAST.deployments.marlowClub

const ENTRIES = [
  'https://www.nova.example',
  'https://nova.example:8443',
  'https://xn--mnchen-3ya.example',
  'https://*.lumen.example',
  'https://*.lumen.co.uk:8443',
  'https://*.nova-project.pages.dev',
  'https://*--nova-site.netlify.app',
  'https://pr-*.preview.orbit.example',
] as const
const OTHER_ENTRIES = ['https://club.rival.example', 'https://*.rival.co.uk'] as const

/** What is allowed, what lies beside it, and what another tenant has allowed. */
const TARGETS: readonly [Target, ...Target[]] = [
  { scheme: 'https', host: 'www.nova.example', port: '' },
  { scheme: 'https', host: 'nova.example', port: ':8443' },
  { scheme: 'https', host: 'xn--mnchen-3ya.example', port: '' },
  { scheme: 'https', host: 'shop.lumen.example', port: '' },
  { scheme: 'https', host: 'lumen.example', port: '' },
  { scheme: 'https', host: 'www.lumen.co.uk', port: ':8443' },
  { scheme: 'https', host: '1a2b3c4d.nova-project.pages.dev', port: '' },
  { scheme: 'https', host: 'deploy-preview-42--nova-site.netlify.app', port: '' },
  { scheme: 'https', host: 'nova-site.netlify.app', port: '' },
  { scheme: 'https', host: 'pr-42.preview.orbit.example', port: '' },
  { scheme: 'https', host: 'club.rival.example', port: '' },
  { scheme: 'https', host: 'www.rival.co.uk', port: '' },
]

const SIZES = { full: { hostile: 10_000, legitimate: 1_000 }, tiny: { hostile: 400, legitimate: 40 } } as const
const LANES = 24
/** A room takes only so many sockets, a machine only so many rooms. */
const VISITORS = 2 * LANES

export const origins: DoorsSuite = {
  name: 'origins',
  run: async (world, amount) => {
    await allow(world)
    const hostile = await askHostile(world, amount)
    const honest = await askLegitimate(world, amount)
    return {
      figures: {
        hostile_origins: hostile.asked,
        admitted: hostile.wrong.length,
        legitimate: honest.asked,
        refused: honest.wrong.length,
      },
      wrong: [...hostile.wrong, ...honest.wrong],
    }
  },
  plants: ORIGIN_PLANTS,
}

interface Asked {
  readonly asked: number
  readonly wrong: readonly string[]
}

async function allow(world: DoorsWorld): Promise<void> {
  for (const [deployment, entries] of [
    [DEPLOYMENT, ENTRIES],
    [OTHER_TENANTS, OTHER_ENTRIES],
  ] as const) {
    await world.edge.sql(`delete from allowed_domains where deployment_id = '${deployment}'`)
    for (const origin of entries) {
      const { status } = await world.admin('POST', `/deployments/${deployment}/allowed-domains`, { origin })
      if (status !== 201) throw new Error(`${origin} could not be allowed: ${status}`)
    }
  }
}

/** Said here a second time and otherwise than in the product: label by label. */
function isAllowed(sent: readonly string[]): boolean {
  const [origin = ''] = sent
  if (sent.length !== 1) return false
  const [, host, port = ''] = /^https:\/\/([a-z0-9.-]+)(:[0-9]+)?$/.exec(origin) ?? []
  const labels = host?.split('.') ?? []
  if (labels.length < 2 || host === undefined || host.length > 253 || labels.some((label) => !isLabel(label)))
    return false
  const [first = '', ...parent] = labels
  const below = (...end: readonly string[]) =>
    labels.length > end.length && end.every((label, at) => labels[labels.length - end.length + at] === label)
  if (port === ':8443') return host === 'nova.example' || below('lumen', 'co', 'uk')
  if (port !== '') return false
  if (host === 'www.nova.example' || host === 'xn--mnchen-3ya.example') return true
  if (below('lumen', 'example') || below('nova-project', 'pages', 'dev')) return true
  const words = (text: string) => text.split('-').every((word) => word !== '')
  if (parent.join('.') === 'netlify.app') {
    const [deploy = '', site, ...more] = first.split('--')
    return site === 'nova-site' && more.length === 0 && deploy !== 'xn' && words(deploy)
  }
  return parent.join('.') === 'preview.orbit.example' && first.startsWith('pr-') && words(first.slice(3))
}

const isLabel = (text: string): boolean =>
  text.length > 0 && text.length < 64 && !text.startsWith('-') && !text.endsWith('-')

/** An origin that is on the list, or that one of its patterns was made for. */
function legitimate(chance: Chance): string {
  const word = (): string =>
    Array.from({ length: chance.between(1, 3) }, () => `w${chance.between(0, 46_655).toString(36)}`).join('-')
  const names = (): string => Array.from({ length: chance.between(1, 3) }, word).join('.')
  const entry = chance.pick(ENTRIES)
  return entry.replace('*', () => (entry.includes('//*.') ? names() : word()))
}

async function askHostile(world: DoorsWorld, amount: Amount): Promise<Asked> {
  const all = hostileOrigins(SIZES[amount].hostile, TARGETS, isAllowed, world.chance)
  const honest = await session(world, [ENTRIES[0]], newVisitorSecret())
  if (honest === undefined) throw new Error(`${ENTRIES[0]} gets no session.`)
  const wrong = await eachInLanes(all, LANES, async (sent) => {
    const told = JSON.stringify(sent)
    const found: string[] = []
    if (await isConfigured(world, sent)) found.push(`${told} is given the configuration`)
    if (await session(world, sent, newVisitorSecret())) found.push(`${told} is given a session`)
    if (await isConnected(world, sent, await signedFor(world, sent)))
      found.push(`${told} is connected with its own session`)
    if (await isConnected(world, sent, honest)) found.push(`${told} is connected with another’s session`)
    return found
  })
  return { asked: all.length, wrong: wrong.flat() }
}

async function askLegitimate(world: DoorsWorld, amount: Amount): Promise<Asked> {
  const all = Array.from({ length: SIZES[amount].legitimate }, () => legitimate(world.chance))
  const visitors = Array.from({ length: VISITORS }, newVisitorSecret)
  const wrong = await eachInLanes(all, LANES, async (origin, at) => {
    const found: string[] = []
    if (!(await isConfigured(world, [origin]))) found.push(`${origin} is refused the configuration`)
    const given = await session(world, [origin], visitors[at % VISITORS] ?? '')
    if (given === undefined) found.push(`${origin} is refused a session`)
    else if (!(await isConnected(world, [origin], given))) found.push(`${origin} is refused the socket`)
    return found
  })
  return { asked: all.length, wrong: wrong.flat() }
}

async function isConfigured(world: DoorsWorld, sent: readonly string[]): Promise<boolean> {
  const answer = await world.ask({ path: `/v1/embed/${DEPLOYMENT}`, origins: sent })
  return answer.status === 200 || answer.body.includes('greeting')
}

interface Right {
  readonly token: string
  readonly conversationId: string
}

async function session(world: DoorsWorld, sent: readonly string[], visitorSecret: string): Promise<Right | undefined> {
  const { status, body } = await world.ask({
    method: 'POST',
    path: '/v1/sessions',
    origins: sent,
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({ deploymentId: DEPLOYMENT, visitorSecret, conversation: 0 }),
  })
  if (status !== 201) return undefined
  const answer: unknown = JSON.parse(body)
  if (typeof answer !== 'object' || answer === null || !('token' in answer) || !('conversationId' in answer))
    throw new Error(`No session is in ${body}`)
  return { token: String(answer.token), conversationId: String(answer.conversationId) }
}

/** As if the origin had been allowed a minute ago: genuine in everything, and no longer anybody's. */
async function signedFor({ edge }: DoorsWorld, sent: readonly string[]): Promise<Right> {
  const conversationId = newId<'conversation'>()
  const issuedAt = Math.floor(Date.now() / 1000)
  const claims = {
    deploymentId: DEPLOYMENT,
    visitorId: newId<'visitor'>(),
    origin: sent.join(', '),
    conversationId,
    expiresAt: issuedAt + 300,
    epoch: 1_000_000, // of sessions from before a revocation another suite tells; here the page alone decides
    tier: 'FREE' as const,
  }
  return { token: await joseSigner({ current: edge.sessionKey }).sign(claims, issuedAt), conversationId }
}

/** Whether the room answers: a refusal may come on an accepted socket too. */
function isConnected(
  { edge }: DoorsWorld,
  sent: readonly string[],
  { token, conversationId }: Right,
): Promise<boolean> {
  return new Promise((resolve) => {
    const line = openFrameSocket({
      port: edge.port,
      host: PRODUCTION_HOST,
      path: `/parties/twin-room/${conversationId}`,
      protocols: ['twin.v1', `twin.session.${token}`],
      origin: sent.join('\r\nOrigin: '),
      open: (socket) => socket.send(JSON.stringify({ type: 'hello', after: null })),
      text: (text) => {
        resolve(!text.includes('"type":"error"'))
        line.kill()
      },
      closed: () => resolve(false),
    })
  })
}
