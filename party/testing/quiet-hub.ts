/** A hub that knows nothing worth telling. */
import type { DeploymentHub } from '../core/ports.ts'

export const QUIET_HUB: DeploymentHub = {
  enter: () => Promise.resolve({ epoch: 0, refusal: null, until: null }),
  leave: () => Promise.resolve(),
}
