/**
 * Leaves out of packages what nobody here can ever reach, and no bundler can see: members of a class, a debug log that is
 * off, assertions, ways around old browsers, Markdown that is masked. Each cut names what it is; one that finds nothing
 * fails the build, so that another version of a package is looked at before it ships.
 */
import type { Plugin } from 'vite'

/** A member of a class, from its name to the brace that closes it; both packages are published formatted. */
const member = (name: string): RegExp => new RegExp(`^  (?:[gs]et )?${name}\\([^]*?^  }\\n`, 'gm')

/** What is found, and what stands there instead: nothing, unless it says so. */
type Cut = RegExp | readonly [found: RegExp, instead: string]

const CUTS: Readonly<Record<string, readonly Cut[]>> = {
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
    [/^    const { maxEnqueuedMessages = [^]*?^    return false;\n/m, '    return false;\n'],
    /^    this\._messageQueue\.forEach\([^]*?_messageQueue = \[\];\n/m,
    /^  _messageQueue = \[\];\n/m,
    /^    assert\(this\._ws, .*\n/m,
    // Another connection on the same object, and addresses that are asked for: socket-line.ts serves once, and knows its own.
    ...['reconnect', '_getNextUrl', '_getNextProtocols', '_getNextDelay', '_wait', '_acceptOpen'].map(member),
    [/this\._wait\(\)/, 'Promise.resolve()'],
    /^    const { minUptime = .*\n/m,
    /^    this\._uptimeTimeout = .*\n/m,
    /^    clearTimeout\(this\._uptimeTimeout\);\n/m,
    /^  _uptimeTimeout;\n/m,
    /^    if \(this\._retryCount >= maxRetries\) {[^]*?^    }\n/m,
    /^    this\._retryCount\+\+;\n/m,
    /^  _retryCount = -1;\n/m,
    /^      maxRetries = DEFAULT\.maxRetries,\n/m,
    /^  (?:m(?:ax|in)\w+|reconnectionDelayGrowFactor|startClosed): .*\n/gm,
    // Of errors nobody listens to a runtime may complain; a browser does not.
    /^    this\._ws\.addEventListener\("error", absorbError\);\n/m,
    [/this\._getNextUrl\(this\._url\)/, 'this._url'],
    [/this\._getNextProtocols\(this\._protocols \|\| null\)/, 'this._protocols'],
    // Each event a second time, to listeners: wire.ts listens by `on…`.
    /^ *this\.dispatchEvent\(cloneEvent\(event\)\);\n/gm,
  ],
  'streaming-markdown/smd.js': [
    /^ *console\.assert\(.*\)\n/gm,
    // Equations: MarkdownStream masks whatever would open one.
    /^ *case MAYBE_EQ_BLOCK:\n[^]*?(?=^ *\/\* Raw URLs \*\/)/gm,
    /^ *\/\* \$eq\$ [^]*?(?=^ *\/\* \[Image\])/gm,
    /^ *case '\(':\n *add_text\(p\)\n *add_token\(p, EQUATION_INLINE\)[^]*?(?=^ *case '\\n':\n *\/\/ Escaped)/gm,
    /^ *case EQUATION_(?:BLOCK|INLINE):\n(?! *if)/gm,
    [/ ?(?:&&|\|\|)\n *p\.token [!=]== EQUATION_BLOCK (?:&&|\|\|)\n *p\.token [!=]== EQUATION_INLINE/g, ''],
  ],
  '@lit/reactive-element/reactive-element.js': [
    // Decorators and their metadata, which would be written onto the page's own Symbol.
    /Symbol\.metadata\?\?=Symbol\("metadata"\),a\.litPropertyMetadata\?\?=new WeakMap;/,
    /const t=this\[Symbol\.metadata\];if\(null!==t\){[^]*?}(?=this\._\$Eh=new Map)/,
    /static addInitializer\(t\){[^}]*}/,
    /,void 0!==t\.l&&\(this\.l=\[\.\.\.t\.l\]\)/,
    /,this\.constructor\.l\?\.forEach\(t=>t\(this\)\)/,
    /removeController\(t\){[^}]*}/,
    // The element adopts one sheet of its own making.
    [/^import{getCompatibleStyle[^]*?"\.\/css-tag\.js";\n/, ''],
    /,this\.elementStyles=this\.finalizeStyles\(this\.styles\)|this\.elementStyles=this\.finalizeStyles\(this\.styles\)/,
    /static finalizeStyles\(s\){[^]*?return i}(?=static _\$Eu)/,
    /createRenderRoot\(\){[^]*?,t}(?=connectedCallback)/,
    /y\.elementStyles=\[\],/,
    /s as adoptStyles,/,
    /,t as getCompatibleStyle/,
    // Attributes of ours are texts and flags.
    /case Object:case Array:t=null==t\?t:JSON\.stringify\(t\)/,
    /case Number:i=null===t\?null:Number\(t\);break;case Object:case Array:try{[^]*?i=null}/,
    // Ways into Lit for old browsers and for other copies of it.
    /,p=a\.reactiveElementPolyfillSupport/,
    /,p\?\.\({ReactiveElement:y}\),\(a\.reactiveElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/,
  ],
  'lit-element/lit-element.js': [
    /createRenderRoot\(\){[^]*?,t}(?=update)/,
    // No directive of ours asks whether it is connected.
    /this\.hasUpdated\|\|\(this\.renderOptions\.isConnected=this\.isConnected\),/,
    /connectedCallback\(\){super\.connectedCallback[^}]*}disconnectedCallback\(\){[^}]*}/,
    /,s\.litElementHydrateSupport\?\.\({LitElement:i}\);const o=s\.litElementPolyfillSupport;o\?\.\({LitElement:i}\)/,
    /\(s\.litElementVersions\?\?=\[\]\)\.push\("[\d.]+"\);/,
  ],
  'lit-html/lit-html.js': [
    // No template of ours is SVG or MathML, is compiled ahead, or has a hole in a comment or in a text area.
    [/l=2===i[^,]*?"<math>":""/, 'l=""'],
    [/\+\(2===i[^)]*?"<\/math>":""\)/, ''],
    [/P\.currentNode=this\.el\.content,2===i\|\|3===i\){[^}]*}/, 'P.currentNode=this.el.content;'],
    [/if\(this\.el=S\.createElement/, 'this.el=S.createElement'],
    [/,w=x\(2\),T=x\(3\)/, ',w=0,T=0'],
    [/e="number"==typeof s\?this\._\$AC\(t\):\([^]*?,s\);/, 'e=this._$AC(t);'],
    [
      /else if\(8===r\.nodeType\)if\(r\.data===n\)d\.push\({type:2,index:l}\);else{[^]*?}l\+\+/,
      'else 8===r.nodeType&&r.data===n&&d.push({type:2,index:l});l++',
    ],
    /if\(y\.test\(r\.tagName\)\){[^]*?}}(?=}else 8)/,
    /,B=t\.litHtmlPolyfillSupport/,
    // No directive of ours asks whether it is connected.
    /h\?\._\$AO\?\.\(!1\),/,
    /,this\._\$Cv=e\?\.isConnected\?\?!0/,
    /\?\?this\._\$Cv/,
    [/for\(this\._\$AP\?\.\(!1,!0,s\);/, 'for(;'],
    /setConnected\(t\){[^}]*}/,
    /B\?\.\(S,k\),\(t\.litHtmlVersions\?\?=\[\]\)\.push\("[\d.]+"\);/,
  ],
}

/** Cuts {@link CUTS} out of the packages. */
export function tightPackages(): Plugin {
  return {
    name: 'tight-packages',
    transform(code, id) {
      const [file, cuts] = Object.entries(CUTS).find(([path]) => id.endsWith(`/node_modules/${path}`)) ?? []
      if (!cuts) return undefined
      const tight = cuts.reduce((rest, cut) => {
        const [found, instead] = cut instanceof RegExp ? [cut, ''] : cut
        const next = rest.replace(found, instead)
        if (next === rest) throw new Error(`${file} has changed: nothing in it is ${found}`)
        return next
      }, code)
      return { code: tight, map: null }
    },
  }
}
