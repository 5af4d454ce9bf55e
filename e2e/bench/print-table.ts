/** A table for a terminal: the first column reads from the left, numbers stand under each other. */

export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const numeric = head.map(
    (_, column) => column > 0 && rows.every((row) => /^[<≤]?=? ?[\d.]*x?$/.test(row[column] ?? '')),
  )
  for (const row of [head, ...rows]) {
    const cells = widths.map((width, column) => {
      const cell = row[column] ?? ''
      return numeric[column] ? cell.padStart(width) : cell.padEnd(width)
    })
    console.log(cells.join('  ').trimEnd())
  }
}
