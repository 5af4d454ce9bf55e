/** What the admin route needs kept: one store a resource. A write and its platform event are one transaction. */
import type { BudgetHolder, BudgetPlan, BudgetUse } from '../../../schema/domain/budget.ts'
import type { Id, IdKind } from '../../../schema/domain/id.ts'
import type { Result } from '../../../schema/domain/result.ts'
import type { ApiKeyRecord } from '../../../schema/domain/api-key-record.ts'
import type { IdentityKey } from '../identity-key.ts'
import type { Refusal } from '../refusal.ts'
import type { Actor } from './actor.ts'
import type {
  BrandInput,
  BrandPatch,
  CampaignInput,
  CampaignPatch,
  CelebrityInput,
  CelebrityPatch,
  ContractInput,
  ContractPatch,
  DeploymentInput,
  DeploymentPatch,
  KnowledgeInput,
  KnowledgePatch,
} from './inputs.ts'
import type { KeyInput, MembershipInput, RotationInput, UserInput, UserPatch } from './people-inputs.ts'
import type { EventView, KeyView, MembershipView, NewKeyView, UserView } from './people-views.ts'
import type { BudgetInput } from '../budget-input.ts'
import type {
  AllowedDomainView,
  BrandView,
  CampaignView,
  CelebrityView,
  ContractView,
  ConversationView,
  DeploymentView,
  DomainView,
  IdentityKeyView,
  KnowledgeView,
  WrittenAllowedDomainView,
} from './views.ts'

/** Which page of a list: at most `limit` that come after the one with the id. */
export interface PageWish {
  readonly after: string | undefined
  readonly limit: number
}
export interface Page<T> {
  readonly items: readonly T[]
  /** Ask again with `after` set to this; null at the end. */
  readonly next: string | null
}
export type Written<T> = Promise<Result<T, Refusal>>

interface Reads<K extends IdKind, View> {
  find(id: Id<K>): Promise<View | undefined>
}
interface Changes<K extends IdKind, Patch, View> extends Reads<K, View> {
  update(id: Id<K>, patch: Patch): Written<View>
}
/** A resource that stands by itself. */
interface Root<K extends IdKind, Input, Patch, View> extends Changes<K, Patch, View> {
  create(input: Input): Written<View>
  list(page: PageWish): Promise<Page<View>>
}

export type CelebrityStore = Root<'celebrity', CelebrityInput, CelebrityPatch, CelebrityView>
export type BrandStore = Root<'brand', BrandInput, BrandPatch, BrandView>
export type CampaignStore = Root<'campaign', CampaignInput, CampaignPatch, CampaignView>
/** One a deployment; what was set is never read back. */
export interface IdentityKeyStore {
  set(deploymentId: Id<'deployment'>, key: IdentityKey): Written<IdentityKeyView>
  find(deploymentId: Id<'deployment'>): Promise<IdentityKeyView | undefined>
  remove(deploymentId: Id<'deployment'>): Written<IdentityKeyView>
}

export interface DeploymentStore extends Root<'deployment', DeploymentInput, DeploymentPatch, DeploymentView> {
  /** Raises the epoch: no session that was given before opens anything any more. */
  revokeSessions(id: Id<'deployment'>): Written<DeploymentView>
}

export interface ContractStore extends Changes<'contract', ContractPatch, ContractView> {
  create(celebrityId: Id<'celebrity'>, input: ContractInput): Written<ContractView>
  list(celebrityId: Id<'celebrity'>, page: PageWish): Promise<Page<ContractView>>
}
export interface KnowledgeStore extends Changes<'source', KnowledgePatch, KnowledgeView> {
  create(celebrityId: Id<'celebrity'>, input: KnowledgeInput): Written<KnowledgeView>
  list(celebrityId: Id<'celebrity'>, page: PageWish): Promise<Page<KnowledgeView>>
}
/** `conflict`: the deployment has the entry already, or as many as it may have. */
export interface AllowedDomainStore extends Changes<'domain', { readonly origin: string }, AllowedDomainView> {
  create(deploymentId: Id<'deployment'>, origin: string): Written<WrittenAllowedDomainView>
  list(deploymentId: Id<'deployment'>, page: PageWish): Promise<Page<AllowedDomainView>>
  remove(id: Id<'domain'>): Written<AllowedDomainView>
}
export interface DomainStore extends Reads<'domain', DomainView> {
  create(deploymentId: Id<'deployment'>, hostname: string): Written<DomainView>
  list(deploymentId: Id<'deployment'>, page: PageWish): Promise<Page<DomainView>>
  /** Its page is served no more; what stands at the edge is deleted by the schedule. */
  remove(id: Id<'domain'>): Written<DomainView>
}

export type UserStore = Root<'user', UserInput, UserPatch, UserView>
export interface MembershipStore extends Reads<'membership', MembershipView> {
  create(input: MembershipInput): Written<MembershipView>
  list(page: PageWish): Promise<Page<MembershipView>>
  remove(id: Id<'membership'>): Written<MembershipView>
}
export interface KeyStore extends Reads<'key', KeyView> {
  create(input: KeyInput): Written<NewKeyView>
  list(page: PageWish): Promise<Page<KeyView>>
  /** Makes a key in its place; the one before opens for so long beside it. */
  rotate(id: Id<'key'>, input: RotationInput): Written<NewKeyView>
  /** From the next request on it opens nothing. */
  revoke(id: Id<'key'>): Written<KeyView>
}
export interface EventStore {
  /** The newest first; of one kind, or of every. */
  list(page: PageWish, type: string | undefined): Promise<Page<EventView>>
}

/** One plan a celebrity, deployment or campaign. */
export interface BudgetStore {
  set(holder: BudgetHolder, holderId: string, input: BudgetInput): Written<OwnedPlan>
  /** Undefined: there is no such holder. Without a plan of its own it has an empty one. */
  find(holder: BudgetHolder, holderId: string): Promise<OwnedPlan | undefined>
  remove(holder: BudgetHolder, holderId: string): Written<OwnedPlan>
}
export interface OwnedPlan {
  readonly tenantId: Id<'tenant'>
  readonly plan: BudgetPlan
}

/** Who counts what is spent. */
export interface BudgetDesk {
  uses(owned: OwnedPlan): Promise<readonly BudgetUse[]>
  /** From here on the new plan is judged by. */
  planChanged(tenantId: Id<'tenant'>): Promise<void>
}

export interface AdminStores {
  readonly celebrities: CelebrityStore
  readonly contracts: ContractStore
  readonly brands: BrandStore
  readonly campaigns: CampaignStore
  readonly deployments: DeploymentStore
  readonly identityKeys: IdentityKeyStore
  readonly allowedDomains: AllowedDomainStore
  readonly domains: DomainStore
  readonly knowledge: KnowledgeStore
  readonly conversations: ConversationStore
  readonly users: UserStore
  readonly memberships: MembershipStore
  readonly keys: KeyStore
  readonly events: EventStore
  readonly budgets: BudgetStore
}

/** Where a page of conversations begins: below this one, by its last message. */
export interface ConversationPlace {
  readonly lastMessageAt: Date
  readonly id: Id<'conversation'>
}
/** What the archive knows of conversations; what was deleted is not among them. */
export interface ConversationStore {
  /** Undefined also for what the archive has not heard of yet. */
  find(id: Id<'conversation'>): Promise<Id<'conversation'> | undefined>
  /** Of a deployment, the newest activity first. */
  list(
    deploymentId: Id<'deployment'>,
    wish: { readonly before: ConversationPlace | undefined; readonly limit: number },
  ): Promise<readonly ConversationView[]>
}

/** Which deployments a change of something is felt at. */
export interface Reach {
  /** Another name, or another kind of brand, takes its campaigns' approvals back. */
  brands(id: Id<'brand'>): Promise<readonly Id<'deployment'>[]>
  celebrities(id: Id<'celebrity'>): Promise<readonly Id<'deployment'>[]>
  contracts(id: Id<'contract'>): Promise<readonly Id<'deployment'>[]>
  campaigns(id: Id<'campaign'>): Promise<readonly Id<'deployment'>[]>
  deployments(id: Id<'deployment'>): Promise<readonly Id<'deployment'>[]>
}

/** What reaches every line that is open at a deployment. Throws {@link StoreUnavailable} when nobody could be told. */
export interface DeploymentHubs {
  /** Something about these was changed, or will have been in so many milliseconds. */
  look(deploymentIds: readonly Id<'deployment'>[], inMs: number): Promise<void>
}

/** A key that opens nothing: why is for the platform's own record, and never for the answer. */
export interface WrongKey {
  readonly why: 'NONE_OF_OURS' | 'UNKNOWN' | 'REVOKED' | 'EXPIRED' | 'USER_DEACTIVATED'
  /** Of a key in the form of ours. */
  readonly prefix: string | null
  /** The key it once was. */
  readonly key: Pick<ApiKeyRecord, 'id' | 'tenantId'> | null
}
/** Who holds this key? Compared in constant time. Throws {@link StoreUnavailable} when it cannot know. */
export interface AdminGate {
  /** Under which name a key is counted: its prefix, the root key's own, or undefined of a key of another form. Asks nobody. */
  nameOf(key: string): Promise<string | undefined>
  open(key: string): Promise<Result<Actor, WrongKey>>
}

/** Counts wrong keys by where they come from. Throws {@link StoreUnavailable} when it cannot know. */
export interface AdminWatch {
  /** `wait`: seconds until a key from there is looked at, 0 for "now"; `hear`: it wants to be told of a good one. */
  look(
    address: string | undefined,
    name: string | undefined,
  ): Promise<{ readonly wait: number; readonly hear: boolean }>
  /** A wrong key more. `tell`: somebody should hear of it; `from`: a digest of where it came from. */
  miss(
    address: string | undefined,
    name: string | undefined,
    notable: boolean,
  ): Promise<{ readonly wait: number; readonly tell: boolean; readonly from: string }>
  /** A good key: forgiven what was mistyped of it, and known at that address from now on. */
  hit(address: string | undefined, name: string | undefined): Promise<void>
  /** A good key was refused a route: should somebody hear of it? */
  refused(keyId: Id<'key'>): Promise<boolean>
}

/** Writes down what whoever a key belongs to should know. */
export interface SecurityReports {
  wrongKey(wrong: WrongKey & { readonly from: string; readonly wait: number }): Promise<void>
  refusedRoute(actor: Actor, route: string): Promise<void>
}

/** Where people of the celebrity's side have lines open, so that a right that ends is felt there. */
export interface PeopleLines {
  /** Before a line opens; `until`: epoch milliseconds at which it ends by itself. */
  enter(personId: string, conversationId: Id<'conversation'>, until: number): Promise<void>
  /** Their lines end, now or in so many milliseconds. */
  gone(personId: string, inMs: number): Promise<void>
}
