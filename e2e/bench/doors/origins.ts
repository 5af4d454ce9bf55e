/**
 * Origins at the three places where one is read: the embed's configuration, a new session, and the socket, there both as
 * a session of its own that names the origin and as somebody else's session carried to it.
 */
import { joseSigner } from '../../../edge/adapters/jose-signer.ts'
import { PRODUCTION_HOST } from '../../../edge/testing/running-edge.ts'
import { newId } from '../../../schema/domain/id.ts'
import { CAST } from '../../../schema/local/cast.ts'
import { openFrameSocket } from '../faults/frame-socket.ts'
import { newVisitorSecret } from '../../wire/request-session.ts'
import type { Amount, DoorsSuite } from './doors-suite.ts'
import type { DoorsWorld } from './doors-world.ts'
import { eachInLanes } from './each-in-lanes.ts'
import { hostileOrigins } from './hostile-origins.ts'
import type { Target } from './hostile-origins.ts'

const DEPLOYMENT = CAST.deployments.remyWidget
const OTHER_TENANTS = CAST.deployments.marlowClub

const ENTRIES = ['https://www.nova.example', 'https://nova.example:8443', 'https://xn--mnchen-3ya.example'] as const
const OTHER_ENTRIES = ['https://club.rival.example'] as const

const TARGETS: readonly [Target, ...Target[]] = [
  { scheme: 'https', host: 'www.nova.example', port: '' },
  { scheme: 'https', host: 'nova.example', port: ':8443' },
  { scheme: 'https', host: 'xn--mnchen-3ya.example', port: '' },
  { scheme: 'https', host: 'club.rival.example', port: '' },
]

const SIZES = { full: { hostile: 10_000, legitimate: 1_000 }, tiny: { hostile: 220, legitimate: 20 } } as const
const LANES = 24
/** A room takes only so many sockets, a machine only so many rooms. */
const VISITORS = 2 * LANES

export const origins: DoorsSuite = {
  name: 'origins',
  run: async (world, amount) => {
    await allow(world)
    const hostile = await askHostile(world, amount)
    const legitimate = await askLegitimate(world, amount)
    return {
      figures: {
        hostile_origins: hostile.asked,
        admitted: hostile.wrong.length,
        legitimate: legitimate.asked,
        refused: legitimate.wrong.length,
      },
      wrong: [...hostile.wrong, ...legitimate.wrong],
    }
  },
  plants: [
    {
      name: 'an origin is compared by its beginning',
      changes: [
        {
          file: 'edge/core/origin.ts',
          find: 'record.allowedOrigins.includes(origin)',
          replace: 'record.allowedOrigins.some((entry) => origin.startsWith(entry))',
        },
      ],
    },
    {
      name: 'an origin is made lower case before it is compared',
      changes: [
        {
          file: 'edge/core/origin.ts',
          find: 'record.allowedOrigins.includes(origin)',
          replace: 'record.allowedOrigins.includes(origin.toLowerCase())',
        },
      ],
    },
  ],
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

/** Said here a second time and otherwise than in the product: what is let in is on the list, letter by letter. */
function isAllowed(sent: readonly string[]): boolean {
  const [origin = ''] = sent
  return sent.length === 1 && new Set<string>(ENTRIES).has(origin)
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
  const all = Array.from({ length: SIZES[amount].legitimate }, () => world.chance.pick(ENTRIES))
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
    epoch: 0,
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
