/** Derives visitors and conversations with HMAC-SHA-256: nobody else can make or guess one, and nothing is stored. */
import { hexOf } from '../../schema/domain/hex-of.ts'
import { idFromBytes } from '../../schema/domain/id.ts'
import type { VisitorIdentity } from '../core/ports.ts'

export function hmacIdentity(keyBytes: Uint8Array<ArrayBuffer>): VisitorIdentity {
  // Imported at the first use: workerd allows no crypto while the module loads.
  let key: Promise<CryptoKey> | undefined
  const mac = async (text: string): Promise<Uint8Array> => {
    key ??= crypto.subtle.importKey('raw', keyBytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    return new Uint8Array(await crypto.subtle.sign('HMAC', await key, new TextEncoder().encode(text)))
  }
  return {
    async visitorId(deploymentId, visitorSecret) {
      return idFromBytes(await mac(`visitor:${deploymentId}:${await sha256Hex(visitorSecret)}`))
    },
    async subjectId(deploymentId, subject) {
      // A secret is 43 letters without a colon, so no secret derives what a subject does.
      return idFromBytes(await mac(`visitor:${deploymentId}:${await sha256Hex(`user:${subject}`)}`))
    },
    async conversationId(deploymentId, visitorId, number) {
      return idFromBytes(await mac(`conversation:${deploymentId}:${visitorId}:${number}`))
    },
  }
}

async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return hexOf(new Uint8Array(digest))
}
