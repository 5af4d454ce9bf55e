/** A demo site's page as its owner might have written it: other attributes on the script tag, another language. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { secondTab, visit } from './visit.ts'
import type { Visit } from './visit.ts'

export interface OwnPage {
  /** Of the script tag, without `data-`. */
  readonly attributes?: Readonly<Record<string, string>>
  /** Of the page; empty for none. */
  readonly lang?: string
  /** Runs before anything of the page does. */
  readonly before?: string
  readonly context?: BrowserContextOptions
}

/** Opens it for a fresh visitor. */
export async function visitOwnPage(browser: Browser, url: string, own: OwnPage): Promise<Visit> {
  const visitor = await visit(browser, 'about:blank', own.context)
  return write(visitor, url, own)
}

/** Opens it in another tab of a visitor. */
export async function ownTab({ context }: Pick<Visit, 'context'>, url: string, own: OwnPage): Promise<Visit> {
  return write(await secondTab(context, 'about:blank'), url, own)
}

async function write(visitor: Visit, url: string, own: OwnPage): Promise<Visit> {
  const { page } = visitor
  if (own.before) await page.addInitScript(own.before)
  await rewrite(page, own)
  await page.goto(url, { waitUntil: 'networkidle' })
  return visitor
}

/** While it is parsed: a page that a test fulfils has no address, and Chromium lets no such page talk to this machine. */
async function rewrite(page: Page, { attributes = {}, lang }: OwnPage): Promise<void> {
  await page.addInitScript(
    ({ attributes: written, lang: language }) => {
      new MutationObserver(() => {
        const root = document.documentElement
        if (language !== undefined && root.lang !== language) root.lang = language
        for (const [name, value] of Object.entries(written)) {
          const tag = document.querySelector(`script[data-deployment-id]:not([data-${name}])`)
          tag?.setAttribute(`data-${name}`, value)
        }
      }).observe(document, { childList: true, subtree: true })
    },
    { attributes, lang },
  )
}
