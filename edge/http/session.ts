/**
 * Step 2: a visitor's right to talk, at one deployment, from one origin, in one conversation, for ten minutes.
 * Nothing is stored: the secret itself says which visitor it is, and the session says the rest.
 */
import { Hono } from 'hono'
import { admit } from '../core/admit.ts'
import { bitsFor } from '../core/challenge.ts'
import type {
  Challenges,
  Clock,
  FloodGate,
  IdentityProof,
  SessionSigner,
  TwinDirectory,
  VisitorIdentity,
} from '../core/ports.ts'
import { parseSessionRequest } from '../core/session-request.ts'
import { MAX_SESSION_SECONDS, SESSION_SUBPROTOCOL_PREFIX, TICKET_SECONDS } from '../../schema/wire/limits.ts'
import type { SessionAnswer } from '../../schema/wire/session.ts'
import type { EdgeContext } from './edge-context.ts'
import { problem } from './problem.ts'
import { readJson } from './read-json.ts'

interface SessionPorts {
  readonly directory: TwinDirectory
  readonly signer: SessionSigner
  readonly identity: VisitorIdentity
  readonly proofs: IdentityProof
  readonly flood: FloodGate
  readonly challenges: Challenges
  readonly clock: Clock
  readonly publicUrl: URL
}

const MAX_BODY_BYTES = 8 * 1024

export function sessionRoutes({
  directory,
  signer,
  identity,
  proofs,
  flood,
  challenges,
  clock,
  publicUrl,
}: SessionPorts): Hono<EdgeContext> {
  return new Hono<EdgeContext>().post('/v1/sessions', async (c) => {
    const body = await readJson(c.req.raw, MAX_BODY_BYTES)
    if (!body.ok) return problem(body.failure)
    const wish = parseSessionRequest(body.value)
    if (!wish.ok) return problem(wish.failure)
    const { deploymentId, visitorSecret, conversation, identity: claim, consent, proof } = wish.value

    const now = clock()
    const from = c.req.header('cf-connecting-ip') // Cloudflare writes it itself; a local run has none
    const record = await directory.findById(deploymentId, from)
    const admission = admit({ record, site: c.env.site, origin: c.req.header('origin'), now, publicUrl })
    if (!admission.ok) return problem(admission.failure)

    const { origin, record: deployment } = admission.value
    const retryAfterSeconds = await flood.session(deploymentId, from)
    if (retryAfterSeconds > 0) return problem({ reason: 'flooded', retryAfterSeconds })
    if (deployment.consent && consent !== deployment.consent.version) return problem({ reason: 'consent_required' })
    const person = claim === undefined ? undefined : await proofs.personOf(claim, deployment, now)
    // A proof that does not hold is never "nobody signed in": the page would show one person another's words.
    if (claim !== undefined && person === undefined) return problem({ reason: 'identity_invalid' })
    const visitorId = await (person === undefined
      ? identity.visitorId(deploymentId, visitorSecret)
      : identity.subjectId(deploymentId, person.subject))
    const { tenantId } = deployment
    const applicant = { tenantId, deploymentId, visitorId, origin }
    const bits = bitsFor(deployment, await flood.rush(deploymentId))
    if (bits > 0 && !(await challenges.accepts(proof, applicant, now)))
      return problem({ reason: 'challenge_required', challenge: await challenges.offer(applicant, bits, now) })
    const conversationId = await identity.conversationId(deploymentId, visitorId, conversation)
    const issuedAt = Math.floor(now / 1000)
    const expiresAt = issuedAt + MAX_SESSION_SECONDS
    const { epoch } = deployment
    const tier = person?.tier ?? 'FREE'
    const grant = { deploymentId, visitorId, origin, conversationId, expiresAt, epoch, tier }
    const token = await signer.sign(grant, issuedAt)
    const ticket = await signer.signTicket(grant, issuedAt, issuedAt + TICKET_SECONDS)
    const answer: SessionAnswer = {
      token,
      ticket: SESSION_SUBPROTOCOL_PREFIX + ticket,
      expiresAt: new Date(expiresAt * 1000).toISOString(),
      conversationId,
      visitorId,
    }
    return Response.json(answer, {
      status: 201,
      headers: {
        'access-control-allow-origin': origin,
        vary: 'Origin',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    })
  })
}
