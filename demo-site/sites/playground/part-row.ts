/** A part: pointed at, it is outlined on the stage; opened, it takes declarations. */
import type { Named } from './facts.ts'
import { make, prose } from './make.ts'
import type { Stage } from './stage.ts'

export interface PartRow {
  readonly row: HTMLElement
  /** Looks again whether the part is on the stage. */
  refresh(): void
}

export function partRow(part: Named, stage: Stage, onRules: (rules: string | undefined) => void): PartRow {
  const id = `parts-${part.name}`
  const seen = make('span', { class: 'count' })
  const button = make(
    'button',
    { class: 'part', attributes: { type: 'button', 'aria-expanded': 'false', 'aria-controls': `${id}-style` } },
    make('span', { class: 'name', text: part.name }),
    seen,
  )
  const problem = make('p', { class: 'problem', attributes: { id: `${id}-problem` } })
  const input = make('input', {
    attributes: {
      type: 'text',
      id: `${id}-rules`,
      placeholder: 'border-radius: 0; …',
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-label': `Declarations for ${part.name}`,
      'aria-describedby': `${id}-problem`,
    },
  })
  const style = make('div', { class: 'rules', attributes: { id: `${id}-style` } }, input, problem)
  style.hidden = true
  const row = make(
    'li',
    { attributes: { 'data-entry': id } },
    button,
    make('p', { class: 'about' }, prose(part.description)),
    style,
  )
  const point = (): void => stage.outline(part.name)
  const leave = (): void => stage.outline(undefined)
  row.addEventListener('pointerenter', point)
  row.addEventListener('pointerleave', leave)
  row.addEventListener('focusin', point)
  row.addEventListener('focusout', leave)
  button.addEventListener('click', () => {
    style.hidden = !style.hidden
    button.setAttribute('aria-expanded', String(!style.hidden))
    if (!style.hidden) input.focus()
  })
  input.addEventListener('input', () => {
    const rules = declarations(input.value)
    const isWrong = rules === undefined && input.value.trim() !== ''
    problem.textContent = isWrong ? 'No declaration a browser knows yet, such as color: teal.' : ''
    input.setAttribute('aria-invalid', String(isWrong))
    row.classList.toggle('set', rules !== undefined)
    if (!isWrong) onRules(rules)
  })
  const refresh = (): void => {
    const count = stage.count(part.name)
    seen.textContent = count === 0 ? 'not now' : count === 1 ? 'on stage' : `${count} on stage`
    row.classList.toggle('away', count === 0)
  }
  return { row, refresh }
}

/** What a browser makes of it, as it would write it; undefined when nothing remains. */
function declarations(text: string): string | undefined {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`x{${text.replaceAll(/[{}]/g, '')}}`)
  const [rule] = sheet.cssRules
  return (rule instanceof CSSStyleRule && rule.style.cssText) || undefined
}
