/**
 * CORS preflights of the public API. A preflight names no deployment, so it cannot be judged and grants nothing: the
 * request itself is, and the answer carries the page's origin only when it is allowed. Were preflights refused, the page
 * could not read which origin to add.
 */
import { Hono } from 'hono'
import type { EdgeContext } from './edge-context.ts'
import { problem } from './problem.ts'

export function preflightRoutes(): Hono<EdgeContext> {
  return new Hono<EdgeContext>()
    .on('OPTIONS', ['/v1/embed', '/v1/embed/:deploymentId', '/v1/embed/:deploymentId/check'], (c) =>
      preflight(c.req.raw, 'GET'),
    )
    .on('OPTIONS', ['/v1/sessions'], (c) => preflight(c.req.raw, 'POST'))
    .on('OPTIONS', ['/v1/conversations/:conversation/stream'], (c) => preflight(c.req.raw, 'GET', LINE_HEADERS))
    .on('OPTIONS', ['/v1/conversations/:conversation/frames'], (c) => preflight(c.req.raw, 'POST', LINE_HEADERS))
    .on('OPTIONS', ['/v1/conversations/:conversation'], (c) => preflight(c.req.raw, 'DELETE', LINE_HEADERS))
}

/** The session stands in a header: a page must be allowed to send it. */
const LINE_HEADERS = 'authorization, content-type'

function preflight(request: Request, method: 'GET' | 'POST' | 'DELETE', headers = 'content-type'): Response {
  if (!request.headers.has('origin')) return problem({ reason: 'origin_missing' })
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': method,
      'access-control-allow-headers': headers,
      'access-control-max-age': '7200',
      vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    },
  })
}
