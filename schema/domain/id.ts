/** Ids are UUIDs (RFC 9562); the brand keeps a deployment's from being passed where a tenant's is due. */

import { hexOf } from './hex-of.ts'

export type IdKind =
  | 'tenant'
  | 'user'
  | 'membership'
  | 'celebrity'
  | 'contract'
  | 'brand'
  | 'campaign'
  | 'deployment'
  | 'domain'
  | 'lease'
  | 'visitor'
  | 'conversation'
  | 'message'
  | 'turn'
  | 'call'
  | 'source'
  | 'passage'
  | 'flag'
  | 'event'
  | 'key'

declare const kind: unique symbol
export type Id<K extends IdKind> = string & { readonly [kind]: K }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A fresh random id (UUIDv4). Call it inside a handler only: workerd refuses randomness at module top level. */
export function newId<K extends IdKind>(): Id<K> {
  return crypto.randomUUID() as Id<K>
}

/** An id from outside, or undefined when it is not one: canonical lower-case form only. */
export function parseId<K extends IdKind>(text: unknown): Id<K> | undefined {
  return typeof text === 'string' && UUID.test(text) ? (text as Id<K>) : undefined
}

/** A UUID of our own making (version 8, RFC 9562 section 5.8) from the first 16 of at least 16 bytes, such as a MAC. */
export function idFromBytes<K extends IdKind>(bytes: Uint8Array): Id<K> {
  const octets = bytes.slice(0, 16)
  octets[6] = ((octets[6] ?? 0) & 0x0f) | 0x80
  octets[8] = ((octets[8] ?? 0) & 0x3f) | 0x80
  const hex = hexOf(octets)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-') as Id<K>
}
