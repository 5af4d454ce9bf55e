/**
 * Who is signed in on a members' page, as an owner's own server would know it: a cookie says who, and a short proof,
 * signed here and nowhere else, says so to the twin. DEMO ONLY: nobody is asked for a password, and the key is public.
 *
 * `GET /session` tells who it is, `POST` signs a member in, `DELETE` signs out; `POST /session/proof` answers with the JWT.
 */
import { importJWK, SignJWT } from 'jose'
import { DEMO_IDENTITY_PRIVATE_KEY } from '../../schema/local/demo/demo-identity.ts'
import { memberOf, type Member } from './members.ts'

export interface MembersRequest {
  readonly method: string
  readonly path: string
  /** Own origin of the site that is asked. */
  readonly site: string
  readonly origin: string | undefined
  readonly cookie: string | undefined
  /** Of a POST; undefined when it was too large. */
  readonly body: string | undefined
}

export interface MembersAnswer {
  readonly status: number
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

const SESSION = '/session'
const PROOF = '/session/proof'
const COOKIE = 'member'
const COOKIE_RULES = 'Path=/; HttpOnly; SameSite=Strict'
/** A page asks for a new one whenever a session begins. */
const PROOF_SECONDS = 300

/** Is this one of its paths? */
export function isMembersPath(path: string): boolean {
  return path === SESSION || path === PROOF
}

/** `now` in milliseconds. */
export async function answerMembers(request: MembersRequest, now: number): Promise<MembersAnswer> {
  const { method, path } = request
  const allowed = path === SESSION ? ['GET', 'POST', 'DELETE'] : ['POST']
  if (!allowed.includes(method)) return { status: 405, headers: { allow: allowed.join(', ') } }
  const member = memberOf(cookieOf(request.cookie))
  if (method === 'GET') return { status: 200, body: { member: member ? shown(member) : null } }
  // Only the site's own pages change anything here, or learn a proof.
  if (request.origin !== request.site) return { status: 403, body: { title: 'Only this site may ask for that.' } }
  if (method === 'DELETE') return { status: 204, headers: { 'set-cookie': `${COOKIE}=; Max-Age=0; ${COOKIE_RULES}` } }
  if (path === PROOF) {
    if (!member) return { status: 401, body: { title: 'Nobody is signed in.' } }
    return { status: 200, body: { proof: await proofOf(member, now) } }
  }
  const wanted = memberOf(askedFor(request.body))
  if (!wanted) return { status: 400, body: { title: 'The club has no member of that name.' } }
  const cookie = `${COOKIE}=${wanted.id}; ${COOKIE_RULES}`
  return { status: 200, body: { member: shown(wanted) }, headers: { 'set-cookie': cookie } }
}

async function proofOf({ id }: Member, now: number): Promise<string> {
  const { kid, ...jwk } = DEMO_IDENTITY_PRIVATE_KEY
  const seconds = Math.floor(now / 1_000)
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid })
    .setSubject(id)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + PROOF_SECONDS)
    .sign(await importJWK(jwk, 'ES256'))
}

function shown({ id, name, plan, week }: Member): Member {
  return { id, name, plan, week }
}

function cookieOf(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='))
  return pairs.find(([name]) => name === COOKIE)?.[1]
}

function askedFor(body: string | undefined): unknown {
  try {
    const value: unknown = JSON.parse(body ?? '')
    return typeof value === 'object' && value !== null ? Reflect.get(value, 'member') : undefined
  } catch {
    return undefined
  }
}
