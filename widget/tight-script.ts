import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { minify } from 'terser'
import type { Plugin } from 'vite'
import { minifySync } from 'vite'

const parser = readFileSync(fileURLToPath(import.meta.resolve('streaming-markdown')), 'utf8')

/** What the Markdown parser names `like_this`, each listed: ours of that form are words of the wire and of the languages. */
const PARSER_NAMES = [...new Set(parser.match(/\b[a-z]+(?:_[a-z]+)+\b/g))]

/** What Lit calls in its own classes and in ours; what a page may call of an element (`updateComplete`) is none of it. */
const LIT_NAMES = `
  addController converter createProperty createRenderRoot creationScope enableUpdating endNode
  finalize firstUpdated fromAttribute getPropertyDescriptor getPropertyOptions getUpdateComplete
  hasChanged hasUpdated hostConnected hostDisconnected hostUpdate hostUpdated isUpdatePending
  noAccessor performUpdate renderBefore renderOptions renderRoot scheduleUpdate shouldUpdate startNode
  toAttribute useDefault willUpdate
`

/** What our own parts call among themselves, and neither a page nor a session of its making does. */
const OWN_NAMES = `
  admitTo alarm atEnd begin bringList confirm cycle dayOf explain flush gapAt givenUp goodUntil hear
  isRunning isTheirs listed outbox refuse renew running settle settled shown speech spoken
  toEnd told turnTo turnToFresh unseen
`

/**
 * Properties that only our bundles use: also `_ws` of partysocket, and what is called back, `onText`; `onLine` is the
 * browser's, and `onAccent` the name of a custom property.
 */
export const PRIVATE_NAMES = new RegExp(
  `^(?:_[a-z].*|on[B-KM-Z].*|onA[ns].*|onAct|onLa.*|${[...PARSER_NAMES, ...`${LIT_NAMES} ${OWN_NAMES}`.trim().split(/\s+/)].join('|')})$`,
)

/**
 * Minifies a chunk twice, before its name is made from its content. oxc renames the private properties and does most of
 * it; terser then follows values through the whole of it, which is worth another 400 bytes of brotli. A property has
 * one new name in all chunks of a build, so that one chunk can read what another has made.
 */
export function tightScript(): Plugin {
  let renamed: Record<string, string | false> = {}
  return {
    name: 'tight-script',
    async renderChunk(code, { fileName }, { format }) {
      const module = format === 'es'
      const first = minifySync(fileName, code, {
        module,
        compress: { target: 'es2022' },
        mangle: true,
        mangleProps: { include: PRIVATE_NAMES, cache: renamed },
      })
      const [error] = first.errors
      if (error) throw new Error(`${fileName} could not be minified: ${error.message}`)
      renamed = { ...renamed, ...first.mangleCache }
      // (A classic script has no `this` in its functions: what terser calls unsafe there is not.)
      const { code: tight } = await minify(first.code, {
        ecma: 2020,
        module,
        compress: { passes: 3, join_vars: false, unsafe_arrows: !module },
      })
      return { code: tight ?? first.code, map: null }
    },
  }
}
