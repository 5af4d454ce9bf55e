import { describe, expect, it } from 'vitest'
import type { AttributeFact, ElementFacts } from './facts.ts'
import { attributeValue, changed, type Setting } from './setting.ts'
import { snippet, styleOf } from './snippet.ts'

const CDN = 'https://cdn.example'
const fact = (name: string, kind: AttributeFact['kind'] = 'text', usual = ''): AttributeFact => ({
  name,
  kind,
  usual,
  description: '',
  property: undefined,
  words: [],
})
const attributes = [
  fact('deployment-id', 'deployment'),
  fact('open', 'flag'),
  fact('mode', 'words', 'bubble'),
  fact('text-contents', 'json'),
]
const element: ElementFacts = {
  attributes,
  properties: [],
  methods: [],
  events: [],
  parts: [{ name: 'panel', description: '' }],
  slots: [{ name: 'header', description: '' }],
  states: [],
  tokens: [{ name: '--twin-offset', description: '', usual: '24px', kind: 'text' }],
}
const empty: Setting = {
  attributes: new Map([['deployment-id', 'd1']]),
  slots: new Map(),
  tokens: new Map(),
  parts: new Map(),
}
const of = (setting: Setting, form: 'script' | 'element' = 'script') => snippet({ setting, attributes, cdn: CDN, form })

describe('the snippet', () => {
  it('is one tag when nothing was set', () => {
    expect(of(empty)).toBe(
      '<script async crossorigin src="https://cdn.example/v1/embed/d1/twin.js" data-deployment-id="d1"></script>',
    )
  })

  it('is the element where it shall stand', () => {
    const setting = changed(
      changed(empty, element, 'attributes', 'open', 'true'),
      element,
      'slots',
      'header',
      'Live & <now>',
    )
    expect(of(setting, 'element').split('\n')).toEqual([
      '<script async crossorigin src="https://cdn.example/v1/embed/d1/twin.js"></script>',
      '<vibethink-twin deployment-id="d1" open>',
      '  <span slot="header">Live &amp; &lt;now></span>',
      '</vibethink-twin>',
    ])
  })

  it('says in the address that the twin stands open in the page', () => {
    expect(of(changed(empty, element, 'attributes', 'mode', 'page'), 'element')).toContain(
      '/v1/embed/d1/twin.js?mode=page"',
    )
  })

  it('holds what was typed, whatever it is', () => {
    const json = '{"send": "Say \\"now\\" & <b>"}'
    expect(of(changed(empty, element, 'attributes', 'text-contents', json))).toContain(
      'data-text-contents="{&quot;send&quot;: &quot;Say \\&quot;now\\&quot; &amp; &lt;b>&quot;}"',
    )
  })

  it('keeps the order of the manifest, however things were set', () => {
    const later = changed(changed(empty, element, 'attributes', 'mode', 'page'), element, 'attributes', 'open', 'true')
    expect([...later.attributes.keys()]).toEqual(['deployment-id', 'open', 'mode'])
    expect([...changed(later, element, 'attributes', 'open', undefined).attributes.keys()]).toEqual([
      'deployment-id',
      'mode',
    ])
  })

  it('pins a version by its digest, which a browser checks across origins only with crossorigin', () => {
    const pinned = { src: `${CDN}/v1/0.1.0/twin.js`, integrity: 'sha384-abc' }
    expect(snippet({ setting: empty, attributes, cdn: CDN, form: 'script', pinned })).toMatch(
      / crossorigin src="https:\/\/cdn\.example\/v1\/0\.1\.0\/twin\.js"\s+integrity="sha384-abc"/,
    )
  })

  it('has a style sheet that cannot end its own element', () => {
    const parts = new Map([['panel', 'content: "</style><script>"']])
    const sheet = styleOf({ tokens: new Map([['--twin-offset', '8px']]), parts })
    expect(sheet).toContain('vibethink-twin {\n  --twin-offset: 8px;\n}')
    expect(sheet).toContain('vibethink-twin::part(panel) {\n  content: "\\3c /style>\\3c script>";\n}')
    expect(of({ ...empty, parts }).match(/<\/style>/g)).toHaveLength(1)
  })
})

describe('an attribute comes to nothing', () => {
  it.each([
    ['when it is empty', fact('locale'), ''],
    ['when it equals its default', fact('mode', 'words', 'bubble'), 'bubble'],
    ['when it names the server that is there anyway', fact('server-url', 'address'), `${CDN}/`],
  ])('%s', (_case, given, value) => {
    expect(attributeValue(given, value, CDN)).toBeUndefined()
  })

  it('and else is as it was typed', () => {
    expect(attributeValue(fact('launcher-label'), ' Ask ', CDN)).toBe(' Ask ')
    expect(attributeValue(fact('theme', 'words'), 'dark', CDN)).toBe('dark')
  })
})
