import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { analyzeElement } from '../../widget/build/analyze-element.ts'
import type { ElementFacts } from '../sites/playground/facts.ts'
import { elementFacts } from './element-facts.ts'

let element: ElementFacts
beforeAll(async () => {
  element = elementFacts(await analyzeElement())
})

describe('the facts of the element', () => {
  it('are all that its documentation names, and nothing private', async () => {
    const docs = await readFile(new URL('../../widget/ELEMENT.md', import.meta.url), 'utf8')
    const documented = [...docs.matchAll(/^\| `([\w:-]+)/gm)].flatMap(([, name]) => name ?? [])
    const known = [
      element.attributes,
      element.properties,
      element.methods,
      element.events,
      element.parts,
      element.slots,
      element.states,
      element.tokens,
    ].flatMap((facts) => facts.map(({ name }) => name))
    expect(known).toEqual(documented)
    expect(known.length).toBeGreaterThan(80)
  })

  it.each([
    ['deployment-id', 'deployment', []],
    ['server-url', 'address', []],
    ['locale', 'language', []],
    ['theme', 'words', ['light', 'dark', 'auto']],
    ['mode', 'words', ['bubble', 'popup', 'inline', 'page']],
    ['position', 'words', ['bottom-right', 'bottom', 'bottom-left', 'top-right', 'top', 'top-left']],
    ['launcher', 'words', ['face', 'pill', 'icon']],
    ['persist', 'words', ['local', 'session', 'none']],
    ['consent', 'words', ['required']],
    ['analytics', 'words', ['datalayer']],
    ['proactive', 'words', ['off']],
    ['proactive-delay', 'number', []],
    ['launcher-label', 'text', []],
    ['privacy-url', 'address', []],
    ['text-contents', 'json', []],
    ['dynamic-variables', 'json', []],
    ['open', 'flag', undefined],
    ['event-words', 'flag', []],
    ['refused', 'told', []],
  ])('ask for %s as %s', (name, kind, words) => {
    const fact = element.attributes.find((one) => one.name === name)
    expect(fact).toMatchObject({ kind, ...(words && { words }) })
  })

  it('know the default that the manifest has as code', () => {
    const usual = element.attributes.filter((fact) => fact.usual !== '').map((fact) => [fact.name, fact.usual])
    expect(usual).toEqual([['mode', 'bubble']])
  })

  it('take an options object apart, and tell a text from an object', () => {
    const parameters = Object.fromEntries(element.methods.map((method) => [method.name, method.parameters]))
    expect(parameters).toMatchObject({
      open: [{ name: 'byPerson', kind: 'flag', isOption: true }],
      close: [{ name: 'byPerson', kind: 'flag', isOption: true }],
      send: [{ name: 'text', kind: 'text', isOption: false }],
      identify: [{ name: 'proof', kind: 'text', isOption: false }],
      setContext: [{ name: 'facts', kind: 'json', isOption: false }],
      stop: [],
    })
  })

  it('say which events take a no', () => {
    expect(element.events.filter(({ isCancelable }) => isCancelable).map(({ name }) => name)).toEqual([
      'twin:before-send',
    ])
  })

  it('refuse an entry without a name', () => {
    expect(() => elementFacts({ slots: [{ description: 'Nameless.' }] })).toThrow('without a name')
  })
})
