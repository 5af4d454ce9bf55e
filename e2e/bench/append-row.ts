/** Adds a row to a section's table in a page that several benches write: each finds its own by its heading. */
import { readFile, writeFile } from 'node:fs/promises'

export interface Section {
  /** Without the number signs. */
  readonly heading: string
  /** What stands between the heading and the table, and the table's head. */
  readonly introduction: string
}

const TITLE = '# What full runs of the benches found\n'

export async function appendRow(file: string, section: Section, cells: readonly (string | number)[]): Promise<void> {
  const page = await readFile(file, 'utf8').catch(() => TITLE)
  await writeFile(file, withRow(page, section, `| ${cells.join(' | ')} |`))
}

/** The page with one row more, which follows the last one of its section. */
export function withRow(page: string, { heading, introduction }: Section, row: string): string {
  const title = `\n## ${heading}\n`
  const whole = page.includes(title) ? page : `${title}\n${introduction}\n`
  const at = whole.indexOf(title)
  const next = whole.indexOf('\n## ', at + title.length)
  const [section, rest] = next < 0 ? [whole.slice(at), ''] : [whole.slice(at, next), whole.slice(next)]
  const grown = `${whole.slice(0, at)}${section.trimEnd()}\n${row}\n${rest}`
  if (whole === page) return grown
  // before the others: rows of who knows no sections are added at the page's end
  const first = page.indexOf('\n## ')
  return first < 0 ? page + grown : page.slice(0, first) + grown + page.slice(first)
}
