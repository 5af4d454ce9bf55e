/** Opens the admin route to one key, of which only the SHA-256 is configured. Digests are compared in constant time. */
import type { AdminGate } from '../core/admin/ports.ts'

export function sha256AdminGate(expected: Uint8Array<ArrayBuffer>): AdminGate {
  return {
    async opensTo(key) {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))
      return digest.byteLength === expected.byteLength && crypto.subtle.timingSafeEqual(digest, expected)
    },
  }
}
