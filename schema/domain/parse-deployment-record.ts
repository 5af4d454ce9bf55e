/** Reads a deployment record field by field: from the database or a cache, it is checked and never cast. */
import type { Consent, Proactive, Theme } from '../wire/embed.ts'
import type { DeploymentRecord } from './deployment-record.ts'
import { CAMPAIGN_STATUSES, DEPLOYMENT_STATUSES, DEPLOYMENT_TYPES, ENTITY_STATUSES, STEP_UPS } from './enums.ts'
import { isContextKey } from './context-key.ts'
import { isHostname } from './hostname.ts'
import { parseId } from './id.ts'
import { originEntryKind } from './origin-entry.ts'
import { CORNERS, DENSITIES, LAUNCHERS, POSITIONS, SCHEMES } from './looks.ts'

/** The record, or undefined when anything about it is not as it must be. */
export function parseDeploymentRecord(value: unknown): DeploymentRecord | undefined {
  if (!isObject(value)) return undefined
  const id = parseId<'deployment'>(value['id'])
  const tenantId = parseId<'tenant'>(value['tenantId'])
  const type = oneOf(DEPLOYMENT_TYPES, value['type'])
  const status = oneOf(DEPLOYMENT_STATUSES, value['status'])
  const epoch = value['epoch']
  const stepUp = oneOf(STEP_UPS, value['stepUp'])
  const celebrity = parseCelebrity(value['celebrity'])
  const contracts = listOf(value['contracts'], parseTerm)
  const campaign = value['campaign'] === null ? null : parseCampaign(value['campaign'])
  const allowedOrigins = listOf(value['allowedOrigins'], parseOriginEntry)
  const hosts = listOf(value['hosts'], parseText)
  const theme = parseTheme(value['theme'])
  const greeting = parseText(value['greeting'])
  const suggestions = listOf(value['suggestions'], parseText)
  const proactive = parseNullable(value['proactive'], parseProactive)
  const consent = parseNullable(value['consent'], parseConsent)
  const imageHosts = listOf(value['imageHosts'], parseImageHost)
  const contextKeys = listOf(value['contextKeys'], parseContextKey)
  const page = value['page'] === null ? null : parsePage(value['page'])
  if (!id || !tenantId || !type || !status || !stepUp || !celebrity || !contracts || campaign === undefined)
    return undefined
  if (typeof epoch !== 'number' || !Number.isInteger(epoch) || epoch < 0) return undefined
  if (!allowedOrigins || !hosts || !theme || greeting === undefined || !suggestions || page === undefined)
    return undefined
  if (proactive === undefined || consent === undefined || !imageHosts || !contextKeys) return undefined
  return {
    id,
    type,
    status,
    epoch,
    stepUp,
    tenantId,
    celebrity,
    contracts,
    campaign,
    allowedOrigins,
    hosts,
    theme,
    greeting,
    suggestions,
    proactive,
    consent,
    imageHosts,
    contextKeys,
    page,
  }
}

function parseCelebrity(value: unknown): DeploymentRecord['celebrity'] | undefined {
  if (!isObject(value)) return undefined
  const id = parseId<'celebrity'>(value['id'])
  const slug = parseText(value['slug'])
  const name = parseText(value['name'])
  const tagline = parseText(value['tagline'])
  const portrait = parseNullable(value['portrait'], parseText)
  const status = oneOf(ENTITY_STATUSES, value['status'])
  if (!id || !slug || !name || tagline === undefined || portrait === undefined || !status) return undefined
  return { id, slug, name, tagline, portrait, status }
}

function parseTerm(value: unknown): DeploymentRecord['contracts'][number] | undefined {
  if (!isObject(value)) return undefined
  const startsAt = parseMoment(value['startsAt'])
  const endsAt = parseNullable(value['endsAt'], parseMoment)
  return startsAt === undefined || endsAt === undefined ? undefined : { startsAt, endsAt }
}

function parseCampaign(value: unknown): NonNullable<DeploymentRecord['campaign']> | undefined {
  const term = parseTerm(value)
  if (!isObject(value) || !isObject(value['brand']) || !term) return undefined
  const id = parseId<'campaign'>(value['id'])
  const slug = parseText(value['slug'])
  const name = parseText(value['name'])
  const status = oneOf(CAMPAIGN_STATUSES, value['status'])
  const approved = value['approved']
  const timeZone = parseText(value['timeZone'])
  const brandId = parseId<'brand'>(value['brand']['id'])
  const brandName = parseText(value['brand']['name'])
  if (!id || !slug || !name || !status || typeof approved !== 'boolean' || !timeZone || !brandId || !brandName)
    return undefined
  return { id, slug, name, status, approved, ...term, timeZone, brand: { id: brandId, name: brandName } }
}

function parseTheme(value: unknown): Theme | undefined {
  if (!isObject(value)) return undefined
  const accent = parseText(value['accent'])
  const scheme = oneOf(SCHEMES, value['scheme'])
  const corner = oneOf(CORNERS, value['corner'])
  const density = oneOf(DENSITIES, value['density'])
  const position = oneOf(POSITIONS, value['position'])
  const launcher = value['launcher'] === undefined ? undefined : oneOf(LAUNCHERS, value['launcher'])
  const launcherLabel = value['launcherLabel']
  if (!accent || !/^#[0-9a-f]{6}$/i.test(accent) || !scheme || !corner || !density || !position) return undefined
  if (value['launcher'] !== undefined && launcher === undefined) return undefined
  const theme = { accent, scheme, corner, density, position, ...(launcher === undefined ? {} : { launcher }) }
  if (launcherLabel === undefined) return theme
  return typeof launcherLabel === 'string' ? { ...theme, launcherLabel } : undefined
}

function parseProactive(value: unknown): Proactive | undefined {
  if (!isObject(value)) return undefined
  const text = parseText(value['text'])
  const delaySeconds = value['delaySeconds']
  if (!text || typeof delaySeconds !== 'number' || !Number.isInteger(delaySeconds) || delaySeconds < 0) return undefined
  return { text, delaySeconds }
}

/** Half a consent would be none: the whole record is refused, and with it the deployment. */
function parseConsent(value: unknown): Consent | undefined {
  if (!isObject(value)) return undefined
  const version = parseText(value['version'])
  const text = parseText(value['text'])
  const privacyUrl = parseNullable(value['privacyUrl'], parseHttpsUrl)
  const termsUrl = parseNullable(value['termsUrl'], parseHttpsUrl)
  if (!version || !text || privacyUrl === undefined || termsUrl === undefined) return undefined
  return { version, text, privacyUrl, termsUrl }
}

/** Stands in a Content-Security-Policy too. One that could not be compared closes the deployment. */
function parseOriginEntry(value: unknown): string | undefined {
  return typeof value === 'string' && originEntryKind(value) !== undefined ? value : undefined
}

/** Stands in a Content-Security-Policy. */
function parseImageHost(value: unknown): string | undefined {
  return typeof value === 'string' && isHostname(value) ? value : undefined
}

function parseContextKey(value: unknown): string | undefined {
  return typeof value === 'string' && isContextKey(value) ? value : undefined
}

function parseHttpsUrl(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith('https://') ? value : undefined
}

function parsePage(value: unknown): NonNullable<DeploymentRecord['page']> | undefined {
  if (!isObject(value)) return undefined
  const title = parseText(value['title'])
  const intro = parseText(value['intro'])
  return title === undefined || intro === undefined ? undefined : { title, intro }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function parseMoment(value: unknown): string | undefined {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined
}

function parseNullable<T>(value: unknown, parse: (value: unknown) => T | undefined): T | null | undefined {
  return value === null ? null : parse(value)
}

function oneOf<T extends string>(words: readonly T[], value: unknown): T | undefined {
  return words.find((word) => word === value)
}

/** All or nothing: a list with one bad member is no list. */
function listOf<T>(value: unknown, parse: (member: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined
  const members: T[] = []
  for (const member of value) {
    const parsed = parse(member)
    if (parsed === undefined) return undefined
    members.push(parsed)
  }
  return members
}
