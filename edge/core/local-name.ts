/** Names that lead back to the machine itself (RFC 6761): usable while developing, meaningless anywhere else. */
export function isLocalName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost')
}
