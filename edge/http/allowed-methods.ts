/** Which methods a path has routes for, so that a wrong one is told from a wrong path. */
import type { Hono } from 'hono'
import type { EdgeContext } from './edge-context.ts'

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']

/** In the order of an `Allow` header; empty: nothing is there. A gate for every method, as the admin's, is no route. */
export function allowedMethods(app: Hono<EdgeContext>, path: string): readonly string[] {
  const routed = METHODS.filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  )
  return routed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}
