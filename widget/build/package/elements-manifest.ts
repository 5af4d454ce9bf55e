/**
 * `custom-elements.json` (schema 2.1.0) of the package, for editors, playgrounds and documentation: what a page may use
 * of the element, and where. What is private stays out.
 */
import { rows, type Entry } from '../analyze-element.ts'

const CLASS_MODULE = 'lib/widget/package/packaged-twin.js'
const DEFINE_MODULE = 'lib/widget/package/define.js'
const TAG = 'vibethink-twin'

/** The element as the package has it, of the one that a loader attends. */
export function packagedElement(element: Entry): Entry {
  const members = rows(element['members']).filter(({ privacy = 'public' }) => privacy === 'public')
  const fields = members.filter(({ kind }) => kind === 'field').map(({ name }) => name)
  const attributes = rows(element['attributes']).filter(({ fieldName }) => !fieldName || fields.includes(fieldName))
  return {
    ...element,
    tagName: TAG,
    customElement: true,
    superclass: { name: 'HTMLElement' },
    attributes: attributes.map(withoutLoader),
    members: members.map((member) => withoutLoader({ ...member, ...parametersOf(member) })),
  }
}

/** The manifest around {@link packagedElement}. */
export function elementsManifest(element: Entry): Entry {
  const declaration = { name: element['name'], module: CLASS_MODULE }
  return {
    schemaVersion: '2.1.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path: CLASS_MODULE,
        declarations: [element],
        exports: [{ kind: 'js', name: element['name'], declaration }],
      },
      {
        kind: 'javascript-module',
        path: DEFINE_MODULE,
        declarations: [],
        exports: [
          { kind: 'js', name: element['name'], declaration },
          { kind: 'custom-element-definition', name: TAG, declaration },
        ],
      },
    ],
  }
}

/** In the package nothing stands before the element: it reads its attributes itself, and has no server of its own. */
function withoutLoader(entry: Entry): Entry {
  if (entry['name'] === 'server-url' || entry['name'] === 'serverUrl') {
    return {
      ...entry,
      description: 'Origin of the platform that serves the deployment, such as `https://twin.example`.',
    }
  }
  const words = String(entry['description'] ?? '')
    .replace(/[.;] [Rr]ead by the loader\.$/, '.')
    .replace('Set by the loader when', 'Set when')
  return entry['description'] === undefined ? entry : { ...entry, description: words }
}

/** A parameter that is taken apart has no name: it gets one, and its defaults are the element's own business. */
function parametersOf({ parameters }: Entry): Entry {
  if (!Array.isArray(parameters)) return {}
  return {
    parameters: rows(parameters).map((parameter) => {
      const names = /^{(.*)}$/.exec(String(parameter['name']))?.[1]
      if (names === undefined) return parameter
      const options = names.split(',').map((name) => `${name.split('=')[0]?.trim()}?: boolean`)
      return { name: 'options', optional: true, type: { text: `{ ${options.join('; ')} }` } }
    }),
  }
}
