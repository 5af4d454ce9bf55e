/** The bootstrap: what a page sends and gets when a person first opens the twin. */

/** Body of `POST /v1/sessions`; the Origin header is the third party to it. */
export interface SessionRequest {
  readonly deploymentId: string
  /** 256 random bits, base64url without padding, made at the visitor's first act. The server keeps only a keyed hash. */
  readonly visitorSecret: string
  /** Which of the visitor's conversations, from 0. A new number is a new conversation. */
  readonly conversation: number
  /** Signed by the page's owner: who is signed in there. The visitor is then that person, on every device. */
  readonly identity?: string
  /** Version of the consent that was given; required where the deployment asks for one. */
  readonly consent?: string
  /**
   * What a {@link SessionChallenge} asked for: `work <token>.<number>`, where the SHA-256 of `<last 43 characters of the
   * token>.<number>` begins with so many zero bits; or `turnstile <token>`.
   */
  readonly proof?: string
}

/** Under attack: prove that somebody spends a moment on this session. */
export interface SessionChallenge {
  readonly token: string
  /** Zero bits. */
  readonly bits: number
  /** A site key of Cloudflare's Turnstile, whose token does as well (action `twin-session`). */
  readonly turnstile?: string
}

export interface SessionAnswer {
  /** A JWS, for `Authorization: Bearer` on the lines over HTTP, as often as they need it. */
  readonly token: string
  /**
   * To be offered as a subprotocol: it opens one socket, within 30 seconds. Whoever comes in by it is sent the
   * next one first of all, as a text of its own that is no frame and begins with `twin.session.`; that one is good for as
   * long as the session.
   */
  readonly ticket: string
  /** ISO 8601; at most ten minutes away. */
  readonly expiresAt: string
  readonly conversationId: string
  readonly visitorId: string
}
