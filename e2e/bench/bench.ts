/** `npm run bench -- <name>`: runs one bench by its name. The last line a bench prints is one line of JSON. */
import { bytes } from './bytes.ts'
import { token } from './token/token.ts'

const BENCHES: ReadonlyMap<string, () => Promise<object>> = new Map([
  ['bytes', bytes],
  ['token', token],
])

const name = process.argv[2] ?? ''
const bench = BENCHES.get(name)
if (bench) {
  try {
    console.log(JSON.stringify(await bench()))
  } catch (failure) {
    console.error(failure instanceof Error ? failure.message : failure)
    process.exitCode = 1
  }
} else {
  const problem = name === '' ? 'Which bench?' : `There is no bench "${name}".`
  console.error(`${problem} npm run bench -- <${[...BENCHES.keys()].join(' | ')}>`)
  process.exitCode = 1
}
