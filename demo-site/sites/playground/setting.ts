/** What somebody has chosen in the playground: the one thing that stage and snippet are both made from. */
import type { AttributeFact, ElementFacts } from './facts.ts'

export interface Setting {
  /** As they will stand on the element, by name; what equals its default is not here. */
  readonly attributes: ReadonlyMap<string, string>
  /** Words for a slot, by its name. */
  readonly slots: ReadonlyMap<string, string>
  /** Values of `--twin-*` tokens. */
  readonly tokens: ReadonlyMap<string, string>
  /** Declarations for a part, such as `border-radius: 0`. */
  readonly parts: ReadonlyMap<string, string>
}

export type Chapter = keyof Setting

/** The setting with one value changed; an empty one takes it back. A map keeps the manifest's order, as snippets do. */
export function changed(
  setting: Setting,
  element: ElementFacts,
  chapter: Chapter,
  name: string,
  value: string | undefined,
): Setting {
  const values = new Map(setting[chapter])
  if (value === undefined) values.delete(name)
  else values.set(name, value)
  const order = element[chapter].map((fact) => fact.name)
  const sorted = [...values].toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  return { ...setting, [chapter]: new Map(sorted) }
}

/** What an attribute comes to: undefined where the element would do the same without it. */
export function attributeValue({ name, kind, usual }: AttributeFact, value: string, cdn: string): string | undefined {
  const trimmed = kind === 'text' ? value : value.trim()
  if (trimmed === '' || trimmed === usual) return undefined
  if (name === 'server-url' && trimmed.replace(/\/$/, '') === cdn) return undefined
  return trimmed
}
