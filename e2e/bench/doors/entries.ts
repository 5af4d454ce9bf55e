/** Entries that no allow-list may hold: each is refused where it is written, with words that say what to write instead. */
import { CAST } from '../../../schema/local/cast.ts'
import type { DoorsSuite } from './doors-suite.ts'
import { eachInLanes } from './each-in-lanes.ts'
import { hostileEntries } from './hostile-entries.ts'

const PARSER = 'edge/core/admin/parse-allowed-origin.ts'
const LANES = 4
const TINY = 240

export const entries: DoorsSuite = {
  name: 'entries',
  run: async (world, amount) => {
    const path = `/deployments/${CAST.deployments.remyPortal}/allowed-domains`
    await world.edge.sql(`delete from allowed_domains where deployment_id = '${CAST.deployments.remyPortal}'`)
    const all = hostileEntries(world.chance)
    const asked = amount === 'full' ? all : all.filter((_entry, at) => at % Math.ceil(all.length / TINY) === 0)
    const accepted: string[] = []
    const silent: string[] = []
    await eachInLanes(asked, LANES, async (entry) => {
      const { status, body } = await world.admin('POST', path, { origin: entry })
      if (status < 400) accepted.push(`${JSON.stringify(entry)} is accepted`)
      else if (status !== 422 || !JSON.stringify(body).includes('"field":"origin"'))
        silent.push(`${JSON.stringify(entry)} is refused without words: ${status}`)
    })
    return {
      figures: { hostile_entries: asked.length, accepted_entries: accepted.length },
      wrong: [...accepted, ...silent],
    }
  },
  plants: [
    {
      name: 'http is as good as https',
      changes: [
        { file: PARSER, find: "url.protocol !== 'https:' && !(url.protocol === 'http:' && local)", replace: 'false' },
      ],
    },
    {
      name: 'no public suffix is looked for',
      changes: [{ file: PARSER, find: 'registrableDomain(suffix) === undefined', replace: 'false' }],
    },
    {
      name: 'what lies above a public suffix is anybody’s to cover',
      changes: [{ file: PARSER, find: 'if (hasStrangersBelow(suffix))', replace: 'if (false)' }],
    },
    {
      name: 'of the public suffix list only its first section is asked',
      changes: [
        {
          file: 'edge/core/registrable-domain.ts',
          find: 'allowPrivateDomains: true',
          replace: 'allowPrivateDomains: false',
        },
      ],
    },
    {
      name: 'any letters of one’s own beside the wildcard are enough',
      changes: [
        {
          file: 'edge/core/preview-platforms.ts',
          find: 'return OWNED_AFTER_DOUBLE_HYPHEN.has(suffix)',
          replace: 'return true || OWNED_AFTER_DOUBLE_HYPHEN.has(suffix)',
        },
      ],
    },
    {
      name: 'what the URL parser mends is taken for what was written',
      changes: [{ file: PARSER, find: '.includes(entry.toLowerCase())', replace: '.includes(url.origin)' }],
    },
    {
      name: 'a user name is cut off without a word',
      changes: [
        { file: PARSER, find: "url.username !== '' || url.password !== ''", replace: 'false' },
        { file: PARSER, find: '.includes(entry.toLowerCase())', replace: '.includes(url.origin)' },
      ],
    },
  ],
}
