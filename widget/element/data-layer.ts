/** `analytics="datalayer"`: the page's tag manager hears what the page hears, without a word of anybody's. */
import type { Happening } from './happenings.ts'

export function toDataLayer({ name, detail }: Happening): void {
  const { text: _text, ...ids }: Record<string, unknown> = { ...detail }
  try {
    const layer: unknown = Reflect.get(window, 'dataLayer') ?? []
    Reflect.set(window, 'dataLayer', layer)
    const { push }: { readonly push?: unknown } = Object(layer)
    if (typeof push === 'function') Reflect.apply(push, layer, [{ event: name, ...ids }])
  } catch {
    // The page's own affair.
  }
}
