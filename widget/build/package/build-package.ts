/** Builds `@vibethink/twin` into `dist/package`, or another folder. Run it: `npm run build:package`; then publish from there. */
import { join } from 'node:path'
import { ROOT } from '../bundle.ts'
import { writePackage } from './write-package.ts'

const [, , folder = join(ROOT, 'dist/package')] = process.argv
const { version, integrity, entryBytes } = await writePackage(folder)
console.log(`@vibethink/twin ${version} is in ${folder}; cdn/twin.js ${entryBytes} B (brotli)`)
console.log(`to pin: cdn/twin.js integrity="${integrity}"`)
