/** What a refused campaign collides with, out of the database's own words. Read field by field, as anything from outside. */
import type { Collision } from '../../../schema/wire/problem.ts'

/** Empty when it may not be told, or cannot be read: then it is not told. */
export function readCollisions(detail: string): readonly Collision[] {
  try {
    const found: unknown = JSON.parse(detail)
    return Array.isArray(found) ? found.flatMap((one: unknown) => readCollision(one) ?? []) : []
  } catch {
    return []
  }
}

/** The refusal in words. */
export function wordsOfCollision([first, ...others]: readonly Collision[]): string {
  if (!first) return 'The celebrity is not available in this period.'
  const whose = first.brand === null ? '' : ` of ${first.brand}`
  const until = first.endsAt === null ? 'without an end' : `until ${first.endsAt}`
  const what =
    first.kind === 'campaign' ? `campaign “${first.name}”${whose}` : `contract’s exclusivity in ${first.name}${whose}`
  const more = others.length === 0 ? '' : `, and ${others.length} more`
  return `It collides with the ${what}, from ${first.startsAt} ${until}${more}. Choose other dates, or change or end what stands there.`
}

function readCollision(value: unknown): Collision | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const fields = new Map<string, unknown>(Object.entries(value))
  const text = (name: string): string | undefined => {
    const field = fields.get(name)
    return typeof field === 'string' ? field : undefined
  }
  const kind = (['campaign', 'contract'] as const).find((known) => known === fields.get('kind'))
  const [id, name, startsAt] = [text('id'), text('name'), text('startsAt')]
  if (!kind || id === undefined || name === undefined || startsAt === undefined) return undefined
  return { kind, id, name, brand: text('brand') ?? null, startsAt, endsAt: text('endsAt') ?? null }
}
