/**
 * Chunks of a module that was brought under a second name, `panel-1a2b3c4d.js?2`, import from that one. A browser
 * remembers that a module failed to load, so the loader's next attempt has another name; without this its chunks would
 * ask for the first name again, and fail with it for as long as the page stands.
 */
import type { Plugin } from 'vite'

const QUERY = 'new URL(import.meta.url).search'

/** Hands the query of the importing module on. The chunks are minified already, and theirs are the only imports. */
export function oneCopy(): Plugin {
  return {
    name: 'one-copy',
    renderChunk(code) {
      const handed = code
        .replace(/\bimport\("(\.\.?\/[^"]+)"\)/g, (_all, path: string) => `import("${path}"+${QUERY})`)
        .replace(/(^|;)import\{([^}]*)\}from"(\.\.?\/[^"]+)"/g, (_all, before: string, names: string, path: string) => {
          return `${before}var{${names.replaceAll(' as ', ':')}}=await import("${path}"+${QUERY})`
        })
      const left = /(?:^|;)import[^(.]*["'][^;]*/.exec(handed)
      if (left) throw new Error(`An import without its query: ${left[0]}`)
      return { code: handed, map: null }
    },
  }
}
