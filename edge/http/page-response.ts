/** A server-rendered page with the policy it must live under. */
import type { Locale } from '../../schema/wire/locales.ts'

interface PageResponse {
  readonly html: string
  readonly nonce: string
  readonly status: 200 | 404 | 410
  readonly language: Locale
  /** Hosts that pictures in replies may come from; each was checked when it was written and when it was read. */
  readonly imageHosts?: readonly string[]
  /** A small script of ours stands in the page itself, under the nonce, in place of the twin's. */
  readonly ownScript?: boolean
  /** Sources that may frame the page; none: nobody may. Checked as the hosts are. */
  readonly framedBy?: readonly string[]
  /** Where the page stands, for the socket's own origin in `connect-src`. */
  readonly url: URL
}

export function pageResponse({
  html,
  nonce,
  status,
  language,
  imageHosts = [],
  ownScript = false,
  framedBy = [],
  url,
}: PageResponse): Response {
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      // The nonce is this response's alone; and so no page outlives the moment in which its campaign begins or ends.
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy({ nonce, imageHosts, ownScript, framedBy, url }),
      'content-language': language,
      // The words are in the reader's language.
      vary: 'Accept-Language',
      'x-content-type-options': 'nosniff',
      // It knows no list, and where it stands some browsers would let nobody in.
      ...(framedBy.length === 0 ? { 'x-frame-options': 'DENY' } : {}),
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    },
  })
}

/** Fresh for every response; base64 of 128 random bits. */
export function newNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
}

function contentSecurityPolicy({
  nonce,
  imageHosts,
  ownScript,
  framedBy,
  url,
}: Required<Pick<PageResponse, 'nonce' | 'imageHosts' | 'ownScript' | 'framedBy' | 'url'>>): string {
  // 'self' covers the socket in some browsers only, so it is named.
  const socket = `${url.protocol === 'https:' ? 'wss' : 'ws'}://${url.host}`
  return [
    "default-src 'none'",
    ownScript ? `script-src 'nonce-${nonce}'` : "script-src 'self'",
    `style-src 'nonce-${nonce}'`,
    ["img-src 'self' data:", ...imageHosts.map((host) => `https://${host}`)].join(' '),
    `connect-src 'self' ${socket}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${framedBy.length === 0 ? "'none'" : framedBy.join(' ')}`,
    'trusted-types lit-html',
    "require-trusted-types-for 'script'",
  ].join('; ')
}
