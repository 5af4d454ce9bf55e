/** Tells addresses apart without keeping one: HMAC-SHA-256 under a key of ours, cut to 16 bytes. */
import type { AddressDigest } from '../core/ports.ts'

export function hmacAddressDigest(keyBytes: Uint8Array<ArrayBuffer>): AddressDigest {
  let key: Promise<CryptoKey> | undefined // imported at the first use: workerd allows no crypto while the module loads
  return {
    async of(address) {
      key ??= crypto.subtle.importKey('raw', keyBytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
      const text = new TextEncoder().encode(`address:${networkOf(address)}`)
      const mac = await crypto.subtle.sign('HMAC', await key, text)
      return btoa(String.fromCharCode(...new Uint8Array(mac, 0, 16)))
    },
  }
}

/** An IPv6 visitor has a network of 64 bits to choose addresses from. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':')
    while (groups.length + after.length < 8) groups.push('0')
    groups.push(...after)
  }
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
