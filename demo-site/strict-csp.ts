/**
 * The whole Content-Security-Policy a page needs to carry the twin, beginning from nothing. The strict demo site sends
 * exactly these lines and the README quotes them: they are written down here and nowhere else.
 */

/**
 * The policy's directives, one a line, for the origin the twin is served from.
 * @param cdnUrl - Origin of the script tag, such as `https://cdn.example`.
 */
export function strictCsp(cdnUrl: string): readonly string[] {
  const cdn = new URL(cdnUrl).origin
  const socket = cdn.replace(/^http/, 'ws') // CSP's 'self' and https: sources do not cover sockets in every browser
  return [
    `default-src 'none'`,
    `script-src ${cdn}`,
    `connect-src ${cdn} ${socket}`,
    `img-src ${cdn} data:`, // the portrait comes inside the look
    `style-src 'self'`, // the page's own sheet; the twin uses constructed sheets, which need no permission
    `trusted-types lit-html`,
    `require-trusted-types-for 'script'`,
  ]
}
