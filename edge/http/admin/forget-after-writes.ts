/** Has the doors forget what they remember after each write, also after one that failed halfway: part of it may stand. */
import { createMiddleware } from 'hono/factory'
import type { EdgeContext } from '../edge-context.ts'

export function forgetAfterWrites(forget: () => void) {
  return createMiddleware<EdgeContext>(async (c, next) => {
    try {
      await next()
    } finally {
      if (c.req.method !== 'GET' && c.req.method !== 'HEAD') forget()
    }
  })
}
