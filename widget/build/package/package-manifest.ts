/** `package.json` of what is published. Versions are the repository's own, so that what was tried is what one gets. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../bundle.ts'
import { fieldsOf } from '../analyze-element.ts'
import { CDN_ENTRY } from './bundle-cdn.ts'

const ENTRIES = 'widget/package'
const LOCALES = 'widget/locales'

/** `packages`: the names of what the modules import. */
export async function packageManifest(packages: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const own = fieldsOf(JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')))
  const versions = fieldsOf(own['dependencies'])
  const dependencies = packages.map((name) => {
    const version = versions[name]
    if (typeof version !== 'string')
      throw new Error(`The modules import ${name}, on which the repository does not depend`)
    return [name, version] as const
  })
  return {
    name: '@vibethink/twin',
    version: own['version'],
    description: 'The AI twin of a person, as a custom element: <vibethink-twin>.',
    keywords: ['custom-element', 'web-component', 'chat', 'ai', 'lit', 'accessibility'],
    type: 'module',
    license: own['license'],
    engines: { node: fieldsOf(own['engines'])['node'] },
    main: entry('twin', 'js'),
    module: entry('twin', 'js'),
    types: entry('twin', 'd.ts'),
    unpkg: `./cdn/${CDN_ENTRY}`,
    jsdelivr: `./cdn/${CDN_ENTRY}`,
    customElements: './custom-elements.json',
    exports: {
      '.': both('twin'),
      './define': both('define'),
      './react': both('react'),
      './vue': both('vue'),
      './locales/*': { types: `./lib/${LOCALES}/*.d.ts`, default: `./lib/${LOCALES}/*.js` },
      './cdn/*': './cdn/*',
      './custom-elements.json': './custom-elements.json',
      './package.json': './package.json',
    },
    sideEffects: [entry('define', 'js'), './cdn/**'],
    files: ['lib', 'cdn', 'custom-elements.json', 'LICENSE', 'README.md'],
    dependencies: Object.fromEntries(dependencies),
    publishConfig: { access: 'public', provenance: true },
  }
}

const entry = (name: string, kind: 'js' | 'd.ts'): string => `./lib/${ENTRIES}/${name}.${kind}`
const both = (name: string) => ({ types: entry(name, 'd.ts'), default: entry(name, 'js') })
