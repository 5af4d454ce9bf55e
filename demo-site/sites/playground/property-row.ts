/** A property that no attribute sets: a function is chosen among what a page would write, anything else is JSON. */
import type { Facts, PropertyFact } from './facts.ts'
import { jsonProblem } from './field.ts'
import { make, prose } from './make.ts'
import { errorWords } from './method-row.ts'
import { proofFor } from './proof.ts'
import type { Stage } from './stage.ts'

type Note = (name: string, words: string, mark?: string) => void

export function propertyRow(property: PropertyFact, facts: Facts, stage: Stage, note: Note): HTMLElement {
  const { name, description, type } = property
  const id = `properties-${name}`
  const label = make('label', { class: 'name', text: name, attributes: { for: id } })
  const about = make('p', { class: 'about', attributes: { id: `${id}-about` } }, prose(description))
  const input = property.isFunction ? functionChoice(property, facts, stage, note) : jsonValue(property, stage, note)
  input.control.id = id
  input.control.setAttribute('aria-describedby', `${id}-about`)
  return make(
    'div',
    { class: 'field json', attributes: { 'data-entry': id } },
    make('div', { class: 'label' }, label, make('span', { class: 'aside', text: type })),
    input.control,
    ...input.beside,
    about,
  )
}

interface Control {
  readonly control: HTMLElement
  readonly beside: readonly HTMLElement[]
}

/** What stands on the element now can be read, changed and given back. */
function jsonValue({ name }: PropertyFact, stage: Stage, note: Note): Control {
  const control = make('textarea', { attributes: { rows: '3', spellcheck: 'false' } })
  const problem = make('p', { class: 'problem' })
  const read = make('button', { class: 'quiet', text: 'Read', attributes: { type: 'button' } })
  const write = make('button', { class: 'quiet', text: 'Set', attributes: { type: 'button' } })
  read.setAttribute('aria-label', `Read ${name} off the element`)
  write.setAttribute('aria-label', `Set ${name} on the element`)
  read.addEventListener('click', () => {
    control.value = JSON.stringify(Reflect.get(stage.element ?? {}, name), null, 2) ?? ''
  })
  write.addEventListener('click', () => {
    problem.textContent = jsonProblem(control.value)
    if (problem.textContent || !stage.element) return
    Reflect.set(stage.element, name, JSON.parse(control.value))
    note(`.${name}`, 'set')
  })
  return { control, beside: [make('div', { class: 'buttons' }, read, write), problem] }
}

/** No code is run here that was typed here: the page offers what it has. */
function functionChoice({ name }: PropertyFact, facts: Facts, stage: Stage, note: Note): Control {
  const control = make('select', {}, make('option', { text: 'as it is', attributes: { value: '' } }))
  const option = (value: string, text: string): HTMLOptionElement => make('option', { text, attributes: { value } })
  if (name === 'tokenProvider') {
    control.append(...facts.members.map((member) => option(member.id, `${member.name} is signed in`)))
  } else control.append(option('told', 'tell of every call'))
  const first = new WeakMap<HTMLElement, unknown>()
  control.addEventListener('change', () => {
    const host = stage.element
    if (!host) return
    if (!first.has(host)) first.set(host, Reflect.get(host, name))
    const own = first.get(host)
    const { value } = control
    Reflect.set(host, name, value === '' ? own : value === 'told' ? told(own) : () => proofFor(value))
    note(`.${name}`, control.selectedOptions[0]?.text ?? '')
  })
  const told =
    (own: unknown) =>
    (...values: readonly unknown[]): unknown => {
      note(`.${name}()`, values.map((value) => JSON.stringify(value)).join(', '))
      try {
        return typeof own === 'function' ? Reflect.apply(own, undefined, values) : undefined
      } catch (error) {
        note(`.${name}()`, errorWords(error), 'threw')
        throw error
      }
    }
  return { control, beside: [] }
}
