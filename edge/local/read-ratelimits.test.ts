import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readRatelimits } from './read-ratelimits.ts'

const wranglerToml = readFileSync(new URL('../../wrangler.toml', import.meta.url), 'utf8')

it('reads the limits a local Worker has in common with production', () => {
  expect(readRatelimits(wranglerToml)).toEqual({
    FLOOD_SESSIONS: { namespace_id: '7101', simple: { limit: 300, period: 60 } },
    FLOOD_LINES: { namespace_id: '7102', simple: { limit: 240, period: 60 } },
    FLOOD_ADDRESS: { namespace_id: '7105', simple: { limit: 1200, period: 60 } },
    FLOOD_MESSAGES: { namespace_id: '7103', simple: { limit: 40, period: 60 } },
    STEP_UP_BUSY: { namespace_id: '7106', simple: { limit: 600, period: 60 } },
    STEP_UP_STORM: { namespace_id: '7107', simple: { limit: 3000, period: 60 } },
    FLOOD_DEPLOYMENT: { namespace_id: '7104', simple: { limit: 6000, period: 60 } },
  })
  expect(readRatelimits(wranglerToml.replaceAll('[[env.production.ratelimits]]', '[[ratelimits]]'))).toEqual(
    readRatelimits(wranglerToml),
  )
})

it('takes another number in place of them all, for those who measure', () => {
  const limits = Object.values(readRatelimits(wranglerToml, 9)).map(({ simple }) => simple.limit)
  expect(limits).toEqual([9, 9, 9, 9, 9, 9, 9])
})

it('refuses a limit it cannot read, rather than run without it', () => {
  expect(() => readRatelimits(wranglerToml.replace('limit = 240', 'limit = "240"'))).toThrow('cannot be read')
})
