/** What happened, for whoever it concerns: who did it, and what stood there before and after. */
import { Hono } from 'hono'
import type { EventStore } from '../../core/admin/ports.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { answerPage } from './answer.ts'

const TYPE = /^[A-Z][A-Z_]{1,60}$/

export function eventRoutes(events: EventStore): Hono<EdgeContext> {
  return new Hono<EdgeContext>().get('/events', (c) => {
    const type = c.req.query('type')
    if (type !== undefined && !TYPE.test(type)) {
      const message = 'must be the name of a kind of event, such as CONFIGURATION_CHANGE'
      return problem({ reason: 'request_invalid', errors: [{ field: 'type', message }] })
    }
    return answerPage(c.req.url, (page) => events.list(page, type))
  })
}
