/**
 * The composition root: the one file that knows all rooms. Each adapter gets its vendor here, each route and each room its
 * ports; nothing is decided.
 */
import { waitUntil } from 'cloudflare:workers'
import type { Hono } from 'hono'
import { errorFields, writeLog } from '../schema/domain/log-line.ts'
import { connectDatabase } from '../schema/db/database.ts'
import type { Database } from '../schema/db/database.ts'
import { aiSdkReplyModel } from '../party/adapters/ai-sdk-reply-model.ts'
import { builtinReplyModel } from '../party/adapters/builtin-reply-model.ts'
import { neonArchive } from '../party/adapters/neon-archive.ts'
import { neonTwinDirectory } from '../party/adapters/neon-twin-directory.ts'
import { openaiReplyModel } from '../party/adapters/openai-reply-model.ts'
import type { ReplyModel, RoomPorts } from '../party/core/ports.ts'
import { TwinRoomShell } from '../party/twin-room.ts'
import { DoorWatchShell } from './adapters/admin/door-watch.ts'
import { durableAdminWatch } from './adapters/admin/durable-admin-watch.ts'
import { durablePeopleLines } from './adapters/admin/durable-people-lines.ts'
import { neonAllowedDomains } from './adapters/admin/neon-allowed-domains.ts'
import { neonBrands } from './adapters/admin/neon-brands.ts'
import { neonBudgets } from './adapters/admin/neon-budgets.ts'
import { neonCampaigns } from './adapters/admin/neon-campaigns.ts'
import { neonCelebrities } from './adapters/admin/neon-celebrities.ts'
import { neonContracts } from './adapters/admin/neon-contracts.ts'
import { neonConversations } from './adapters/admin/neon-conversations.ts'
import { neonDeployments } from './adapters/admin/neon-deployments.ts'
import { neonDomains } from './adapters/admin/neon-domains.ts'
import { neonEvents } from './adapters/admin/neon-events.ts'
import { neonHostnameBook } from './adapters/admin/neon-hostname-book.ts'
import { neonIdentityKeyStore } from './adapters/admin/neon-identity-key-store.ts'
import { neonKeys } from './adapters/admin/neon-keys.ts'
import { neonKnowledge } from './adapters/admin/neon-knowledge.ts'
import { neonMemberships } from './adapters/admin/neon-memberships.ts'
import { neonSecurityReports } from './adapters/admin/neon-security-reports.ts'
import { neonUsers } from './adapters/admin/neon-users.ts'
import { neonReach } from './adapters/admin/neon-reach.ts'
import { partingStores } from './adapters/admin/parting-stores.ts'
import { PersonLinesShell } from './adapters/admin/person-lines.ts'
import { toldStores } from './adapters/admin/told-stores.ts'
import { aesVault } from './adapters/aes-vault.ts'
import { assetFiles } from './adapters/asset-files.ts'
import { assetManifest } from './adapters/asset-manifest.ts'
import { BudgetKeeperShell } from './adapters/budget/budget-keeper.ts'
import { durableBudgets } from './adapters/budget/durable-budgets.ts'
import { neonBudgetPlans } from './adapters/budget/neon-budget-plans.ts'
import { cachedDirectory } from './adapters/cached-directory.ts'
import { durableHubs } from './adapters/hub/durable-hubs.ts'
import { DeploymentHubShell } from './adapters/hub/deployment-hub.ts'
import type { HubPorts } from './adapters/hub/hub-work.ts'
import { stepUp } from './adapters/challenge/step-up.ts'
import { turnstileChallenge } from './adapters/challenge/turnstile-challenge.ts'
import { workChallenge } from './adapters/challenge/work-challenge.ts'
import { cloudflareHostnameEdge } from './adapters/cloudflare-hostname-edge.ts'
import { dohNameLookup } from './adapters/doh-name-lookup.ts'
import { durablePeopleDoor, durableRoomDoor } from './adapters/durable-room-door.ts'
import { hmacAddressDigest } from './adapters/hmac-address-digest.ts'
import { hmacIdentity } from './adapters/hmac-identity.ts'
import { joseProof } from './adapters/jose-proof.ts'
import { joseSigner } from './adapters/jose-signer.ts'
import { lookupBrake } from './adapters/lookup-brake.ts'
import { neonAdminGate } from './adapters/neon-admin-gate.ts'
import { neonDirectory } from './adapters/neon-directory.ts'
import { neonIdentityKeys } from './adapters/neon-identity-keys.ts'
import { ratelimitFloodGate } from './adapters/ratelimit-flood-gate.ts'
import { rememberedIdentityKeys } from './adapters/remembered-identity-keys.ts'
import { registrableDomain } from './core/registrable-domain.ts'
import { ConfigError, readConfig, readLimiters } from './config.ts'
import type { Config, Env } from './config.ts'
import { isLocalName } from './core/local-name.ts'
import type { HostnamePorts } from './core/hostnames/ports.ts'
import { sweepHostnames } from './core/hostnames/sweep-hostnames.ts'
import { guardedGate } from './core/admin/guarded-gate.ts'
import { adminRoutes } from './http/admin/admin-routes.ts'
import type { BudgetDesk, DeploymentHubs, PeopleLines } from './core/admin/ports.ts'
import type { BudgetPlans, FloodGate, KeyVault, PeopleDoor } from './core/ports.ts'
import { standingOf } from './core/standing-of.ts'
import type { EdgeContext } from './http/edge-context.ts'
import { frontDoor } from './http/front-door.ts'
import { problem } from './http/problem.ts'

/** What answers when nothing else is named; any model of the provider's may be. */
const DEFAULT_OPENAI_MODEL = 'gpt-4.1-mini'

const clock = (): number => Date.now()

/** The same for every room of an isolate, which remember nothing in them: a room that wakes pays for none of it again. */
let roomPorts: RoomPorts | undefined

/** The room of a conversation, with its ports. */
export class TwinRoom extends TwinRoomShell<Env> {
  protected override composePorts(): RoomPorts {
    return (roomPorts ??= composeRoom(this.env))
  }
}

/** Wrong keys at the admin door, by where they come from. */
export class DoorWatch extends DoorWatchShell<Env> {}

/** Where somebody of the celebrity's side has lines open. */
export class PersonLines extends PersonLinesShell<Env> {
  protected override tell(conversationId: string, personId: string): Promise<void> {
    return this.env.TwinRoom.getByName(conversationId).hearPersonGone(personId)
  }
}

/** Which rooms of a deployment have open lines, and how things stand there. */
export class DeploymentHub extends DeploymentHubShell<Env> {
  protected override composePorts(): HubPorts {
    const { databaseUrl: url, neonHttpEndpoint: httpEndpoint } = readConfig(this.env)
    const directory = neonDirectory(connectDatabase({ url, httpEndpoint })) // never what an isolate remembers
    const { TwinRoom: rooms, DeploymentHub: hubs } = this.env
    return {
      standing: async (deploymentId, now) => standingOf(await directory.findById(deploymentId), now),
      tell: (conversationId, standing) => rooms.getByName(conversationId).hearStanding(standing),
      send: (deploymentId) => hubs.getByName(deploymentId).look(deploymentId, [deploymentId], 0),
    }
  }

  protected override report(error: unknown): void {
    writeLog('error', 'hub_error', { hub: this.ctx.id.toString(), ...errorFields(error) })
  }
}

/** What is spent in a tenant's name, counted in one place. */
export class BudgetKeeper extends BudgetKeeperShell<Env> {
  protected override composePlans(): BudgetPlans {
    const { databaseUrl: url, neonHttpEndpoint: httpEndpoint } = readConfig(this.env)
    return neonBudgetPlans(connectDatabase({ url, httpEndpoint }))
  }
}

function composeRoom(env: Env): RoomPorts {
  const config = readConfig(env)
  const database = connectDatabase({ url: config.databaseUrl, httpEndpoint: config.neonHttpEndpoint })
  const fallbackModel = builtinReplyModel()
  return {
    model: composeModel(config) ?? fallbackModel,
    fallbackModel,
    directory: neonTwinDirectory(database),
    archive: neonArchive(database),
    floodGate: ratelimitFloodGate(readLimiters(env), hmacAddressDigest(config.identityKey)),
    hub: durableHubs(env.DeploymentHub),
    budgets: durableBudgets(env.BudgetKeeper),
  }
}

function composeModel({ openai, modelFirstTokenTimeoutMs, modelIdleTimeoutMs }: Config): ReplyModel | undefined {
  if (!openai) return undefined
  const speak = openai.wire === 'responses' ? aiSdkReplyModel : openaiReplyModel
  return speak({
    apiKey: openai.apiKey,
    baseUrl: openai.baseUrl,
    model: openai.model ?? DEFAULT_OPENAI_MODEL,
    firstTokenTimeoutMs: modelFirstTokenTimeoutMs,
    idleTimeoutMs: modelIdleTimeoutMs,
  })
}

interface Edge {
  answer(request: Request): Promise<Response>
  /** What is done by the clock. */
  runSchedule(): Promise<void>
}

/** Composed at the first request: workerd allows no work while the module loads. */
let edge: Edge | undefined

export default {
  async fetch(request, env) {
    try {
      edge ??= composeEdge(env)
      return await edge.answer(request)
    } catch (error) {
      const requestId = crypto.randomUUID()
      // The line is made for whoever set the variables; a visitor learns that we are at fault.
      const wrong = error instanceof ConfigError ? error.message : undefined
      writeLog('error', 'not_configured', { requestId, problem: wrong, ...errorFields(error) })
      return problem({ reason: 'internal_error' }, requestId)
    }
  },

  async scheduled(_event, env) {
    try {
      edge ??= composeEdge(env)
      await edge.runSchedule()
    } catch (error) {
      writeLog('error', 'schedule_failed', errorFields(error))
    }
  },
} satisfies ExportedHandler<Env>

function composeEdge(env: Env): Edge {
  const config = readConfig(env)
  const { publicUrl, development, neonHttpEndpoint: httpEndpoint } = config
  const database = connectDatabase({ url: config.databaseUrl, httpEndpoint })
  const addresses = hmacAddressDigest(config.identityKey)
  const limiters = readLimiters(env)
  const flood = ratelimitFloodGate(limiters, addresses)
  const directory = cachedDirectory(
    neonDirectory(database),
    clock,
    {},
    { open: () => caches.open('directory'), background: waitUntil },
    lookupBrake({ limiter: limiters.sessions, addresses, clock, background: waitUntil }),
  )
  const vault = aesVault(config.identityKey)
  const identityKeys = rememberedIdentityKeys(neonIdentityKeys(database, vault), clock)
  const connect = () => connectDatabase({ url: config.platformDatabaseUrl, httpEndpoint })
  const hostnames = composeHostnames(config, connect())
  const forget = () => {
    directory.clear()
    identityKeys.clear()
  }
  const answer = frontDoor({
    directory,
    signer: joseSigner({ current: config.sessionKey, previous: config.previousSessionKey }),
    identity: hmacIdentity(config.identityKey),
    proofs: joseProof(identityKeys),
    flood,
    addresses,
    challenges: stepUp({
      work: workChallenge(config.sessionKey, durableBudgets(env.BudgetKeeper)),
      turnstile: config.turnstile && turnstileChallenge(config.turnstile),
    }),
    rooms: durableRoomDoor(env.TwinRoom),
    files: assetFiles(env.ASSETS),
    scripts: assetManifest(env.ASSETS),
    clock,
    publicUrl,
    development,
    logLevel: config.logLevel,
    admin: composeAdmin(config, {
      flood,
      connect,
      vault,
      people: durablePeopleDoor(env.TwinRoom),
      hubs: durableHubs(env.DeploymentHub),
      lines: durablePeopleLines(env.PersonLines),
      budgetDesk: durableBudgets(env.BudgetKeeper),
      hostnames,
      watch: durableAdminWatch(env.DoorWatch, addresses),
      forget,
    }),
  })
  return {
    answer,
    async runSchedule() {
      const { changed, errors, edgeAway } = await sweepHostnames(hostnames, clock)
      if (changed) forget()
      for (const error of errors) writeLog('error', 'hostname_check_failed', errorFields(error))
      if (edgeAway !== undefined) writeLog('error', 'hostname_edge_away', { cause: edgeAway })
    },
  }
}

function composeHostnames(
  { cloudflare, dnsUrl, hostnameTarget, development }: Config,
  database: Database,
): HostnamePorts {
  return {
    book: neonHostnameBook(database),
    names: dohNameLookup({ url: dnsUrl }),
    edge: cloudflare && cloudflareHostnameEdge(cloudflare),
    target: hostnameTarget,
    isOwnMachine: (hostname) => development && isLocalName(hostname),
  }
}

interface AdminParts {
  readonly flood: FloodGate
  /** A handle of the platform's login; each actor signs their own. */
  readonly connect: () => Database
  readonly vault: KeyVault
  readonly people: PeopleDoor
  readonly hubs: DeploymentHubs
  readonly lines: PeopleLines
  readonly hostnames: HostnamePorts
  readonly budgetDesk: BudgetDesk
  readonly watch: ReturnType<typeof durableAdminWatch>
  forget(): void
}

function composeAdmin(
  { adminKeySha256, publicUrl, development, hostnameTarget }: Config,
  { flood, connect, vault, people, lines, hubs, watch, hostnames, budgetDesk, forget }: AdminParts,
): Hono<EdgeContext> {
  return adminRoutes({
    flood,
    gate: guardedGate({
      gate: neonAdminGate({ root: adminKeySha256, database: connect(), clock }),
      watch,
      reports: neonSecurityReports(connect(), (kind) => watch.mayTell(kind)),
    }),
    storesFor: (actor) => {
      const desk = Object.assign(connect(), { actor })
      const stores = {
        celebrities: neonCelebrities(desk),
        contracts: neonContracts(desk),
        brands: neonBrands(desk),
        campaigns: neonCampaigns(desk),
        deployments: neonDeployments(desk),
        identityKeys: neonIdentityKeyStore(desk, vault),
        allowedDomains: neonAllowedDomains(desk),
        domains: neonDomains(desk, hostnames),
        knowledge: neonKnowledge(desk),
        conversations: neonConversations(desk),
        users: neonUsers(desk),
        memberships: neonMemberships(desk),
        keys: neonKeys(desk, { environment: development ? 'test' : 'live', clock }),
        events: neonEvents(desk),
        budgets: neonBudgets(desk),
      }
      return partingStores(toldStores(stores, neonReach(desk), hubs), lines)
    },
    people,
    lines,
    budgetDesk,
    clock,
    forget,
    publicUrl,
    development,
    hostnames,
    hostnameRules: { ownHosts: [publicUrl.hostname, hostnameTarget], development, registrableDomain },
  })
}
