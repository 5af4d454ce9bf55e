/**
 * What a page may use of the element, as Markdown: made from the custom-elements manifest, which the analyzer reads off
 * the element's own doc tags. Whatever is private stays out.
 */
import { analyzeElement, fieldsOf, rows as list, type Entry } from './analyze-element.ts'

/** The text of ELEMENT.md. */
export async function elementDocs(): Promise<string> {
  const element = await analyzeElement()
  const about = `${String(element['description'])} Made from the element's doc tags by \`npm run docs:element\`.`
  return `${['# `<vibethink-twin>`', about, ...docsOf(element)].join('\n\n')}\n`
}

/** All that a page may use, section by section. */
export function docsOf(element: Entry): string[] {
  const members = list(element['members']).filter(({ privacy = 'public' }) => privacy === 'public')
  const fields = members.filter(({ kind }) => kind === 'field')
  const shared = (entry: Entry): boolean =>
    !entry['fieldName'] || fields.some(({ name }) => name === entry['fieldName'])
  return [
    '## Attributes',
    table(
      ['attribute', 'property', 'default', ''],
      list(element['attributes'])
        .filter(shared)
        .map((entry) => [code(entry['name']), code(entry['fieldName']), code(entry['default']), entry['description']]),
    ),
    '## Properties',
    'Set by script; they have no attribute.',
    table(
      ['property', 'type', ''],
      fields
        .filter(({ attribute }) => !attribute)
        .map(({ name, type, description: words }) => [code(name), code(text(type)), words]),
    ),
    '## Methods',
    "The same, before the element is there: `(window.VibeThinkTwin ||= []).push(['open'])`, or `['send', 'Hello']`. What shows nothing waits until somebody wants the panel. An element inside a shadow root of the page is out of sight there: `.push(element)` hands it over.",
    table(
      ['method', 'answers', ''],
      members
        .filter(({ kind }) => kind === 'method')
        .map((method) => [
          code(signature(method)),
          code(text(fieldsOf(method['return'])['type'])),
          method['description'],
        ]),
    ),
    '## Events',
    'All of them bubble and cross shadow roots. They carry ids, codes and counts; words only with `event-words`.',
    table(
      ['event', 'type', ''],
      list(element['events']).map(({ name, type, description: words }) => [code(name), code(text(type)), words]),
    ),
    '## Parts',
    'For `vibethink-twin::part(launcher) { … }`.',
    table(
      ['part', ''],
      list(element['cssParts']).map(({ name, description: words }) => [code(name), words]),
    ),
    '## Slots',
    table(
      ['slot', ''],
      list(element['slots']).map(({ name, description: words }) => [code(name), words]),
    ),
    '## States',
    'For `vibethink-twin:state(open) { … }`.',
    table(
      ['state', ''],
      list(element['cssStates']).map(({ name, description: words }) => [code(name), words]),
    ),
    '## Tokens',
    'Custom properties, set on the element or anything around it.',
    table(
      ['token', 'default', ''],
      list(element['cssProperties']).map((entry) => [
        code(entry['name']),
        code(entry['default']),
        entry['description'],
      ]),
    ),
  ]
}

/** `open({ byPerson })`: the names alone, since a default is the element's own business. */
function signature({ name, parameters }: Entry): string {
  const names = list(parameters).map((parameter) => String(parameter['name']).replace(/ = [^,}]+(?= })/, ''))
  return `${String(name)}(${names.join(', ')})`
}

function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cell = (value: unknown): string => (value ? ` ${String(value).replaceAll('|', '\\|')} ` : ' ')
  const line = (cells: readonly unknown[]): string => `|${cells.map(cell).join('|')}|`
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

const code = (value: unknown): string => (value && value !== "''" ? `\`${String(value)}\`` : '')
const text = (type: unknown): unknown => fieldsOf(type)['text']
