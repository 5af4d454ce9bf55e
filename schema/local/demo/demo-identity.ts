/**
 * DEMO ONLY: the key with which the demo's club signs who is logged in. Its private half stands here for everybody to
 * read, so it proves nothing about anybody; a real one never leaves the server of the page's owner.
 */

/** ES256 (P-256), both halves. */
export const DEMO_IDENTITY_PRIVATE_KEY = {
  kty: 'EC',
  crv: 'P-256',
  x: 'o-hSjRDIguuWRScTuMeoLWxsTOtZrTINCpsY6qFVDWg',
  y: 'twPsFjeFAi2xzgb6tXMk-D-YN5y3y87vxbAQJ2Z55o4',
  d: 'PLfSIt-uW6WWWc3RQiK5gTQcUSBmQbMb8FDJUjiZxE8',
  kid: 'demo-only-known-to-everybody',
} as const

/** What the deployment is given of it. */
export const DEMO_IDENTITY_PUBLIC_KEY = {
  kty: DEMO_IDENTITY_PRIVATE_KEY.kty,
  crv: DEMO_IDENTITY_PRIVATE_KEY.crv,
  x: DEMO_IDENTITY_PRIVATE_KEY.x,
  y: DEMO_IDENTITY_PRIVATE_KEY.y,
} as const

/** Its thumbprint (RFC 7638). */
export const DEMO_IDENTITY_FINGERPRINT = 'R_rKMrRztZspOz5kT-qWwGGY6eVAeAjzBJ_dDyTVuws'
