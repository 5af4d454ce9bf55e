/** Two brands at the same time with contrary guidelines: neither page ever shows what its own side forbids. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { CAST } from '../../schema/local/cast.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { openTwin } from '../wire/open-twin.ts'
import { requestSession } from '../wire/request-session.ts'
import { ask, openPanel, transcript, visit } from './visit.ts'

const BOTH = 'At half-time some take a Solara and some take a Kick Cola, and the whistle blows for all of them.'

let stack: Stack
let browser: Browser

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ openai: true }), launchChromium()])
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

describe.each([
  {
    site: 'solara',
    deploymentId: CAST.deployments.solaraCampaign,
    own: 'Solara',
    forbidden: /kick\s*cola|kick\s*c\b|\bkick\b/i,
  },
  {
    site: 'kickcola',
    deploymentId: CAST.deployments.kickColaCampaign,
    own: 'Kick Cola',
    forbidden: /sol(?:a|ar|ara)?\b/i,
  },
])("on $site's page", ({ site, deploymentId, own, forbidden }) => {
  it.each([
    ['as words', BOTH],
    ['spelled letter by letter', [...BOTH].join('\u200b')],
    ['in capitals', BOTH.toUpperCase()],
  ])('the other brand never reaches the wire, not even in part, when the model says both %s', async (_case, text) => {
    stack.model.next({ text, tokensPerSecond: 200 })
    const origin = stack.site(site).slice(0, -1)
    const session = await requestSession({ port: stack.ports.worker, origin, deploymentId })
    const twin = await openTwin({ platformUrl: stack.platformUrl, origin, session })
    const reply = await twin.ask('What shall I drink at half-time?')
    expect(reply.text.replaceAll('\u200b', '')).not.toMatch(forbidden)
    twin.close()
  })

  it('the page says its own brand, who pays, and never the other', async () => {
    stack.model.next({ text: `A cold ${own} at half-time, if you ask me.`, tokensPerSecond: 60 })
    const { page, context } = await visit(browser, stack.site(site))
    await openPanel(page)
    await ask(page, 'What shall I drink at half-time?')
    await transcript(page).getByText(`A cold ${own} at half-time`).waitFor()
    stack.model.next({ text: BOTH, tokensPerSecond: 60 })
    await ask(page, 'And otherwise?')
    await expect.poll(() => transcript(page).getAttribute('aria-busy')).toBe('false')
    expect(await transcript(page).innerText()).not.toMatch(forbidden)
    await context.close()
  })
})

describe('the built-in model, which knows a text that names both drinks', () => {
  it('keeps the same silence', async () => {
    stack.model.always({ fault: { kind: 'status', status: 500 } })
    const origin = stack.site('solara').slice(0, -1)
    const session = await requestSession({
      port: stack.ports.worker,
      origin,
      deploymentId: CAST.deployments.solaraCampaign,
    })
    const twin = await openTwin({ platformUrl: stack.platformUrl, origin, session })
    const first = await twin.ask('What is in your flask at half-time?')
    expect(first.text).not.toMatch(/kick\s*cola/i)
    twin.close()
  })
})
