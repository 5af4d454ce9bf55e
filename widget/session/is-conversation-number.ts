import { MAX_CONVERSATIONS_A_VISITOR } from '../../schema/wire/limits.ts'

/** Is this a number a visitor's conversation may have? */
export function isConversationNumber(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number < MAX_CONVERSATIONS_A_VISITOR
}
