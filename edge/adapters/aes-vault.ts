/** Seals with AES-256-GCM under a key derived from ours, so that a copy of the database alone opens nothing. */
import type { KeyVault } from '../core/ports.ts'

const IV_BYTES = 12
const VERSION = 'v1.'

export function aesVault(rootKey: Uint8Array<ArrayBuffer>): KeyVault {
  // Derived at the first use: workerd allows no crypto while the module loads.
  let derived: Promise<CryptoKey> | undefined
  const key = (): Promise<CryptoKey> => (derived ??= deriveKey(rootKey))
  return {
    async seal(text, purpose) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const sealed = await crypto.subtle.encrypt(parameters(iv, purpose), await key(), encode(text))
      return `${VERSION}${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`
    },
    async open(sealed, purpose) {
      const [iv, content] = sealed.startsWith(VERSION) ? sealed.slice(VERSION.length).split('.') : []
      if (iv === undefined || content === undefined) throw new Error('This was not sealed here.')
      const opened = await crypto.subtle.decrypt(parameters(fromBase64(iv), purpose), await key(), fromBase64(content))
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(opened)
    },
  }
}

async function deriveKey(rootKey: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey('raw', rootKey, 'HKDF', false, ['deriveKey'])
  const parts = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encode('twin key vault') }
  return crypto.subtle.deriveKey(parts, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** What it was kept for is part of the seal: a row moved to another deployment opens nowhere. */
function parameters(iv: Uint8Array<ArrayBuffer>, purpose: string) {
  return { name: 'AES-GCM', iv, additionalData: encode(purpose) }
}

function encode(text: string) {
  return new TextEncoder().encode(text)
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
