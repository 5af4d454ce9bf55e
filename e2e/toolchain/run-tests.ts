/** `npm test`: every stage in turn, the quick ones first; stops at the first that fails and tells how long each took. */
import { spawnSync } from 'node:child_process'

const STAGES = [
  ['lint', 'rules, imports, unused code'],
  ['types', 'the compiler, one world at a time'],
  ['unit', 'pure decisions, the database, the Worker'],
  ['elements', 'the widget in a real Chromium'],
  ['e2e', 'journeys over the whole stack'],
] as const

let passed = 0
for (const [stage, what] of STAGES) {
  console.log(`\n=== ${stage}: ${what}`)
  const begun = performance.now()
  const { status } = spawnSync('npm', ['run', '--silent', `test:${stage}`], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  if (status !== 0) {
    console.error(`\n=== ${stage} failed after ${seconds} s. Again: npm run test:${stage}`)
    console.log(`stages: ${passed} passed, 1 failed`)
    process.exit(1)
  }
  console.log(`=== ${stage} passed in ${seconds} s`)
  passed += 1
}
console.log(`\nstages: ${passed} passed, 0 failed`)
