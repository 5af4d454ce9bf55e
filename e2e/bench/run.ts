/** `npm run bench -- <name>`: measures, tells in words, and ends with one line of JSON. */
import { measureBytes } from './measure-bytes.ts'
import { measureToken } from './measure-token.ts'

const BENCHES = new Map<string, () => Promise<unknown>>([
  ['bytes', measureBytes],
  ['token', measureToken],
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
  console.error(
    `${name === '' ? 'Which bench?' : `There is no bench "${name}".`} There are: ${[...BENCHES.keys()].join(', ')}.`,
  )
  process.exitCode = 1
}
