/**
 * Named values under one prefix of the page's storage. Storage is the page's: it may be denied, full, or no storage at
 * all, and anything may have written there. What it does not keep, memory keeps until the page goes. Never throws.
 */
import type { Persistence } from './twin-session.ts'

export interface VisitorArea {
  /** Empty when there is none. */
  get(name: string): string
  set(name: string, value: string): void
  remove(name: string): void
  /** Names that begin so, without that beginning. */
  names(beginning: string): string[]
}

/** The area of a prefix; even reading the property of the window may throw. */
export function openVisitorArea(prefix: string, persist: Persistence): VisitorArea {
  const memory = new Map<string, string>()
  const attempt = <T>(act: (storage: Storage) => T): T | undefined => {
    try {
      return persist === 'none' ? undefined : act(persist === 'local' ? localStorage : sessionStorage)
    } catch {
      return
    }
  }
  return {
    get(name) {
      const kept: unknown = memory.get(name) ?? attempt((storage) => storage.getItem(prefix + name))
      return typeof kept === 'string' ? kept : ''
    },
    set(name, value) {
      const isKept = attempt((storage) => {
        storage.setItem(prefix + name, value)
        return storage.getItem(prefix + name) === value
      })
      if (isKept) memory.delete(name)
      else memory.set(name, value)
    },
    remove(name) {
      memory.delete(name)
      attempt((storage) => storage.removeItem(prefix + name))
    },
    names(beginning) {
      const stored = attempt((storage) => [...Array(storage.length).keys()].map((at) => `${storage.key(at)}`)) ?? []
      const whole = prefix + beginning
      const found = new Set([...stored, ...[...memory.keys()].map((name) => prefix + name)])
      return [...found].flatMap((key) => (key.startsWith(whole) ? key.slice(whole.length) : []))
    },
  }
}
