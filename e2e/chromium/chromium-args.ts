/**
 * Switches of every Chromium the tests start. The packaged browser's own list switches web security off, which would make
 * each test of CORS and CSP void, so it is never used.
 */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox', // as root, and in containers, the sandbox cannot start; only our own pages are opened
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP *.localhost 127.0.0.1', // the servers listen on IPv4 only
]
