/**
 * One line of JSON a failure. Messages stay out: a database error's holds the query's values, and those are people's words
 * and keys. Names, codes and the places in our code are enough to find it.
 */

export function logFailure(error: unknown, requestId: string): void {
  console.error(JSON.stringify({ event: 'request_failed', requestId, errors: chainOf(error), at: framesOf(error) }))
}

const MAX_CAUSES = 4
const MAX_FRAMES = 8

function chainOf(error: unknown): string[] {
  const names: string[] = []
  for (let link = error; link instanceof Error && names.length < MAX_CAUSES; link = link.cause) {
    names.push('code' in link && typeof link.code === 'string' ? `${link.name} ${link.code}` : link.name)
  }
  return names
}

function framesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, MAX_FRAMES)
}
