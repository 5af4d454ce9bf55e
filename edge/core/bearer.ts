/** The credential of an `Authorization: Bearer` header (RFC 6750), as sessions and the admin key are shown. Pure. */

/** Undefined: none, of another scheme, or in a form that none of ours has. */
export function bearer(header: string | undefined): string | undefined {
  return /^Bearer ([\x21-\x7e]{1,2048})$/i.exec(header ?? '')?.[1]
}
