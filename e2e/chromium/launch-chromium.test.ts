/** The browser under test must enforce what the product relies on, or every other journey proves nothing. */
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from './launch-chromium.ts'

const STRICT = "default-src 'none'; script-src 'nonce-ours'; require-trusted-types-for 'script'"

let browser: Browser
let page: Page
let ours: Server
let theirs: Server

beforeAll(async () => {
  ours = await listen((request, response) => {
    const strict = request.url === '/strict'
    response.writeHead(200, { 'content-type': 'text/html', ...(strict ? { 'content-security-policy': STRICT } : {}) })
    response.end(
      '<title>ours</title><script>window.inlineRan = true</script><script nonce="ours">window.ran = true</script>',
    )
  })
  theirs = await listen((request, response) => {
    response.writeHead(200, request.url === '/open' ? { 'access-control-allow-origin': '*' } : {})
    response.end('theirs')
  })
  browser = await launchChromium()
  page = await browser.newPage()
})

afterAll(async () => {
  await browser?.close()
  ours?.close()
  theirs?.close()
})

describe('the found Chromium', () => {
  it('hides another origin that does not permit reading, and shows one that does', async () => {
    await page.goto(addressOf(ours, 'page.localhost'))
    const read = (path: string) =>
      page.evaluate(
        (url) =>
          fetch(url).then(
            (r) => r.text(),
            () => 'refused',
          ),
        `${addressOf(theirs, 'other.localhost')}${path}`,
      )
    expect(await read('/open')).toBe('theirs')
    expect(await read('/closed')).toBe('refused')
  })

  it('runs only the scripts that a policy names', async () => {
    await page.goto(`${addressOf(ours, 'page.localhost')}/strict`)
    expect(await page.evaluate('[window.ran === true, window.inlineRan === true]')).toEqual([true, false])
  })

  it('refuses markup as text under Trusted Types', async () => {
    await page.goto(`${addressOf(ours, 'page.localhost')}/strict`)
    const write =
      "(() => { try { document.body.innerHTML = '<b>x</b>'; return 'written' } catch (e) { return e.name } })()"
    expect(await page.evaluate(write)).toBe('TypeError')
  })
})

function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(answer)
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

function addressOf(server: Server, host: string): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return `http://${host}:${address.port}`
}
