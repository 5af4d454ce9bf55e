/** Entries that no allow-list may hold: each is refused where it is written, with words that say what to write instead. */
import { CAST } from '../../../schema/local/cast.ts'
import type { DoorsSuite } from './doors-suite.ts'
import { eachInLanes } from './each-in-lanes.ts'
import { hostileEntries } from './hostile-entries.ts'

const LANES = 4
const TINY = 60

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
        {
          file: 'edge/core/admin/parse-allowed-origin.ts',
          find: "if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))",
          replace: "if (url.protocol !== 'https:' && url.protocol !== 'http:')",
        },
      ],
    },
  ],
}
