import type { Plugin } from 'vite'

/** Takes the indentation out of our own style sheets and templates; what they mean stays as it is. */
export function tightTemplates(): Plugin {
  return {
    name: 'tight-templates',
    enforce: 'pre',
    transform(code, id) {
      if (id.endsWith('-styles.ts')) return { code: code.replace(/`[^`]*`/g, tightCss), map: null }
      // The line break stays: outside a template it may end a statement.
      if (id.endsWith('-view.ts')) return { code: code.replace(/\n\s+/g, '\n'), map: null }
      return undefined
    },
  }
}

function tightCss(template: string): string {
  return template
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/(?<=[{;(][\w-]+): /g, ':')
    .replace(/ !important/g, '!important')
    .replace(/\b0\.(?=\d)/g, '.')
    .replace(/;}/g, '}')
    .replace(/(?<=\[[\w-]+[$^*~|]?=)(['"])([a-z][\w-]*)\1(?=\])/g, '$2')
    .replace(/^` | `$/g, '`')
}
