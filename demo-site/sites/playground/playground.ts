/**
 * The playground: asks its server for the element's manifest and builds every control from it, so that nothing the
 * element has can be missing here. One setting is kept; the stage shows it and the snippet says it.
 */
import { EventLog } from './event-log.ts'
import type { AttributeFact, Facts, Named, TokenFact } from './facts.ts'
import { field, languageOptions } from './field.ts'
import { make, prose } from './make.ts'
import { methodRow } from './method-row.ts'
import { partRow } from './part-row.ts'
import { propertyRow } from './property-row.ts'
import { attributeValue, changed, type Chapter, type Setting } from './setting.ts'
import { Stage } from './stage.ts'
import { TakeAway } from './take-away.ts'

const facts: Facts = await fetch('/facts.json').then((answer) => answer.json())
const { element } = facts

let setting: Setting = {
  attributes: new Map([['deployment-id', facts.deployments[0]?.id ?? '']]),
  slots: new Map(),
  tokens: new Map(),
  parts: new Map(),
}
const stage = new Stage(find('stage', HTMLIFrameElement), element, setting)
const log = new EventLog(find('events', HTMLOListElement))
const note = (name: string, words: string, mark?: string): void => log.note(name, words, mark)
const takeAway = new TakeAway(facts, setting, find('form', HTMLFormElement), {
  code: find('snippet', HTMLElement),
  policy: find('policy', HTMLElement),
  hint: find('hint', HTMLElement),
})

function set(chapter: Chapter, name: string, value: string | undefined): void {
  if (setting[chapter].get(name) === value) return
  setting = changed(setting, element, chapter, name, value)
  stage.show(setting)
  takeAway.show(setting)
}

const parts = element.parts.map((part) => partRow(part, stage, (rules) => set('parts', part.name, rules)))
const states = element.states.map(stateRow)
chapter('attributes', element.attributes.map(attributeRow))
chapter(
  'properties',
  element.properties.map((property) => propertyRow(property, facts, stage, note)),
)
chapter(
  'methods',
  element.methods.map((method) => methodRow(method, facts, stage, note)),
)
chapter('events-heard', element.events.map(eventRow))
chapter(
  'parts',
  parts.map(({ row }) => row),
)
chapter('slots', element.slots.map(slotRow))
chapter(
  'states',
  states.map(({ row }) => row),
)
chapter('tokens', element.tokens.map(tokenRow))
stageBar()
stage.onEvent = (event) => {
  log.add(event)
  look()
}
setInterval(look, 400) // states and parts tell nobody when they change
document.documentElement.dataset['ready'] = ''

function look(): void {
  for (const { refresh } of [...parts, ...states]) refresh()
  find('refused', HTMLElement).textContent = stage.element?.getAttribute('refused') ?? ''
}

function attributeRow(fact: AttributeFact): HTMLElement {
  const { name, description, kind, property, usual, words } = fact
  if (kind === 'told') {
    const told = make('output', { class: 'told', attributes: { id: 'refused' } })
    return make(
      'div',
      { class: 'field told', attributes: { 'data-entry': `attributes-${name}` } },
      make('div', { class: 'label' }, make('span', { class: 'name', text: name })),
      told,
      make('p', { class: 'about' }, prose(description)),
    )
  }
  const aside = property && property !== name ? `.${property}` : undefined
  const onValue = (value: string): void => set('attributes', name, attributeValue(fact, value, facts.cdn))
  return field({ id: `attributes-${name}`, name, description, kind, usual, words, aside, onValue }, facts)
}

function tokenRow({ name, description, usual, kind }: TokenFact): HTMLElement {
  const id = `tokens-${name.slice(2)}`
  const refuse = (value: string): string =>
    /[;{}]/.test(value) || !isTokenValue(name, value) ? 'No value a style sheet can hold.' : ''
  const onValue = (value: string): void => set('tokens', name, value.trim() || undefined)
  const row = field({ id, name, description, kind, usual, refuse, onValue }, facts)
  if (kind !== 'colour') return row
  const none = make('button', { class: 'quiet', text: 'Take back', attributes: { type: 'button' } })
  none.setAttribute('aria-label', `Take back ${name}`)
  none.addEventListener('click', () => {
    row.classList.remove('set')
    set('tokens', name, undefined)
  })
  row.append(none)
  return row
}

/** Would the token do where the element reads it? */
function isTokenValue(name: string, value: string): boolean {
  if (name.endsWith('z-index')) return CSS.supports('z-index', value)
  if (name.endsWith('family')) return CSS.supports('font-family', value)
  return name.endsWith('accent') || CSS.supports('width', value)
}

function slotRow({ name, description }: Named): HTMLElement {
  const onValue = (value: string): void => set('slots', name, value || undefined)
  return field({ id: `slots-${name}`, name, description, kind: 'text', onValue }, facts)
}

function eventRow({ name, description, type, isCancelable }: Facts['element']['events'][number]): HTMLElement {
  const detail = type.replace(/^CustomEvent<(.*)>$/, '$1')
  const row = make(
    'li',
    { attributes: { 'data-entry': `events-${name}` } },
    make('div', { class: 'label' }, make('span', { class: 'name', text: name }), log.counter(name)),
    make(
      'p',
      { class: 'about' },
      prose(description),
      ...(detail === 'null' ? [] : [' ', make('code', { text: detail })]),
    ),
  )
  if (isCancelable) {
    const box = make('input', { attributes: { type: 'checkbox', role: 'switch' } })
    box.addEventListener('change', () => stage.refused[box.checked ? 'add' : 'delete'](name))
    row.append(make('label', { class: 'say-no' }, box, 'preventDefault() each time'))
  }
  return row
}

function stateRow({ name, description }: Named): { readonly row: HTMLElement; refresh(): void } {
  const lamp = make('output', {
    class: 'lamp',
    text: 'off',
    attributes: { 'aria-label': `Is it in the state ${name}?` },
  })
  const row = make(
    'li',
    { attributes: { 'data-entry': `states-${name}` } },
    make('div', { class: 'label' }, make('span', { class: 'name', text: `:state(${name})` }), lamp),
    make('p', { class: 'about' }, prose(description)),
  )
  const refresh = (): void => {
    const isOn = stage.isIn(name)
    const words = isOn ? 'on' : 'off'
    if (lamp.textContent !== words) lamp.textContent = words
    lamp.classList.toggle('on', isOn)
  }
  return { row, refresh }
}

/** The stage's own switches: the page around the twin. A page with a scheme of its own says so to the twin by `theme`. */
function stageBar(): void {
  const bar = find('bar', HTMLFormElement)
  const table = find('table', HTMLElement)
  const language = find('language', HTMLSelectElement)
  language.append(...languageOptions(facts))
  language.value = 'en'
  language.addEventListener('change', () => {
    const spoken = facts.languages.find(({ tag }) => tag === language.value)
    stage.speak(language.value, spoken?.rightToLeft ?? false)
  })
  bar.addEventListener('submit', (event) => event.preventDefault())
  bar.addEventListener('change', () => {
    const wished = new FormData(bar)
    table.dataset['room'] = String(wished.get('room'))
    fit()
  })
  for (const one of bar.querySelectorAll<HTMLInputElement>('[name=scheme]')) {
    one.addEventListener('change', () => {
      stage.light(one.value)
      const theme = document.getElementById('attributes-theme')
      if (!(theme instanceof HTMLSelectElement)) return
      theme.value = one.value
      theme.dispatchEvent(new Event('change'))
    })
  }
  find('reload', HTMLButtonElement).addEventListener('click', () => stage.reload())
  find('clear', HTMLButtonElement).addEventListener('click', () => log.clear())
  new ResizeObserver(fit).observe(table)
  const back = find('to-stage', HTMLAnchorElement)
  new IntersectionObserver(([seen]) => (back.hidden = seen?.isIntersecting ?? false)).observe(table)
  function fit(): void {
    // A phone keeps its 390 by 844 and is shown as large as there is room.
    const { clientWidth, clientHeight } = table
    const scale = Math.min(1, (clientHeight - 24) / 868, (clientWidth - 24) / 414)
    table.style.setProperty('--scale', String(scale))
  }
}

function chapter(id: string, rows: readonly HTMLElement[]): void {
  find(id, HTMLElement).append(...rows)
  const count = document.querySelector(`[data-count="${id}"]`)
  if (count) count.textContent = String(rows.length)
}

function find<Kind extends HTMLElement>(id: string, kind: abstract new () => Kind): Kind {
  const found = document.getElementById(id)
  if (found instanceof kind) return found
  throw new Error(`The page has no #${id}`)
}
