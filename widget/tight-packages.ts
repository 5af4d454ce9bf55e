/**
 * Leaves out of two packages what nobody here can ever reach, and no bundler can see: members of a class, a debug log
 * that is off, advice to developers in the console, assertions. Each cut names what it is; one that finds nothing
 * fails the build, so that another version of a package is looked at before it ships.
 */
import type { Plugin } from 'vite'

/** A member of a class, from its name to the brace that closes it; both packages are published formatted. */
const member = (name: string): RegExp => new RegExp(`^  (?:[gs]et )?${name}\\([^]*?^  }\\n`, 'gm')

const CUTS: Readonly<Record<string, readonly RegExp[]>> = {
  'partysocket/dist/ws.js': [
    // Its log, which stays off, and what it would say to a developer.
    /^ *this\._debug\([^;]*\);\n/gm,
    /^  _debugLogger = .*\n/gm,
    /^ *if \(this\._options\.debugLogger\)\n.*\n/gm,
    member('_debug'),
    /^if \(!globalThis\.EventTarget [^]*?`\);\n/gm,
    /^ *if \(\n *!this\._options\.WebSocket &&[^]*? = true;\n *}\n/gm,
    /^ *if \(this\._closeCalled && !this\._didWarnAboutClosedSend\) {[^]*?\n    }\n/gm,
    /^ *(?:this\.)?_didWarnAboutClosedSend = false;\n/gm,
    // What a socket can be asked, and wire.ts does not ask; and the queue, which wire.ts keeps at no length.
    ...[
      'binaryType',
      'bufferedAmount',
      'extensions',
      'protocol',
      'readyState',
      'retryCount',
      'shouldReconnect',
      'url',
    ].map(member),
    member('drainQueuedMessages'),
    // Each event a second time, to listeners: wire.ts listens by `on…`.
    /^ *this\.dispatchEvent\(cloneEvent\(event\)\);\n/gm,
  ],
  'streaming-markdown/smd.js': [/^ *console\.assert\(.*\)\n/gm],
}

/** Cuts {@link CUTS} out of the two packages. */
export function tightPackages(): Plugin {
  return {
    name: 'tight-packages',
    transform(code, id) {
      const [file, cuts] = Object.entries(CUTS).find(([path]) => id.endsWith(`/node_modules/${path}`)) ?? []
      if (!cuts) return undefined
      const tight = cuts.reduce((rest, cut) => {
        const next = rest.replace(cut, '')
        if (next === rest) throw new Error(`${file} has changed: nothing in it is ${cut}`)
        return next
      }, code)
      return { code: tight, map: null }
    },
  }
}
