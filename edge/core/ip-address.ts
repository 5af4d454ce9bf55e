/** Hosts that are numbers, as the URL parser writes them: it has turned every form of an IPv4 address into four by then. */

export function isIpAddress(hostname: string): boolean {
  return /(?:^|\.)\d+$/.test(hostname) || hostname.startsWith('[')
}

/** 127.0.0.0/8, and the one of IPv6. */
export function isLoopbackAddress(hostname: string): boolean {
  return /^127(?:\.\d+){3}$/.test(hostname) || hostname === '[::1]'
}
