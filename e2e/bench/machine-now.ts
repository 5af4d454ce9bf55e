/** Milliseconds that all processes of one machine agree on. */
export function machineNow(): number {
  return performance.timeOrigin + performance.now()
}
