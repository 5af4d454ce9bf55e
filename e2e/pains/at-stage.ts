/** The twin on a page of a test's own, as a person meets it. */
import type { Locator, Page } from 'playwright-core'
import { SCRIPT_TAG } from '../stage/open-stage.ts'

/** A page with room to scroll, and the one script tag. */
export function pageWith(inside: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Fan page</title>${head}</head><body>${inside}</body></html>`
}

/** The page of most tests. */
export const PLAIN = pageWith(`<h1>Fan page</h1><p>About the last minute.</p>${SCRIPT_TAG}`)

export const twin = (page: Page): Locator => page.locator('vibethink-twin')
export const launcher = (page: Page): Locator => page.getByRole('button', { name: /^Talk to the AI twin of/ })
export const field = (page: Page): Locator => page.getByRole('textbox', { name: /^Message to the AI twin of/ })
export const log = (page: Page): Locator => page.getByRole('log')

/** Opens the panel by its launcher and waits until one can write. */
export async function open(page: Page): Promise<void> {
  await launcher(page).click()
  await field(page).waitFor()
}

/** Writes a question and sends it by Enter. */
export async function say(page: Page, words: string): Promise<void> {
  await field(page).fill(words)
  await field(page).press('Enter')
}
