/** Before a person acts: the script, and its look with it or asked for; no storage, no socket, no identifier. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../../schema/local/cast.ts'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { composer, launcher, visit } from './visit.ts'

const REMY = CAST.deployments.remyWidget

let stack: Stack
let browser: Browser

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ openai: false }), launchChromium()])
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

const STORED = `Promise.all([
  Object.keys(localStorage), Object.keys(sessionStorage), document.cookie,
  indexedDB.databases().then((all) => all.length), caches.keys(),
])`

describe('before a person acts', () => {
  it.each([
    ['the script of a deployment asks for nothing more', 'remyvale', '/', `/v1/embed/${REMY}/twin.js`, 0],
    ['the script of everybody asks for the look', 'marlowclub', '/', '/v1/twin.js', 1],
    ['the older embed asks for the look', 'remyvale', '/classic.html', '/twin-widget.js', 1],
  ])('%s, keeps nothing and opens no socket', async (_case, site, path, script, looks) => {
    const { page, context, requests, sockets } = await visit(browser, stack.site(site, path))
    await launcher(page).waitFor()
    await page.mouse.wheel(0, 400)
    const asked = requests.filter((line) => line.includes(stack.platformUrl))
    expect(asked.filter((line) => line.endsWith(script))).toHaveLength(1)
    const others = asked.filter((line) => !line.endsWith(script))
    expect(others.filter((line) => line.includes('/v1/embed'))).toHaveLength(looks)
    expect(others).toHaveLength(looks)
    expect(sockets).toEqual([])
    expect(await page.evaluate(STORED)).toEqual([[], [], '', 0, []])
    expect(await context.cookies()).toEqual([])
    await context.close()
  })

  it('an element placed in the page brings its panel, keeps nothing and opens no socket', async () => {
    const { page, context, requests, sockets } = await visit(browser, stack.site('remyvale', '/placed.html'))
    await launcher(page).or(composer(page)).first().waitFor()
    expect(requests.filter((line) => /\/v1\/(?:sessions|events)/.test(line))).toEqual([])
    expect(sockets).toEqual([])
    expect(await page.evaluate(STORED)).toEqual([[], [], '', 0, []])
    await context.close()
  })

  it('the first act brings a session and a socket, and still no cookie', async () => {
    const { page, context, sockets } = await visit(browser, stack.site('remyvale'))
    await launcher(page).click()
    await composer(page).waitFor()
    await expect.poll(() => sockets.length).toBe(1)
    expect(sockets[0]).not.toMatch(/ey[A-Za-z0-9_-]+\./)
    expect(await context.cookies()).toEqual([])
    await context.close()
  })
})
