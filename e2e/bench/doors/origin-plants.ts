/** Ways in which doors like these have been left open elsewhere, as changes of the product's source. */
import type { DoorsPlant } from './doors-suite.ts'

const ENTRY = 'schema/domain/origin-entry.ts'
const ORIGIN = 'edge/core/origin.ts'
const COMPARED = 'record.allowedOrigins.some((entry) => admitsOrigin(entry, origin))'
/** Asked again at reading: hides most faults of the comparison, so it is taken away to see them. */
const NOBODY_ASKS_WHOSE = {
  file: ORIGIN,
  find: "(originEntryKind(entry) === 'exact' || hasSameOwner(entry, origin))",
  replace: '(true || hasSameOwner(entry, origin))',
}

const compared = (name: string, replace: string): DoorsPlant => ({
  name,
  changes: [{ file: ORIGIN, find: COMPARED, replace }],
})

export const ORIGIN_PLANTS: readonly DoorsPlant[] = [
  compared(
    'an origin is compared by its beginning',
    'record.allowedOrigins.some((entry) => admitsOrigin(entry, origin) || origin.startsWith(entry))',
  ),
  compared(
    'an origin is searched for in the list as text',
    'record.allowedOrigins.some((entry) => admitsOrigin(entry, origin) || origin.includes(entry))',
  ),
  compared(
    'an origin is made lower case first',
    'record.allowedOrigins.some((entry) => admitsOrigin(entry, origin.toLowerCase()))',
  ),
  compared(
    'an origin is parsed, and what the parser mends is compared',
    'record.allowedOrigins.some((entry) => admitsOrigin(entry, URL.parse(origin)?.origin ?? origin))',
  ),
  compared(
    'http is as good as https',
    "record.allowedOrigins.some((entry) => admitsOrigin(entry, origin.replace('http:', 'https:')))",
  ),
  compared(
    'ports are not compared',
    `record.allowedOrigins.some((entry) => admitsOrigin(entry.replace(/:\\d+$/, ''), origin.replace(/:\\d+$/, '')))`,
  ),
  compared(
    'an entry is made a pattern of dots that are any letter',
    `record.allowedOrigins.some((entry) => new RegExp('^' + entry.replace('*', '[a-z0-9.-]+') + '$').test(origin))`,
  ),
  compared(
    'the first of two origins decides',
    "record.allowedOrigins.some((entry) => admitsOrigin(entry, origin.split(', ')[0] ?? ''))",
  ),
  {
    name: 'null is everybody’s',
    changes: [
      { file: ORIGIN, find: "if (origin === 'null') return false", replace: "if (origin === 'null') return true" },
    ],
  },
  {
    name: 'a wildcard lets the apex in',
    changes: [
      {
        file: ENTRY,
        find: 'const star = ',
        replace: "if (entry.replace('*.', '') === origin) return true\n  const star = ",
      },
    ],
  },
  {
    name: 'a wildcard is no whole label',
    changes: [
      {
        file: ENTRY,
        find: 'const after = entry.slice(star + 1)',
        replace: "const after = entry.slice(star + 1).replace(/^\\./, '')",
      },
      NOBODY_ASKS_WHOSE,
    ],
  },
  {
    name: 'a wildcard stands for anything',
    changes: [
      { file: ENTRY, find: "return isWhole && originEntryKind(origin) === 'exact'", replace: 'return true' },
      NOBODY_ASKS_WHOSE,
    ],
  },
  {
    name: 'a wildcard inside a label stands for hyphens of any number',
    changes: [{ file: ENTRY, find: '/^(?!xn$)[a-z0-9]+(?:-[a-z0-9]+)*$/', replace: '/^[a-z0-9-]+$/' }],
  },
  {
    name: 'the socket does not ask whether its page is still allowed',
    changes: [
      {
        file: 'edge/http/admit-session.ts',
        find: 'admit({ record, site, origin, now, publicUrl })',
        replace: 'admit({ record, site, origin: record?.allowedOrigins[0], now, publicUrl })',
      },
    ],
  },
  {
    name: 'a session is good on any page',
    changes: [
      { file: 'edge/http/admit-session.ts', find: 'origin !== claims.origin || ', replace: '' },
      {
        file: 'edge/http/admit-session.ts',
        find: 'admit({ record, site, origin, now, publicUrl })',
        replace: 'admit({ record, site, origin: claims.origin, now, publicUrl })',
      },
    ],
  },
]
