/**
 * What pages that are not allowed send, or make a browser or a program send, as Origin: everything that a comparison by
 * prefix, suffix, search, pattern, letter case or parsed host has once let in somewhere.
 */
import type { Chance } from '../faults/chance.ts'

/** An origin that is allowed, or whose neighbours are. */
export interface Target {
  readonly scheme: 'https'
  readonly host: string
  /** Such as `:8443`; empty for the scheme's own. */
  readonly port: string
}

/** The headers of one request: none, one or two. */
type Origins = readonly string[]
type Forgery = (target: Target, chance: Chance) => Origins

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789'] as const
const SUB_DELIMITERS = [
  '$',
  '~',
  '=',
  '+',
  '&',
  '*',
  '(',
  ')',
  "'",
  '!',
  ';',
  ',',
  '`',
  '_',
  '%60',
  '%00',
  '{',
  '}',
  '|',
  '"',
  '^',
] as const
const CONFUSABLES: ReadonlyMap<string, readonly [string, ...string[]]> = new Map([
  ['a', ['а', 'ɑ', 'a']],
  ['e', ['е', 'ｅ', 'é']],
  ['o', ['о', 'ο', '0']],
  ['n', ['ո', 'ñ']],
  ['v', ['ν', 'ѵ']],
  ['l', ['1', 'ⅼ', 'ı']],
  ['.', ['。', '．', '｡', '․']],
  ['s', ['ѕ', 'ſ']],
  ['p', ['р', 'ρ']],
])

const written = ({ scheme, host, port }: Target): string => `${scheme}://${host}${port}`

function word(chance: Chance, from = 1, to = 12): string {
  return Array.from({ length: chance.between(from, to) }, () => LETTERS[chance.between(0, LETTERS.length - 1)]).join('')
}

function evil(chance: Chance): string {
  return `${word(chance)}.${chance.pick(['evil.example', 'evil.com', 'vercel.app', 'netlify.app', 'github.io', 'co.uk', 'test'])}`
}

/** At one place, chosen by chance. */
function edited(text: string, chance: Chance, edit: (before: string, at: string, after: string) => string): string {
  const at = chance.between(0, text.length - 1)
  return edit(text.slice(0, at), text.charAt(at), text.slice(at + 1))
}

function misspelled(text: string, chance: Chance): string {
  return edited(text, chance, (before, at, after) => {
    const other = CONFUSABLES.get(at)
    return before + (other ? chance.pick(other) : word(chance, 1, 1)) + after
  })
}

const FORGERIES: readonly [Forgery, ...Forgery[]] = [
  // who is somebody else altogether
  (_target, chance) => [`https://${evil(chance)}`],
  (_target, chance) => [`https://${word(chance)}.${word(chance, 2, 3)}`],
  // around an allowed one: before, behind, within
  (target, chance) => [`${written(target)}.${evil(chance)}`],
  (target, chance) => [`${written(target)}${word(chance)}`],
  (target, chance) => [`${written(target)}-${evil(chance)}`],
  ({ scheme, host, port }, chance) => [`${scheme}://${word(chance)}${host}${port}`],
  ({ scheme, host, port }, chance) => [`${scheme}://${word(chance)}-${host}${port}`],
  ({ scheme, host, port }, chance) => [`${scheme}://${word(chance)}.${host}${port}`],
  ({ scheme, host, port }, chance) => [
    `${scheme}://${evil(chance)}.${host.split('.').slice(1).join('.')}${port}.${evil(chance)}`,
  ],
  ({ scheme, host, port }) => [`${scheme}://${host.split('.').slice(1).join('.')}${port}`],
  ({ scheme, host, port }, chance) => [`${scheme}://${word(chance)}.${host.split('.').slice(1).join('.')}${port}`],
  ({ scheme, host, port }, chance) => [`${scheme}://${host.replace('.', () => word(chance, 1, 1))}${port}`], // an unescaped dot
  ({ scheme, host, port }, chance) => [`${scheme}://${host.replaceAll('.', () => word(chance, 1, 1))}${port}`],
  ({ scheme, host, port }, chance) => [`${scheme}://${misspelled(host, chance)}${port}`],
  ({ scheme, host, port }, chance) => [
    `${scheme}://${edited(host, chance, (before, at, after) => before + at + at + after)}${port}`,
  ],
  ({ scheme, host, port }, chance) => [
    `${scheme}://${edited(host, chance, (before, _at, after) => before + after)}${port}`,
  ],
  // characters that some browsers take in a host
  ({ scheme, host, port }, chance) => [`${scheme}://${host}${chance.pick(SUB_DELIMITERS)}.${evil(chance)}${port}`],
  ({ scheme, host, port }, chance) => [`${scheme}://${host}${chance.pick(SUB_DELIMITERS)}${port}`],
  ({ scheme, host, port }, chance) => [`${scheme}://${word(chance)}${chance.pick(SUB_DELIMITERS)}${host}${port}`],
  ({ scheme, host, port }, chance) => [
    `${scheme}://${evil(chance)}${chance.pick(['/', '\\', '?', '#', '@', '%2f', '%2e', '\t', '%09'])}.${host}${port}`,
  ],
  // the same, as a browser never writes it
  ({ scheme, host, port }, chance) => [
    `${scheme}://${edited(host, chance, (before, at, after) => before + (at.toUpperCase() === at ? 'A' : at.toUpperCase()) + after)}${port}`,
  ],
  (target) => [written(target).toUpperCase()],
  ({ scheme, host, port }, chance) => [
    `${chance.pick(['HTTPS', 'Https', 'httpS'])}://${host}${port}`.replace(scheme, scheme),
  ],
  ({ scheme, host, port }) => [`${scheme}://${host}.${port}`],
  (target) => [`${written(target)}/`],
  (target, chance) => [`${written(target)}/${word(chance)}`],
  (target, chance) => [`${written(target)}${chance.pick(['?', '#', '\\', '//', '/.', '/%2e', ';', ','])}`],
  ({ scheme, host, port }, chance) => [`${scheme}:${chance.pick(['', '/', '///', '\\\\', '/\\'])}${host}${port}`],
  (target) => [`<${written(target)}>`],
  (target) => [`"${written(target)}"`],
  // other schemes and ports
  ({ host, port }) => [`http://${host}${port}`],
  ({ host, port }, chance) => [
    `${chance.pick(['file', 'ftp', 'ws', 'wss', 'data', 'blob:https', 'filesystem:https', 'chrome-extension', 'moz-extension', 'capacitor', 'ionic', 'app', 'view-source:https'])}://${host}${port}`,
  ],
  ({ scheme, host, port }, chance) => [`${scheme}://${host}:${port === '' ? chance.between(1, 65_535) : '443'}`],
  ({ scheme, host, port }, chance) => [`${scheme}://${host}${port}${chance.between(0, 9)}`],
  ({ scheme, host }, chance) => [
    `${scheme}://${host}:${chance.pick(['443', '0443', '+443', '', '08443', '99999', '80'])}`,
  ],
  // user information
  ({ scheme, host, port }, chance) => [`${scheme}://${host}${port}@${evil(chance)}`],
  ({ scheme, host, port }, chance) => [`${scheme}://${word(chance)}@${host}${port}`],
  ({ scheme, host, port }, chance) => [`${scheme}://${word(chance)}:${word(chance)}@${host}${port}`],
  ({ scheme, host, port }, chance) => [`${scheme}://${evil(chance)}:${chance.between(1, 9)}@${host}${port}`],
  // several
  (target) => [written(target), `https://evil.example`],
  (target) => [`https://evil.example`, written(target)],
  (target) => [written(target), written(target)],
  (target, chance) => [`${written(target)}${chance.pick([',', ', ', ' ', ';', '|', '%20'])}https://${evil(chance)}`],
  (target, chance) => [`https://${evil(chance)}${chance.pick([',', ', ', ' ', ';', '|', '%20'])}${written(target)}`],
  (target) => [`null, ${written(target)}`],
  // nobody
  () => [],
  () => [''],
  () => ['null'],
  (_target, chance) => [
    chance.pick([
      'null',
      'NULL',
      'Null',
      'undefined',
      '*',
      'https://*',
      'about:blank',
      'about:srcdoc',
      'data:',
      'https://',
      'https:',
      '://',
      '.',
    ]),
  ],
  // addresses and names of the machine itself
  (_target, chance) => [
    `http${chance.pick(['', 's'])}://${chance.pick(['127.0.0.1', '0x7f.1', '2130706433', '017700000001', '[::1]', '[::ffff:127.0.0.1]', '10.0.0.1', '169.254.169.254', '0', 'localhost', 'nova.localhost', 'localhost.evil.example'])}`,
  ],
  (_target, chance) => [`http://localhost:${chance.between(1, 65_535)}`],
  // what a wildcard inside a label stands for, and a hyphen too many
  (_target, chance) => [
    `https://${chance.pick(['a--b--nova-site.netlify.app', 'pr-4--2.preview.orbit.example', 'pr-4-.preview.orbit.example', 'xn--nova-site.netlify.app'])}`,
  ],
  // what lies above a wildcard
  (_target, chance) => [
    chance.pick(['https://lumen.example', 'https://lumen.co.uk:8443', 'https://nova-project.pages.dev']),
  ],
  // our own house
  (_target, chance) => [
    `https://${chance.pick(['twin.example', 'TWIN.example', 'admin.twin.example', 'twin.example.evil.example'])}`,
  ],
  // letters beyond ASCII, and what they become
  ({ scheme, host, port }, chance) => [
    `${scheme}://${host}${chance.pick(['\u200b', '\u00ad', '\ufeff', '\u202e', '\u00a0', '\u3002'])}${port}`,
  ],
  ({ scheme, host, port }, chance) => [
    `${scheme}://xn--${word(chance, 3, 8)}.${host.split('.').slice(1).join('.')}${port}`,
  ],
  ({ scheme, port }, chance) => [
    `${scheme}://${chance.pick(['münchen', 'MÜNCHEN', 'mu\u0308nchen', 'munchen'])}.example${port}`,
  ],
]

/** As many as wished; none of them is one that `isAllowed` names. */
export function hostileOrigins(
  count: number,
  targets: readonly [Target, ...Target[]],
  isAllowed: (origins: Origins) => boolean,
  chance: Chance,
): Origins[] {
  const made: Origins[] = []
  for (let at = 0; made.length < count; at += 1) {
    const forge = FORGERIES[at % FORGERIES.length] ?? FORGERIES[0]
    const origins = forge(chance.pick(targets), chance)
    if (!isAllowed(origins)) made.push(origins)
  }
  return made
}
