/**
 * Very many questions against a budget of few replies: what is spent, as the model counts it, goes over the budget by no
 * more than one call, though the Worker is killed in the middle of calls again and again.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { CAST } from '../../../schema/local/cast.ts'
import type { DoorsSuite } from './doors-suite.ts'
import type { DoorsWorld } from './doors-world.ts'
import { eachInLanes } from './each-in-lanes.ts'

const ORIGIN = 'https://budget.star-nova.example'
/** As many as a conversation takes at once. */
const MESSAGES_A_VISITOR = 8
const LANES = 12

const SIZES = {
  full: { requests: 10_000, tokens: 400_000, kills: 3, counted: 1_000, messages: 300 },
  tiny: { requests: 200, tokens: 120_000, kills: 1, counted: 200, messages: 40 },
} as const

interface Budget {
  readonly messages: number | null
  readonly tokens: number | null
}

export const budget: DoorsSuite = {
  name: 'budget',
  run: async (world, amount) => {
    const { requests, kills, tokens, counted, messages } = SIZES[amount]
    const spent = await spend(world, { messages: null, tokens }, requests, kills)
    // fewer against a budget of messages, which no call can go over by what it costs
    const rounds = [spent, await spend(world, { messages, tokens: null }, counted, Math.floor(kills / 2))]
    return {
      figures: {
        budget_requests: spent.asked,
        budget_kills: kills + Math.floor(kills / 2),
        budget_overrun_calls: Math.max(...rounds.map(({ overrun }) => overrun)),
      },
      wrong: rounds.flatMap(({ wrong }) => wrong),
    }
  },
  plants: [
    {
      name: 'a call is made before its budget has answered',
      changes: [
        {
          file: 'party/room/turn-runner.ts',
          find: 'if (!isGranted) return false',
          replace: 'if (!isGranted) void 0',
        },
      ],
    },
    {
      name: 'calls under way do not count',
      changes: [
        {
          file: 'edge/core/budget/judge.ts',
          find: 'balance.tokens + balance.held < tokens',
          replace: 'balance.tokens < tokens',
        },
      ],
    },
    {
      name: 'a settlement counts twice',
      changes: [
        {
          file: 'edge/adapters/budget/budget-book.ts',
          find: `if (reservation && reservation.state !== 'settled') conclude(reservation, tokens, 'settled')`,
          replace: `if (reservation) conclude(reservation, 0, 'settled'), conclude(reservation, 0, 'settled')`,
        },
      ],
    },
    {
      name: 'a call that a kill cut is forgotten',
      changes: [
        {
          file: 'party/room/spending.ts',
          find: `if (cut !== undefined) sql.exec('delete from reservations where call_id = ?', cut)`,
          replace: '',
        },
      ],
    },
    {
      name: 'messages are not counted',
      changes: [
        {
          file: 'edge/core/budget/judge.ts',
          find: 'if (messages !== null && balance.messages >= messages) return false',
          replace: '',
        },
      ],
    },
  ],
}

interface Round {
  readonly asked: number
  readonly overrun: number
  readonly wrong: readonly string[]
}

async function spend(world: DoorsWorld, limit: Budget, requests: number, kills: number): Promise<Round> {
  const { model, edge } = world
  const deploymentId = await deploy(world, limit)
  model.forget()
  let asked = 0
  const visit = async (secret?: string): Promise<void> => {
    const said = await askMuch(world, deploymentId, secret)
    asked += said
  }
  for (let kill = 0; kill < kills; kill += 1) {
    model.hold(true)
    await eachInLanes(numbers(LANES), LANES, () => visit())
    await underWay(world)
    await edge.killWorker()
    model.hold(false)
    // whoever was cut comes back, and the rooms wake
    await eachInLanes(secrets.splice(0), LANES, (secret) => visit(secret))
  }
  const left = Math.max(1, Math.ceil((requests - asked) / MESSAGES_A_VISITOR))
  await eachInLanes(numbers(left), LANES, () => visit())
  secrets.splice(0)
  await settled(world)
  const { calls, tokens, dearest } = model.bill
  const over = limit.messages === null ? (tokens - (limit.tokens ?? 0)) / dearest : calls - limit.messages
  const used = limit.messages === null ? tokens / (limit.tokens ?? 1) : calls / limit.messages
  const told = `${calls} calls, ${tokens} tokens against ${JSON.stringify(limit)}`
  const wrong = Array.from({ length: Math.max(0, Math.ceil(over) - 1) }, () => `spent beyond the budget: ${told}`)
  // a door that lets nobody in keeps every budget
  return { asked, overrun: Math.max(0, Math.ceil(over)), wrong: used < 0.3 ? [...wrong, `not used: ${told}`] : wrong }
}

const numbers = (length: number): number[] => Array.from({ length }, (_, number) => number)

/** Of visitors who may come back. */
const secrets: string[] = []

async function deploy({ admin }: DoorsWorld, limit: Budget): Promise<string> {
  const made = await admin('POST', '/deployments', {
    celebrityId: CAST.remy.celebrityId,
    type: 'EMBEDDED_WIDGET',
    name: 'A budget',
    greeting: 'Hello.',
  })
  const { id } = Object(made.body['deployment'])
  const allowed = await admin('POST', `/deployments/${id}/allowed-domains`, { origin: ORIGIN })
  const planned = await admin('PUT', `/deployments/${id}/budgets`, { rules: [{ of: 'holder', per: 'ever', ...limit }] })
  if (made.status !== 201 || allowed.status !== 201 || planned.status !== 200)
    throw new Error(`No budget could be set: ${made.status}, ${allowed.status}, ${planned.status}.`)
  return String(id)
}

/** One visitor says all that a conversation takes at once. Answers how much that was; nothing, when the Worker is down. */
async function askMuch(
  { ask }: DoorsWorld,
  deploymentId: string,
  visitorSecret = randomBytes(32).toString('base64url'),
): Promise<number> {
  const origins = [ORIGIN]
  const json = ['Content-Type', 'application/json'] as const
  const minted = await ask({
    method: 'POST',
    path: '/v1/sessions',
    origins,
    headers: [json],
    body: JSON.stringify({ deploymentId, visitorSecret, conversation: 0 }),
  })
  if (minted.status !== 201) throw new Error(`No session: ${minted.status} ${minted.body}`)
  secrets.push(visitorSecret)
  const { token, conversationId } = JSON.parse(minted.body)
  const frames = Array.from({ length: MESSAGES_A_VISITOR }, () => ({
    type: 'message-send',
    messageId: randomUUID(),
    text: 'How do you save a penalty?',
  }))
  const said = await ask({
    method: 'POST',
    path: `/v1/conversations/${conversationId}/frames`,
    origins,
    headers: [json, ['Authorization', `Bearer ${token}`]],
    body: JSON.stringify({ frames }),
  })
  if (said.status !== 200) throw new Error(`Nothing could be said: ${said.status} ${said.body}`)
  return MESSAGES_A_VISITOR
}

/** So many calls are cut by a kill, at least. */
const CUT_CALLS = 4
const LOOK_MS = 100
const STILL_MS = 1_000
const PATIENCE_MS = 30_000

/** Until calls are under way; a build that lets none begin is found by what it does not spend. */
async function underWay({ model }: DoorsWorld): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until && model.bill.open < CUT_CALLS) await pause(LOOK_MS)
}

/** Until no call is under way and none has begun for a while. */
async function settled({ model }: DoorsWorld): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  let calls = -1
  while (Date.now() < until && (calls !== model.bill.calls || model.bill.open > 0)) {
    calls = model.bill.calls
    await pause(STILL_MS)
  }
}
