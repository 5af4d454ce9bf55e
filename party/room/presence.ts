/**
 * Who is here. Somebody with several tabs comes once and goes once. Visitors are told of people; people are told of
 * everybody. Nothing of it is kept: after a sleep the sockets themselves say who they are.
 */
import type { PresenceFrame } from '../../schema/wire/frames.ts'
import type { LineHolder } from '../core/line-holder.ts'
import type { Connections, Listener } from './connections.ts'

export interface Presence {
  /** The line has said hello: from here on it hears what everybody hears. */
  arrive(listener: Listener): void
  /** The line is no more. A second time changes nothing. */
  leave(listener: Listener): void
  /** Names of the people of the celebrity's side. */
  people(): string[]
}

export interface PresenceParts {
  readonly connections: Connections
  /** The last number of the conversation. */
  seq(): number
}

/** Presence in a room. */
export function roomPresence({ connections, seq }: PresenceParts): Presence {
  const gone = new WeakSet<Listener>()

  function here(): LineHolder[] {
    return connections.here().map(({ holder }) => holder)
  }

  function people(): string[] {
    return [...new Set(here().flatMap((holder) => (holder.role === 'person' ? [holder.claims.name] : [])))]
  }

  function isHere(one: LineHolder): boolean {
    if (one.role === 'visitor') return here().some(({ role }) => role === 'visitor')
    return people().includes(one.claims.name)
  }

  function frame(): string {
    const visitor = here().some(({ role }) => role === 'visitor')
    return JSON.stringify({ type: 'presence', seq: seq(), visitor, people: people() } satisfies PresenceFrame)
  }

  function tell({ role }: LineHolder): void {
    connections.tell('person', frame())
    if (role === 'person') connections.tell('visitor', frame())
  }

  return {
    arrive(listener) {
      const { holder } = listener
      const isKnown = isHere(holder)
      connections.greet(listener)
      if (!isKnown) tell(holder)
      else if (holder.role === 'person') listener.send(frame())
    },
    leave(listener) {
      if (gone.has(listener)) return
      gone.add(listener)
      connections.forget(listener)
      if (listener.isGreeted && !isHere(listener.holder)) tell(listener.holder)
    },
    people,
  }
}
