/** A visitor waits at a door for so long; then what is remembered answers, or an honest "not now". */
import { StoreUnavailable } from '../core/ports.ts'

const TIMEOUT_MS = 4_000

export async function inTime<T>(question: Promise<T>): Promise<T> {
  let stopWaiting = (): void => {}
  const tooLate = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(new StoreUnavailable('the database did not answer in time')), TIMEOUT_MS)
    stopWaiting = () => clearTimeout(timer)
  })
  try {
    return await Promise.race([question, tooLate])
  } finally {
    stopWaiting()
  }
}
