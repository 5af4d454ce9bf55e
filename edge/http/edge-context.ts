/**
 * What every route is given beside its ports: whose host the request came to, decided before any route ran, and the name
 * under which the log knows it.
 */
import type { Site } from '../core/site.ts'

export interface EdgeContext {
  Bindings: { readonly site: Site; readonly requestId: string }
}
