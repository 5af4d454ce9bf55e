/** A method as it is called: a field for each argument, a button, and what it answered. */
import type { Facts, MethodFact, ParameterFact } from './facts.ts'
import { jsonProblem } from './field.ts'
import { make, prose } from './make.ts'
import { proofFor } from './proof.ts'
import { QUEUED, type Stage } from './stage.ts'

type Argument = { readonly row: HTMLElement; readonly parameter: ParameterFact; read(): unknown }

export function methodRow(
  method: MethodFact,
  facts: Facts,
  stage: Stage,
  note: (name: string, words: string, mark?: string) => void,
): HTMLElement {
  const { name, description, answers, parameters } = method
  const about = make('p', { class: 'about', attributes: { id: `methods-${name}-about` } }, prose(description))
  const answer = make('output', { class: 'answer' })
  const given = parameters.map((parameter) => argumentOf(name, parameter, facts))
  const button = make('button', {
    text: `${name}()`,
    attributes: { type: 'submit', 'aria-describedby': `methods-${name}-about` },
  })
  const form = make(
    'form',
    { class: 'method', attributes: { 'data-entry': `methods-${name}` } },
    make('div', { class: 'call' }, button, make('span', { class: 'aside', text: answers })),
    ...given.map(({ row }) => row),
    about,
    answer,
  )
  const tell = (words: string, isBad: boolean): void => {
    answer.textContent = words
    answer.classList.toggle('bad', isBad)
    note(`${name}()`, words, isBad ? 'rejected' : '')
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void call().catch((error: unknown) => tell(errorWords(error), true))
  })
  async function call(): Promise<void> {
    const options = given.filter(({ parameter }) => parameter.isOption)
    const values = given.filter(({ parameter }) => !parameter.isOption).map(({ read }) => read())
    const chosen = options
      .map(({ parameter, read }) => [parameter.name, read()] as const)
      .filter(([, v]) => v !== undefined)
    if (chosen.length > 0) values.push(Object.fromEntries(chosen))
    const called = stage.call(name, values)
    if (called === QUEUED) return tell('waits in the queue until the panel has come', false)
    const value = await called
    tell(value === undefined ? 'done' : JSON.stringify(value), false)
  }
  return form
}

function argumentOf(method: string, parameter: ParameterFact, facts: Facts): Argument {
  const id = `methods-${method}-${parameter.name}`
  const label = make('label', { class: 'name', text: parameter.name, attributes: { for: id } })
  if (parameter.kind === 'flag') {
    const words = [
      ['', 'not given'],
      ['true', 'true'],
      ['false', 'false'],
    ] as const
    const select = make('select', { attributes: { id } })
    select.append(...words.map(([value, text]) => make('option', { text, attributes: { value } })))
    const row = make('div', { class: 'argument' }, label, select)
    return { row, parameter, read: () => (select.value === '' ? undefined : select.value === 'true') }
  }
  if (parameter.kind === 'json') {
    const area = make('textarea', { attributes: { id, rows: '2', spellcheck: 'false' } })
    const keys = facts.deployments[0]?.contextKeys.slice(0, 2) ?? []
    area.value = JSON.stringify(Object.fromEntries(keys.map((key, index) => [key, index ? '2–1' : 'Halden – Norwick'])))
    const read = (): unknown => {
      const problem = jsonProblem(area.value)
      if (problem) throw new TypeError(problem)
      return JSON.parse(area.value)
    }
    return { row: make('div', { class: 'argument' }, label, area), parameter, read }
  }
  const input = make('input', { attributes: { id, type: 'text', autocomplete: 'off' } })
  const row = make('div', { class: 'argument' }, label, input)
  if (method === 'send') input.value = 'What was the loudest ground you ever worked?'
  if (method === 'identify') {
    const fills = make('div', { class: 'fills' })
    for (const member of facts.members) {
      const fill = make('button', {
        class: 'quiet',
        text: `${member.name.split(' ')[0]}’s proof`,
        attributes: { type: 'button' },
      })
      fill.addEventListener('click', () => {
        void proofFor(member.id).then(
          (proof) => (input.value = proof),
          (error: unknown) => (input.value = errorWords(error)),
        )
      })
      fills.append(fill)
    }
    row.append(fills)
  }
  return { row, parameter, read: () => input.value }
}

/** As the console would show it. */
export function errorWords(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error && 'message' in error
    ? `${String(error.name)}: ${String(error.message)}`
    : String(error)
}
