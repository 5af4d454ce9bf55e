/** Writes ELEMENT.md. Run it: `npm run docs:element`. */
import { writeFile } from 'node:fs/promises'
import { elementDocs } from './element-docs.ts'

await writeFile(new URL('../ELEMENT.md', import.meta.url), await elementDocs())
