import type { Plugin } from 'vite'

/** Takes the indentation out of our own style sheets; what they mean stays as it is. */
export function tightStyles(): Plugin {
  return {
    name: 'tight-templates',
    enforce: 'pre',
    transform(code, id) {
      return id.endsWith('-styles.ts') ? { code: code.replace(/`[^`]*`/g, tightCss), map: null } : undefined
    },
  }
}

function tightCss(template: string): string {
  return template
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/(?<=[{;][\w-]+): /g, ':')
    .replace(/;}/g, '}')
}
