/** A value's own control: its name, its input, what it is, and what is wrong with what was typed. */
import type { Facts, ValueKind } from './facts.ts'
import { make, prose } from './make.ts'

export interface FieldWish {
  /** Unique on the page, such as `attributes-locale`. */
  readonly id: string
  readonly name: string
  readonly description: string
  readonly kind: ValueKind | 'colour'
  readonly usual?: string
  readonly words?: readonly string[]
  /** Such as the property beside an attribute. */
  readonly aside?: string | undefined
  readonly value?: string
  /** Only a value that may stand is told; empty when there is none. */
  onValue(value: string): void
  /** A word on a value that has the form but not the sense; empty when it may stand. */
  refuse?(value: string): string
}

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** The row of the panel. */
export function field(wish: FieldWish, facts: Facts): HTMLElement {
  const input = inputOf(wish, facts)
  const problem = make('p', { class: 'problem', attributes: { id: `${wish.id}-problem` } })
  input.id = wish.id
  input.setAttribute('aria-describedby', `${wish.id}-about ${wish.id}-problem`)
  const label = make('label', { class: 'name', text: wish.name, attributes: { for: wish.id } })
  const row = make(
    'div',
    { class: `field ${wish.kind === 'flag' ? 'switch' : wish.kind}`, attributes: { 'data-entry': wish.id } },
    make('div', { class: 'label' }, label, ...(wish.aside ? [make('span', { class: 'aside', text: wish.aside })] : [])),
    input,
    make('p', { class: 'about', attributes: { id: `${wish.id}-about` } }, prose(wish.description)),
    problem,
  )
  const listen = (): void => {
    const { value, wrong } = read(input, wish)
    problem.textContent = wrong
    input.setAttribute('aria-invalid', String(wrong !== ''))
    row.classList.toggle('set', !wrong && value !== '' && value !== (wish.usual ?? ''))
    if (!wrong) wish.onValue(value)
  }
  input.addEventListener(input instanceof HTMLSelectElement ? 'change' : 'input', listen)
  return row
}

function inputOf({ kind, usual = '', words = [], value = '', id }: FieldWish, facts: Facts): Input {
  const plain = { autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' }
  if (kind === 'flag') return make('input', { attributes: { type: 'checkbox', role: 'switch' } })
  if (kind === 'deployment') {
    const choices = facts.deployments.map((one) => make('option', { text: one.name, attributes: { value: one.id } }))
    return make('select', {}, ...choices)
  }
  if (kind === 'words') {
    const none = usual ? [] : [make('option', { text: 'not set', attributes: { value: '' } })]
    const select = make(
      'select',
      {},
      ...none,
      ...words.map((text) => make('option', { text, attributes: { value: text } })),
    )
    select.value = value || usual
    return select
  }
  if (kind === 'language') {
    const none = make('option', { text: 'not set', attributes: { value: '' } })
    return make('select', {}, none, ...languageOptions(facts))
  }
  if (kind === 'json') {
    const area = make('textarea', { attributes: { ...plain, rows: '2', placeholder: '{ }' } })
    area.value = value
    return area
  }
  if (kind === 'number') {
    return make('input', {
      attributes: { ...plain, type: 'number', min: '0', step: 'any', placeholder: usual || 'not set' },
    })
  }
  if (kind === 'address') {
    return make('input', {
      attributes: { ...plain, type: 'url', placeholder: id.includes('server') ? facts.cdn : 'https://' },
    })
  }
  if (kind === 'colour') {
    const input = make('input', { attributes: { type: 'color' } })
    input.value = value || '#3b37d6'
    return input
  }
  const input = make('input', { attributes: { ...plain, type: 'text', placeholder: usual || 'not set' } })
  input.value = value
  return input
}

/** Each by its own name, as its readers call it. */
export function languageOptions({ languages }: Facts): HTMLOptionElement[] {
  return languages.map(({ tag }) => {
    const own = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
    return make('option', { text: `${tag}  ${own}`, attributes: { value: tag } })
  })
}

function read(input: Input, { kind, refuse }: FieldWish): { readonly value: string; readonly wrong: string } {
  if (kind === 'flag') return { value: input instanceof HTMLInputElement && input.checked ? 'true' : '', wrong: '' }
  const { value } = input
  if (input.validity.badInput) return { value, wrong: 'A number is wanted.' }
  if (value.trim() === '') return { value: '', wrong: '' }
  if (kind === 'json') {
    const wrong = jsonProblem(value)
    if (wrong) return { value, wrong }
  }
  if (kind === 'number' && !(Number(value) >= 0)) return { value, wrong: 'A number from nought up is wanted.' }
  if (kind === 'address' && !isWebAddress(value)) return { value, wrong: 'A whole address is wanted: https://…' }
  return { value, wrong: refuse?.(value) ?? '' }
}

/** Why a text is no JSON object; empty when it is one. */
export function jsonProblem(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? ''
      : 'An object is wanted: { "name": "value" }'
  } catch (error) {
    return error instanceof Error ? `No JSON yet: ${error.message}` : 'No JSON yet.'
  }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
