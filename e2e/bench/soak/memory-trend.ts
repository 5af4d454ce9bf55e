/** Does a process grow? Pure: samples in, a judgement out. */
import { median } from '../token/statistics.ts'

export interface MemorySample {
  /** Seconds since the run began. */
  readonly second: number
  readonly megabytes: number
}

export interface MemoryTrend {
  readonly startMb: number
  readonly endMb: number
  readonly slopeMbPerHour: number
  readonly isFlat: boolean
}

/** A process that has just begun grows to the size of its work. */
const WARM_UP_SHARE = 1 / 3
/** Heaps breathe; what stays within this between two halves is no growth. */
const BREATH_SHARE = 0.05

/** Of what comes after the warm-up; the first and the last of it are medians, since a collection may lie in between. */
export function memoryTrend(samples: readonly MemorySample[]): MemoryTrend {
  const settled = samples.slice(Math.floor(samples.length * WARM_UP_SHARE))
  if (settled.length < 3) throw new Error('Too few samples of memory for a trend.')
  const half = Math.floor(settled.length / 2)
  const startMb = median(settled.slice(0, half).map(({ megabytes }) => megabytes))
  const endMb = median(settled.slice(-half).map(({ megabytes }) => megabytes))
  return {
    startMb,
    endMb,
    slopeMbPerHour: slopeASecond(settled) * 3_600,
    isFlat: endMb <= startMb * (1 + BREATH_SHARE),
  }
}

/** Least squares. */
function slopeASecond(samples: readonly MemorySample[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const second = mean(samples.map((sample) => sample.second))
  const megabytes = mean(samples.map((sample) => sample.megabytes))
  let covariance = 0
  let variance = 0
  for (const sample of samples) {
    covariance += (sample.second - second) * (sample.megabytes - megabytes)
    variance += (sample.second - second) ** 2
  }
  return variance === 0 ? 0 : covariance / variance
}
