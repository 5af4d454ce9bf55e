import { minify } from 'terser'
import type { Plugin } from 'vite'
import { minifySync } from 'vite'

/** Names of properties that only the bundle uses: `_ws` of partysocket, `indent_len` of the Markdown parser. */
const PRIVATE_NAMES = /^_[a-z]|[a-z]_[a-z]/

/**
 * Minifies a chunk twice, before its name is made from its content. oxc renames the private properties and does most of
 * it; terser then follows values through the whole of it, which is worth another 400 bytes of brotli.
 */
export function tightScript(): Plugin {
  return {
    name: 'tight-script',
    async renderChunk(code, { fileName }, { format }) {
      const module = format === 'es'
      const first = minifySync(fileName, code, {
        module,
        compress: { target: 'es2022' },
        mangle: true,
        mangleProps: { include: PRIVATE_NAMES },
      })
      const [error] = first.errors
      if (error) throw new Error(`${fileName} could not be minified: ${error.message}`)
      // (A classic script has no `this` in its functions: what terser calls unsafe there is not.)
      const { code: tight } = await minify(first.code, {
        ecma: 2020,
        module,
        compress: { passes: 3, unsafe_arrows: !module },
      })
      return { code: tight ?? first.code, map: null }
    },
  }
}
