/** What a process has used of the processors so far, in milliseconds; Linux alone tells. */
import { readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second, whatever the kernel's own beat is. */
const MS_A_TICK = 10

export function processorMs(pid: number): number {
  // the name in parentheses may hold spaces; fields 14 and 15 of proc(5) are utime and stime
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * MS_A_TICK
}
