/** Who answers a conversation: the twin, a person, or the twin under a person's eyes. */
import type { Controller } from '../../schema/wire/frames.ts'
import type { Facts } from './facts.ts'

export interface Control {
  current(): Controller
  set(controller: Controller): void
  /** Call it in the transaction that erases the conversation. */
  erase(): void
}

/** The controller in a room's facts. */
export function openControl(facts: Facts): Control {
  let controller = readController(facts.read('controller'))

  return {
    current: () => controller,
    set(next) {
      facts.write('controller', next)
      controller = next
    },
    erase() {
      facts.forget('controller')
      controller = 'twin'
    },
  }
}

/** What is none of the three was never written here; then nobody but a person may speak. */
function readController(value: unknown): Controller {
  return value === undefined || value === 'twin' ? 'twin' : value === 'held' ? 'held' : 'human'
}
