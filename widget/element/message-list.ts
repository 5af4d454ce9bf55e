/**
 * The messages of a log, each under its id: one that is new is made, one that has changed is rendered again, and whatever
 * stands is left alone, so that a word more costs one message and not a thousand. Of many new ones the newest are made at
 * once, a window full, and the rest a little at a time.
 */
import { noChange, type TemplateResult } from 'lit'
import { insertPart, removePart, setChildPartValue } from 'lit/directive-helpers.js'
import { Directive, directive, type ChildPart } from 'lit/directive.js'

export interface Item {
  readonly key: string
  /** All that its look depends on. */
  readonly seen: readonly unknown[]
  readonly view: () => TemplateResult
}

interface Shown {
  readonly part: ChildPart
  seen: readonly unknown[]
}

/** Lower than any message: so many fill a window. */
const ITEM_PX = 50
/** A frame has room for it. */
const SLICE_MS = 10

class MessageList extends Directive {
  readonly #shown = new Map<string, Shown>()

  override render(_items: readonly Item[], _onRest?: () => void): unknown {
    return noChange
  }

  override update(list: ChildPart, [items, onRest]: [readonly Item[], (() => void)?]): unknown {
    const shown = this.#shown
    let places = innerHeight / ITEM_PX
    const until = performance.now() + SLICE_MS
    const kept = new Set(items.map(({ key }) => key))
    for (const [key, { part }] of shown) {
      if (kept.has(key)) continue
      removePart(part)
      shown.delete(key)
    }
    let next: ChildPart | undefined
    for (let index = items.length - 1; index >= 0; index--) {
      const item = items[index]
      if (!item || !kept.delete(item.key)) continue // the same id twice: the later one stands
      const { key, seen, view } = item
      if (onRest && !shown.has(key) && places-- < 0 && performance.now() > until) {
        onRest()
        break
      }
      const one = shown.get(key) ?? { part: insertPart(list, next), seen: [] }
      if (one.part.endNode?.nextSibling !== (next ? next.startNode : list.endNode)) insertPart(list, next, one.part)
      if (seen.length !== one.seen.length || seen.some((fact, at) => fact !== one.seen[at])) {
        setChildPartValue(one.part, view())
        one.seen = seen
      }
      shown.set(key, one)
      next = one.part
    }
    return noChange
  }
}

/** `${messageList(items, onRest)}` between tags; with `onRest`, which is called when some are left for the host's next update, not all at once. */
export const messageList = directive(MessageList)
