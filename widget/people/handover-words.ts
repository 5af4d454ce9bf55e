/** Who answers, in words. */
import type { Controller } from '../../schema/wire/frames.ts'
import type { Say } from '../element/tools-port.ts'
import type { People } from '../session/conversation-state.ts'

/** What is said when somebody else begins to answer. */
export function handoverWords(controller: Controller, person: string, name: string, say: Say): string {
  switch (controller) {
    case 'twin':
      return say('twin_again', { name })
    case 'held':
      return say('person_checks', { name })
    case 'human':
      return say('person_answers', { person, name })
  }
}

/** How things stand; undefined when there is only the twin. */
export function standingWords({ controller, names, changes }: People, name: string, say: Say): string | undefined {
  const taker = changes.at(-1)?.person
  const person = names.find((one) => one === taker) ?? names[0]
  if (controller === 'held') return say('person_checks', { name })
  if (person !== undefined) return say(controller === 'human' ? 'person_answers' : 'person_joined', { person, name })
  return controller === 'human' ? say('person_away', { name }) : undefined
}
