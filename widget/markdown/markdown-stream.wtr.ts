import { assert } from '@open-wc/testing'
import fc from 'fast-check'
import { MarkdownStream } from './markdown-stream.ts'
import { renderMarkdown } from './render-markdown.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): { timeout(milliseconds: number): void }

function rendered(source: string): HTMLElement {
  const root = document.createElement('div')
  renderMarkdown(root, source)
  return root
}

function streamed(chunks: readonly string[]): HTMLElement {
  const root = document.createElement('div')
  const stream = new MarkdownStream(root)
  for (const chunk of chunks) stream.write(chunk)
  stream.end()
  return root
}

/** What stands there while the reply is still coming. */
function unfinished(source: string): HTMLElement {
  const root = document.createElement('div')
  new MarkdownStream(root).write(source)
  return root
}

const LINK = 'target="_blank" rel="noopener noreferrer nofollow ugc"'
const host = (name: string): string => `<bdi dir="ltr" class="link-host"> (${name})</bdi>`

describe('a reply in Markdown', () => {
  const cases: [name: string, source: string, html: string][] = [
    ['words', 'Good evening.', '<p>Good evening.</p>'],
    [
      'emphasis',
      '*soft* and **loud** and ~~gone~~',
      '<p><em>soft</em> and <strong>loud</strong> and <del>gone</del></p>',
    ],
    ['headings below those of the page', '# One\n## Two\n##### Five', '<h3>One</h3><h4>Two</h4><h5>Five</h5>'],
    [
      'headings that skip no level',
      '## A\n#### B\n## C\n# D\n### E',
      '<h3>A</h3><h4>B</h4><h3>C</h3><h3>D</h3><h4>E</h4>',
    ],
    ['a list', '- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
    ['a list that starts later', '3. three\n4. four', '<ol start="3"><li>three</li><li>four</li></ol>'],
    ['a list of tasks', '- [x] done\n- [ ] open', '<ul><li>☑ done</li><li>☐ open</li></ul>'],
    ['a quote', '> said', '<blockquote><p>said</p></blockquote>'],
    ['code', 'Run `npm start`.', '<p>Run <code>npm start</code>.</p>'],
    ['a block of code', '```js\na = "<b>"\n```', '<pre tabindex="0"><code>a = "&lt;b&gt;"</code></pre>'],
    ['a rule', 'a\n\n---\n\nb', '<p>a</p><hr><p>b</p>'],
    ['lines', 'a\nb<br>c', '<p>a<br>b<br>c</p>'],
    ['HTML as what it is: text', '<b onclick="x()">b</b>', '<p>&lt;b onclick="x()"&gt;b&lt;/b&gt;</p>'],
    [
      'a table',
      '| a | b |\n|---|---|\n| 1 | 2 |\n',
      '<div tabindex="0" class="table"><table width="128"><thead><tr><th scope="col" width="50%"> a </th><th scope="col" width="50%"> b </th></tr></thead><tbody><tr><td> 1 </td><td> 2 </td></tr></tbody></table></div>',
    ],
    [
      'a link, with its host',
      '[Tickets](https://shop.example/t)',
      `<p><a href="https://shop.example/t" ${LINK}>Tickets${host('shop.example')}</a></p>`,
    ],
    [
      'a link that says its host',
      '[shop.example](https://shop.example/t)',
      `<p><a href="https://shop.example/t" ${LINK}>shop.example</a></p>`,
    ],
    [
      'a link that says another host',
      '[https://bank.example](https://evil.example/)',
      `<p><a href="https://evil.example/" ${LINK}>https://bank.example${host('evil.example')}</a></p>`,
    ],
    [
      'a link that says a longer host',
      '[bank.example.evil](https://bank.example/)',
      `<p><a href="https://bank.example/" ${LINK}>bank.example.evil${host('bank.example')}</a></p>`,
    ],
    [
      'a link with a title',
      '[a](https://a.example "b")',
      `<p><a href="https://a.example/" ${LINK}>a${host('a.example')}</a></p>`,
    ],
    [
      'a link with brackets',
      '[a](https://a.example/b_(c))',
      `<p><a href="https://a.example/b_(c)" ${LINK}>a${host('a.example')}</a></p>`,
    ],
    [
      'a mail address',
      '[Write](mailto:remy@vale.example?bcc=x@evil.example)',
      `<p><a href="mailto:remy@vale.example" ${LINK}>Write${host('remy@vale.example')}</a></p>`,
    ],
    [
      'a bare address, without its full stop',
      'See https://a.example/b_c.',
      `<p>See <a href="https://a.example/b_c" ${LINK}>https://a.example/b_c</a>.</p>`,
    ],
    [
      'a bare address in brackets',
      'Here ( https://a.example/(b)) it is',
      `<p>Here ( <a href="https://a.example/(b)" ${LINK}>https://a.example/(b)</a>) it is</p>`,
    ],
    [
      'a bare address between marks',
      '(https://a.example) - **https://b.example**',
      `<p>(<a href="https://a.example/" ${LINK}>https://a.example</a>) - <strong><a href="https://b.example/" ${LINK}>https://b.example</a></strong></p>`,
    ],
    [
      'a bare address in a list',
      '- https://a.example',
      `<ul><li><a href="https://a.example/" ${LINK}>https://a.example</a></li></ul>`,
    ],
    [
      'a bare address in bold',
      '**https://a.example**!',
      `<p><strong><a href="https://a.example/" ${LINK}>https://a.example</a></strong>!</p>`,
    ],
    ['a picture as its words', 'Look: ![a goal](https://a.example/x.png)', '<p>Look: a goal</p>'],
    [
      'a picture in a link as its words',
      '[![a goal](https://x.example/x.png)](https://a.example/)',
      `<p><a href="https://a.example/" ${LINK}>a goal${host('a.example')}</a></p>`,
    ],
    ['brackets that are no link', 'Item [1] of array[0] and ![not', '<p>Item [1] of array[0] and ![not</p>'],
    ['a link that never ends', '[a](https://a.example and **more**', '<p>[a](https://a.example and **more**</p>'],
    ['what follows a link that never ends', '[a](https://a.example\n\nmore', '<p>[a](https://a.example</p><p>more</p>'],
    ['an unclosed star', 'a *b', '<p>a *b</p>'],
    ['unclosed bold at the end of a paragraph', '**a\n\nb', '<p>**a</p><p>b</p>'],
    ['prices', 'From $5 to $AAA and $$ more', '<p>From $5 to $AAA and $$ more</p>'],
    ['a formula as its source', '\\(a_b\\) and \\[c\\]', '<p>(a_b) and [c]</p>'],
    ['names with underscores', 'use snake_case_names and _this_', '<p>use snake_case_names and <em>this</em></p>'],
    ['Windows line ends', 'a\r\n\r\nb', '<p>a</p><p>b</p>'],
  ]
  for (const [name, source, html] of cases) {
    it(`shows ${name}`, () => {
      assert.equal(rendered(source).innerHTML, html)
    })
  }

  const refused = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    '&#106;avascript:alert(1)',
    'javascript&colon;alert(1)',
    '\u0001javascript:alert(1)',
    'vbscript:x',
    'data:text/html,x',
    'blob:https://a.example/x',
    'file:///etc/passwd',
    '//evil.example',
    '/relative',
    '#x',
    'https:evil.example',
    'https:\\\\evil.example',
    'https://bank.example@evil.example/',
    'https://bank.example%2f@evil.example/',
    'https://\u202eelpmaxe.live/',
    'https://a.example/\u200b',
    `https://a.example/${'x'.repeat(2_100)}`,
    'http://',
    'mailto:a@b.example,c@d.example',
    'mailto:',
  ]
  for (const address of refused) {
    it(`makes no link of ${JSON.stringify(address.slice(0, 40))}`, () => {
      const root = rendered(`[words](${address}) end`)
      assert.equal(root.querySelector('a'), null)
      assert.match(root.textContent, /words.* end$/s)
    })
  }
})

describe('a picture', () => {
  const hosts = ['img.vale.example']
  const picture = (source: string): HTMLImageElement | null => {
    const root = document.createElement('div')
    renderMarkdown(root, source, hosts)
    return root.querySelector('img')
  }

  it('is shown from a host the deployment allows, with its words for whoever cannot see it', () => {
    const shown = picture('Look: ![the last goal](https://img.vale.example/goal.png "a title")')
    assert.equal(shown?.src, 'https://img.vale.example/goal.png')
    assert.equal(shown?.alt, 'the last goal')
    assert.equal(shown?.referrerPolicy, 'no-referrer')
  })

  for (const address of [
    'https://elsewhere.example/goal.png',
    'https://img.vale.example.evil.example/goal.png',
    'https://sub.img.vale.example/goal.png',
    'https://img.vale.example:8443/goal.png',
    'https://img.vale.example@evil.example/goal.png',
    'http://img.vale.example/goal.png',
    '//img.vale.example/goal.png',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
  ]) {
    it(`is its words alone at ${address}`, () => {
      assert.equal(picture(`![a goal](${address})`), null)
    })
  }

  it('is asked for once its address is whole, and never before', () => {
    const source = '![a goal](https://img.vale.example/goal.png)'
    for (let at = 0; at < source.length; at += 1) {
      const root = document.createElement('div')
      new MarkdownStream(root, hosts).write(source.slice(0, at))
      assert.equal(root.querySelector('img'), null, source.slice(0, at))
    }
  })

  it('may be a link', () => {
    const root = document.createElement('div')
    renderMarkdown(root, '[![a goal](https://img.vale.example/goal.png)](https://a.example/)', hosts)
    assert.equal(root.querySelector('a > img')?.getAttribute('alt'), 'a goal')
  })
})

describe('while it streams', () => {
  it('never shows the source of a link, nor a link that leads nowhere yet', () => {
    const source = 'See [the fixtures](https://a.example/list) now'
    for (let at = 0; at <= source.length; at += 1) {
      const root = unfinished(source.slice(0, at))
      assert.notMatch(root.textContent, /[[\]]|htt/, source.slice(0, at))
      assert.equal(root.querySelectorAll('a[href]').length, at > source.indexOf(')') ? 1 : 0)
    }
  })

  it('never shows the marks of emphasis or of a fence', () => {
    const source = 'So **loud** it is\n\n```\ncode\n```\n\nend'
    for (let at = 0; at <= source.length; at += 1) {
      assert.notMatch(unfinished(source.slice(0, at)).textContent, /[*`]/)
    }
  })

  it('touches only what is new', async () => {
    const root = document.createElement('div')
    const stream = new MarkdownStream(root)
    stream.write('First **paragraph**.\n\nSecond')
    const [first] = root.children
    const changes: MutationRecord[] = []
    const observer = new MutationObserver((records) => void changes.push(...records))
    observer.observe(root, { childList: true, characterData: true, subtree: true })
    stream.write(' goes on')
    changes.push(...observer.takeRecords())
    observer.disconnect()
    assert.equal(changes.length, 1)
    assert.equal(root.firstElementChild, first)
  })

  it('keeps half an emoji back', () => {
    const root = document.createElement('div')
    const stream = new MarkdownStream(root)
    stream.write('Goal \ud83c')
    assert.notInclude(root.textContent, '\ud83c')
    stream.write('\udfc6!')
    stream.end()
    assert.equal(root.textContent, 'Goal 🏆!')
  })
})

const pieces = [
  '**',
  '*',
  '_',
  '__',
  '~~',
  '`',
  '```\n',
  '```js\n',
  '# ',
  '> ',
  '- ',
  '1. ',
  '| ',
  ' |',
  '|---|',
  '\n',
  '\n\n',
  '    ',
  ' ',
  '\t',
  '[',
  '](',
  ')',
  '![',
  '(',
  '<br>',
  '<',
  '\\',
  '$',
  '$$',
  '\\(',
  '\\[',
  'https://a.example/x',
  'http',
  '- [x] ',
  '---',
  '+ ',
  '🏆',
  '\ufe0f',
  '.',
  '"',
]
const markdown = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.constantFrom('word', 'two words', 'x'), fc.string({ maxLength: 3 })), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''))

describe('however the network cuts it', () => {
  it('any chunking gives the same nodes as one write', () => {
    fc.assert(
      fc.property(markdown, fc.array(fc.nat(), { maxLength: 12 }), (source, cuts) => {
        const at = [0, ...cuts.map((cut) => cut % (source.length + 1)), source.length].sort((one, other) => one - other)
        const chunks = at.slice(1).map((end, index) => source.slice(at[index], end))
        assert.equal(streamed(chunks).isEqualNode(rendered(source)), true)
      }),
      { numRuns: 500 },
    )
  }).timeout(20_000)

  it('a table takes its columns from its first two rows, and no later one changes them', () => {
    const rows = ['| Min | What happened |', '|---|---|', '| 52 | A corner, cleared at the near post |', '| 58 | ']
    const root = document.createElement('div')
    const stream = new MarkdownStream(root)
    const widths = (): (string | null)[] =>
      [...root.querySelectorAll('table, th')].map((one) => one.getAttribute('width'))
    stream.write(`${rows.slice(0, 3).join('\n')}`)
    assert.deepEqual(widths(), [null, null, null])
    stream.write(`\n${rows[3]}`)
    assert.deepEqual(widths(), ['128', '23%', '77%'])
    stream.write('A shot from twenty metres, just over | and a cell too many |\n')
    stream.end()
    assert.deepEqual(widths(), ['128', '23%', '77%'])
  })

  it('a table of headings alone is seen when it ends', () => {
    assert.equal(rendered('| a | b |\n|---|---|\n\nDone.').querySelector('table')?.getAttribute('width'), '128')
    assert.equal(rendered('| a | b |').querySelector('table')?.getAttribute('width'), '128')
  })

  it('a table with a stray blank between its rows goes on', () => {
    for (const source of [' |\n\n |', ' |\n\n | ', '| a |\n\n | b |\n | c |'])
      assert.isNotNull(rendered(source).querySelector('table'))
    assert.include(rendered('| a |\n\n | b |\n | c |').textContent, 'c')
  })

  it('no word is lost', () => {
    const plain = pieces.filter((piece) => !/[(`]|http/.test(piece))
    const parts = fc.array(fc.oneof(fc.constantFrom(...plain, '`', '\n```\n'), fc.constant('@')), { maxLength: 40 })
    fc.assert(
      fc.property(parts, (some) => {
        let count = 0
        const source = some.map((part) => (part === '@' ? `w${(count += 1)}w` : part)).join('')
        const text = rendered(source).textContent ?? ''
        for (let at = 1; at <= count; at += 1) assert.include(text, `w${at}w`, JSON.stringify(source))
      }),
      { numRuns: 1_000 },
    )
  }).timeout(20_000)

  it('a thousand levels are flattened, and nothing is lost', () => {
    const depth = (node: Element): number => 1 + Math.max(0, ...[...node.children].map(depth))
    for (const mark of ['> ', '- ', '*a ', '**b ', '[', '~~c ', '_d ']) {
      const root = rendered(`${mark.repeat(1_000)}end`)
      assert.isBelow(depth(root), 24, mark)
      assert.include(root.textContent, 'end')
    }
  })
})
