import { randomText } from './random-text.ts'

/** 128 random bits: as good as a UUID, and what a room takes for an id. */
export function newMessageId(): string {
  return randomText(16)
}
