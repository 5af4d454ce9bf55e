/** A browser, the product and its peers behind one front: what every bench of the browser needs. */
import type { Browser } from 'playwright-core'
import { CAST } from '../../../schema/local/cast.ts'
import { launchChromium } from '../../chromium/launch-chromium.ts'
import { startStack } from '../../stack.ts'
import type { Stack } from '../../stack.ts'
import { letRepliesBeLong } from '../let-replies-be-long.ts'
import { startFront } from './front.ts'
import type { Front } from './front.ts'

export interface World {
  readonly browser: Browser
  readonly front: Front
  readonly stack: Stack
  readonly deploymentId: string
  stop(): Promise<void>
}

/** Nothing but the bench's own servers is there: a peer's fonts from afar fail at once and cost it no wait. */
const ALONE = '--host-resolver-rules=MAP *.localhost 127.0.0.1,MAP * ~NOTFOUND,EXCLUDE 127.0.0.1'

/** As in production. */
const PATIENT = { MODEL_FIRST_TOKEN_TIMEOUT_MS: '20000', MODEL_IDLE_TIMEOUT_MS: '15000' }

/** Needs the built widget and Worker. */
export async function startWorld(): Promise<World> {
  const stops: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    for (const end of stops.toReversed()) await end().catch(() => undefined)
  }
  try {
    const stack = await startStack({ openai: true, vars: PATIENT })
    stops.push(() => stack.stop())
    const front = await startFront(stack.ports.worker)
    stops.push(() => front.close())
    const deploymentId = CAST.deployments.remyWidget
    await Promise.all([letRepliesBeLong(stack), allowPages(stack, deploymentId, front.pageOrigin)])
    const browser = await launchChromium([ALONE])
    stops.push(() => browser.close())
    return { browser, front, stack, deploymentId, stop }
  } catch (failure) {
    await stop()
    throw failure
  }
}

async function allowPages({ platformUrl, adminKey }: Stack, deploymentId: string, origin: string): Promise<void> {
  const answer = await fetch(`${platformUrl}/admin/v1/deployments/${deploymentId}/allowed-domains`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ origin }),
  })
  if (!answer.ok) throw new Error(`The bench's page could not be allowed: ${await answer.text()}`)
}
