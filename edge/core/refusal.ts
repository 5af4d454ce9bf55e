/**
 * Every "no" the edge can decide, each with what its answer needs. More reasons than codes: what strangers must not tell
 * apart still has names of its own here. `http/problem.ts` alone turns them into words.
 */
import type { Collision } from '../../schema/wire/problem.ts'
import type { RefusedOrigin } from './origin-advice.ts'

import type { SessionChallenge } from '../../schema/wire/session.ts'

export interface FieldError {
  /** Path of the field, such as `twinConfig.guardrails.bannedTopics[2]`; empty for the whole body. */
  readonly field: string
  readonly message: string
}

export type Refusal =
  // step 3, the doors
  | { readonly reason: 'deployment_unknown' }
  | { readonly reason: 'deployment_not_active' }
  | { readonly reason: 'deployment_elsewhere' } // live, but not served on this host
  | { readonly reason: 'celebrity_not_active' }
  | { readonly reason: 'contract_not_running' }
  | { readonly reason: 'campaign_missing' }
  | { readonly reason: 'campaign_not_approved' }
  | { readonly reason: 'campaign_not_started'; readonly startsAt: string }
  | { readonly reason: 'campaign_ended' }
  | { readonly reason: 'host_unknown' }
  | { readonly reason: 'origin_missing' }
  | ({ readonly reason: 'origin_not_allowed' } & RefusedOrigin)
  | { readonly reason: 'deployment_ambiguous'; readonly deployments: readonly string[] }
  // step 4, the socket
  | { readonly reason: 'upgrade_required' }
  | { readonly reason: 'subprotocol_missing' }
  | { readonly reason: 'session_missing' }
  | { readonly reason: 'session_invalid' }
  | { readonly reason: 'session_expired' }
  | { readonly reason: 'session_revoked' } // of an epoch that is over; a new one is given to whoever may have it
  | { readonly reason: 'session_elsewhere' } // genuine, but for another deployment, origin or conversation
  | { readonly reason: 'identity_invalid' }
  | { readonly reason: 'consent_required' }
  | { readonly reason: 'challenge_required'; readonly challenge: SessionChallenge }
  | { readonly reason: 'flooded'; readonly retryAfterSeconds: number } // more than this visitor, or this deployment, may
  // requests
  | { readonly reason: 'request_malformed'; readonly detail: string }
  | { readonly reason: 'request_invalid'; readonly errors: readonly FieldError[] }
  | { readonly reason: 'request_too_large'; readonly limitBytes: number }
  | { readonly reason: 'media_type_unsupported' }
  | { readonly reason: 'method_not_allowed'; readonly allow: string }
  | { readonly reason: 'not_found' }
  | { readonly reason: 'conflict'; readonly detail: string; readonly collisions?: readonly Collision[] }
  | { readonly reason: 'unauthorized' }
  | { readonly reason: 'forbidden'; readonly detail: string } // not for this key, whatever it asks for
  | { readonly reason: 'locked_out'; readonly retryAfterSeconds: number } // too many wrong keys came from there
  // ourselves
  | { readonly reason: 'service_unavailable' }
  | { readonly reason: 'internal_error' }
