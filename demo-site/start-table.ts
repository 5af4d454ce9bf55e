/** What `npm start` says once everything answers: what, where, what to try. Pure. */
import { CAST } from '../schema/local/cast.ts'

export interface StartTable {
  readonly ports: { readonly worker: number; readonly demo: number; readonly database: number }
  readonly model: string
  readonly adminKey: string
  /** Where the key is kept. */
  readonly secretsFile: string
}

export function startTable({ ports, model, adminKey, secretsFile }: StartTable): string {
  const site = (name: string, path = '/') => `http://${name}.localhost:${ports.demo}${path}`
  const platform = `http://localhost:${ports.worker}`
  const rows = [
    ["Remy Vale's own site", site('remyvale'), 'open the bubble and ask about last night\'s match'],
    ['  placed by hand', site('remyvale', '/placed.html'), '<vibethink-twin> written into the page'],
    ['  the older embed', site('remyvale', '/classic.html'), 'script before the div'],
    ['Solara campaign', site('solara'), 'ask what to drink at half-time'],
    ['  its page', `${platform}/${CAST.remy.slug}/${CAST.solara.campaignSlug}`, 'the campaign on our own host, with who pays'],
    ['Kick Cola campaign', site('kickcola'), 'ask the same: the other brand is never named'],
    ['  its page', `${platform}/${CAST.remy.slug}/${CAST.kickCola.campaignSlug}`, 'the same, and until when it runs'],
    ['Portal', `${platform}/${CAST.remy.slug}`, 'a page of its own on our host'],
    ['White label', `http://${CAST.whiteLabelHost}:${ports.worker}/`, "Ada Marlow's host, nothing of ours visible"],
    ["Ada Marlow's club", site('marlowclub'), 'consent first; sign in as Nia, then as Tom'],
    ['Not on the list', site('stranger'), 'the console says what to add'],
    ['Strict page', site('strict'), "default-src 'none' and Trusted Types"],
    ['Playground', site('playground'), 'every attribute, event, part and token, and the snippet'],
  ]
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const table = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ').trimEnd())
  return [
    '',
    ...table,
    '',
    `All sites   ${site('index')}`,
    `Model       ${model}`,
    `Admin       ${platform}/admin/v1   Authorization: Bearer ${adminKey}`,
    `            (kept in ${secretsFile})`,
    `Database    http://127.0.0.1:${ports.database}/sql`,
    '',
    'Ctrl-C ends everything. What was said stays; `npm start -- --fresh` begins anew.',
  ].join('\n')
}
