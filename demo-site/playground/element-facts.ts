/**
 * The element as the playground asks for it, read off its declaration in the custom-elements manifest: which control a
 * value gets follows from its type and its words there. Pure.
 */
import { fieldsOf, rows, type Entry } from '../../widget/build/analyze-element.ts'
import type {
  AttributeFact,
  ElementFacts,
  EventFact,
  MethodFact,
  Named,
  ParameterFact,
  PropertyFact,
  TokenFact,
  ValueKind,
} from '../sites/playground/facts.ts'

/** All that a page may use of it; what is private stays out. */
export function elementFacts(element: Entry): ElementFacts {
  const members = rows(element['members']).filter(({ privacy = 'public' }) => privacy === 'public')
  const fields = members.filter(({ kind }) => kind === 'field')
  const isShared = ({ fieldName }: Entry): boolean => !fieldName || fields.some(({ name }) => name === fieldName)
  return {
    attributes: rows(element['attributes']).filter(isShared).map(attributeOf),
    properties: fields.filter(({ attribute }) => !attribute).map(propertyOf),
    methods: members.filter(({ kind }) => kind === 'method').map(methodOf),
    events: rows(element['events']).map(eventOf),
    parts: rows(element['cssParts']).map(named),
    slots: rows(element['slots']).map(named),
    states: rows(element['cssStates']).map(named),
    tokens: rows(element['cssProperties']).map(tokenOf),
  }
}

function attributeOf(entry: Entry): AttributeFact {
  const { name, description } = named(entry)
  const words = wordsOf(description)
  const property = entry['fieldName']
  return {
    name,
    description,
    kind: kindOf(name, description, typeOf(entry['type']), words),
    property: typeof property === 'string' ? property : undefined,
    usual: usualOf(entry['default']),
    words,
  }
}

function kindOf(name: string, description: string, type: string, words: readonly string[]): ValueKind {
  if (description.startsWith('Set by the loader')) return 'told'
  if (type === 'boolean') return 'flag'
  if (name === 'deployment-id') return 'deployment'
  if (description.startsWith('JSON:')) return 'json'
  if (description.startsWith('Seconds')) return 'number'
  if (description.includes('BCP 47')) return 'language'
  if (name.endsWith('-url')) return 'address'
  return words.length > 0 ? 'words' : 'text'
}

/** A value of a few words names them in its description, as `light`; what is no plain word is a name of something else. */
function wordsOf(description: string): readonly string[] {
  return [...description.matchAll(/`([a-z][a-z-]*)`/g)].flatMap(([, word]) => word ?? [])
}

/** The manifest has a default as code: `'bubble'`, `false`. */
function usualOf(code: unknown): string {
  if (typeof code !== 'string' || code === 'false') return ''
  return code.replace(/^'(.*)'$/, '$1')
}

function propertyOf(entry: Entry): PropertyFact {
  const type = typeOf(entry['type'])
  return { ...named(entry), type, isFunction: type.includes('=>') }
}

function methodOf(entry: Entry): MethodFact {
  return {
    ...named(entry),
    answers: typeOf(fieldsOf(entry['return'])['type']),
    parameters: rows(entry['parameters']).flatMap(parametersOf),
  }
}

/** An object that is taken apart, `{ byPerson = … }`, is its members; each of them is a yes or a no. */
function parametersOf(entry: Entry): readonly ParameterFact[] {
  const { name } = named(entry)
  const members = /^\{(.*)\}$/.exec(name)?.[1]
  if (members !== undefined) {
    return members.split(',').map((member) => ({
      name: (member.split('=')[0] ?? '').trim(),
      kind: 'flag',
      isOption: true,
    }))
  }
  const type = typeOf(entry['type'])
  const kind = type === 'boolean' ? 'flag' : type.startsWith('string') ? 'text' : 'json'
  return [{ name, kind, isOption: false }]
}

function eventOf(entry: Entry): EventFact {
  const { name, description } = named(entry)
  return { name, description, type: typeOf(entry['type']), isCancelable: /\bcancelable\b/.test(description) }
}

function tokenOf(entry: Entry): TokenFact {
  const { name, description } = named(entry)
  const usual = usualOf(entry['default'])
  const kind = description.includes('#rrggbb') ? 'colour' : /^\d+$/.test(usual) ? 'number' : 'text'
  return { name, description, usual, kind }
}

function named(entry: Entry): Named {
  const { name, description = '' } = entry
  if (typeof name !== 'string' || typeof description !== 'string') {
    throw new Error(`The manifest has an entry without a name: ${JSON.stringify(entry)}`)
  }
  return { name, description }
}

const typeOf = (type: unknown): string => {
  const { text } = fieldsOf(type)
  return typeof text === 'string' ? text : ''
}
