/** A visitor with a browser: opens a page and notes what the page did behind the visitor's back. */
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'

export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** Errors in the console, and exceptions nobody caught. */
  readonly errors: string[]
  readonly warnings: string[]
  /** `METHOD url` of everything the page asked for. */
  readonly requests: string[]
  readonly sockets: string[]
  /** What the page's policy refused. */
  violations(): Promise<readonly string[]>
}

const NOTE_VIOLATIONS = `
  window.noted = []
  document.addEventListener('securitypolicyviolation', (event) => window.noted.push(event.violatedDirective + ' ' + event.blockedURI))
`

/** A fresh visitor: no storage, no cache. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  await context.addInitScript(NOTE_VIOLATIONS)
  const page = await context.newPage()
  return { context, page, ...(await watch(page, url)) }
}

/** Another tab of the same visitor. */
export async function secondTab(context: BrowserContext, url: string): Promise<Visit> {
  const page = await context.newPage()
  return { context, page, ...(await watch(page, url)) }
}

async function watch(page: Page, url: string): Promise<Omit<Visit, 'context' | 'page'>> {
  const errors: string[] = []
  const warnings: string[] = []
  const requests: string[] = []
  const sockets: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
    if (message.type() === 'warning') warnings.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
  page.on('websocket', (socket) => sockets.push(socket.url()))
  await page.goto(url, { waitUntil: 'networkidle' })
  return { errors, warnings, requests, sockets, violations: () => page.evaluate<string[]>('window.noted') }
}

/** The face in the corner. */
export function launcher(page: Page): Locator {
  return page.getByRole('button', { name: /^Talk to the AI twin of/ })
}

/** Where one writes; there only once the panel is open. */
export function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: /^Message to the AI twin of/ })
}

/** The transcript. */
export function transcript(page: Page): Locator {
  return page.getByRole('log', { name: 'Conversation' })
}

/** Opens the panel if the twin is a bubble, and waits until one can write. */
export async function openPanel(page: Page): Promise<void> {
  await launcher(page).or(composer(page)).first().waitFor()
  if (await launcher(page).isVisible()) await launcher(page).click()
  await composer(page).waitFor()
}

/** Types a question and sends it with the button. */
export async function ask(page: Page, question: string): Promise<void> {
  await composer(page).fill(question)
  await page.getByRole('button', { name: 'Send' }).click()
}

/** Which room the page's newest socket has led to. */
export function roomOf(sockets: readonly string[]): string {
  const room = /\/parties\/twin-room\/([\w-]+)$/.exec(sockets.at(-1) ?? '')?.[1]
  if (room === undefined) throw new Error('The page has opened no socket to a room.')
  return room
}
