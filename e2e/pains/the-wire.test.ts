/** Pains that only the real Worker can show solved: an allow-list that protects, versions one can pin, blocked sockets. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ASSETS_FOLDER } from '../../edge/local/build-platform.ts'
import { CAST } from '../../schema/local/cast.ts'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { ask, openPanel, roomOf, secondTab, transcript, visit } from '../journeys/visit.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { operator } from '../wire/operator.ts'
import { rawRequest } from '../wire/raw-request.ts'
import { newVisitorSecret } from '../wire/request-session.ts'

let stack: Stack
let browser: Browser

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ openai: true }), launchChromium()])
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

describe('pain 2: an allow-list that does not protect', () => {
  it('refuses a stolen id at the look, at the session and at the socket, before any model is asked', async () => {
    const asked = stack.model.seen.length
    const port = stack.ports.worker
    const headers = [
      ['Host', `localhost:${port}`],
      ['Origin', 'https://thief.example'],
    ] as const
    const deploymentId = CAST.deployments.remyWidget
    const look = await rawRequest({ port, path: `/v1/embed/${deploymentId}`, headers })
    const body = JSON.stringify({ deploymentId, visitorSecret: newVisitorSecret(), conversation: 0 })
    const session = await rawRequest({
      port,
      method: 'POST',
      path: '/v1/sessions',
      headers: [...headers, ['content-type', 'application/json']],
      body,
    })
    expect([look.status, session.status]).toEqual([403, 403])
    expect(stack.model.seen.length).toBe(asked)
  })
})

describe('pain 7: a script that changes under everybody', () => {
  it('can be pinned: a version’s address never changes, and its hash is published', async () => {
    const manifest: unknown = JSON.parse(await readFile(join(ASSETS_FOLDER, 'manifest.json'), 'utf8'))
    const { loader, integrity }: { loader: string; integrity: Record<string, string> } = Object(manifest)
    const answer = await fetch(stack.platformUrl + loader)
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const hash = createHash('sha384')
      .update(Buffer.from(await answer.arrayBuffer()))
      .digest('base64')
    expect(integrity[loader]).toBe(`sha384-${hash}`)
  })
})

describe('pain 10: networks that block websockets', () => {
  it('falls back to plain HTTP by itself, and the reply streams all the same', async () => {
    stack.model.next({ text: 'Heard you over plain HTTP.', tokensPerSecond: 50 })
    const { page, context, sockets } = await visit(browser, 'about:blank')
    await page.addInitScript(`
      window.WebSocket = class extends EventTarget {
        constructor() { super(); setTimeout(() => { const gone = new CloseEvent('close', { code: 1006 }); this.onerror?.(new Event('error')); this.dispatchEvent(new Event('error')); this.onclose?.(gone); this.dispatchEvent(gone) }, 5) }
        close() {} send() {} binaryType = 'blob'; readyState = 3
      }
    `)
    await page.goto(stack.site('remyvale'))
    await openPanel(page)
    await ask(page, 'Can you hear me?')
    await transcript(page).getByText('Heard you over plain HTTP.').waitFor({ timeout: 45_000 })
    expect(sockets).toEqual([])
    await context.close()
  })
})

describe('pain 25: an AI that talks over the person after a hand-off', () => {
  it('is silent from the moment a person takes over until they hand back, and everybody can see who answers', async () => {
    const told = Array.from({ length: 60 }, (_none, at) => `word${at}`).join(' ')
    stack.model.next({ text: told, tokensPerSecond: 8 })
    const { page, context, sockets, errors } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    await ask(page, 'Tell me of the final')
    await transcript(page).getByText('word3').waitFor()
    const maya = operator(stack, roomOf(sockets), 'Maya')
    await maya.come()
    const asked = stack.model.seen.length
    await maya.do({ type: 'controller-set', controller: 'human' })
    await transcript(page).getByText('A person took over here.').waitFor()
    await transcript(page).getByText('Maya from Remy Vale’s team is answering now').waitFor()
    const cut = await transcript(page).locator('.twin .reply').last().innerText()

    await ask(page, 'Is this a person now?')
    await transcript(page).getByText('Is this a person now?').waitFor()
    await ask(page, 'Hello?')
    await maya.do({ type: 'typing' })
    await page.getByText('Maya is writing…').first().waitFor()
    await maya.do({ type: 'person-send', messageId: 'maya-1', text: 'It is. I am Maya.' })
    await transcript(page).getByText('It is. I am Maya.').waitFor()
    expect(await transcript(page).locator('.person .by').innerText()).toMatch(/A person from Remy Vale’s team/)
    expect(await transcript(page).locator('.twin .reply').last().innerText()).toBe(cut)
    expect(stack.model.seen.length).toBe(asked)

    const other = await secondTab(context, stack.site('remyvale'))
    await openPanel(other.page)
    await transcript(other.page).getByText('It is. I am Maya.').waitFor()
    await other.page.getByText('Maya from Remy Vale’s team is answering now').first().waitFor()

    stack.model.next({ text: 'Here I am again.' })
    await maya.do({ type: 'controller-set', controller: 'twin' })
    maya.go()
    await transcript(page).getByText('The AI twin of Remy Vale answers again').waitFor()
    expect(stack.model.seen.length, 'what Maya answered is not answered again').toBe(asked)
    await ask(page, 'And you, twin?')
    for (const tab of [page, other.page]) await transcript(tab).getByText('Here I am again.').waitFor()
    expect(stack.model.seen.length).toBe(asked + 1)
    expect(errors).toEqual([])
    await context.close()
  })

  it('says nothing that a person has not read while its replies are held, and shows which were changed', async () => {
    stack.model.next({ text: 'Good evening to you.' })
    const { page, context, sockets, errors } = await visit(browser, stack.site('remyvale'))
    await openPanel(page)
    await ask(page, 'Good evening')
    await transcript(page).getByText('Good evening to you.').waitFor()
    const maya = operator(stack, roomOf(sockets), 'Maya')
    await maya.do({ type: 'controller-set', controller: 'held' })
    stack.model.next({ text: 'A rumour that nobody shall read.' })
    await ask(page, 'Who signs next?')
    await transcript(page).getByText('Being checked by a person before you see it').waitFor()
    await page.reload()
    await transcript(page).getByText('Being checked by a person before you see it').waitFor()
    expect(await transcript(page).innerText()).not.toContain('rumour')
    const turnId = await maya.held()
    await maya.do({ type: 'reply-release', turnId, text: 'That is for the club to say.' })
    await transcript(page).getByText('That is for the club to say.', { exact: true }).waitFor()
    await transcript(page).getByText('Edited').waitFor()
    await maya.do({ type: 'reply-revise', turnId, text: 'Ask the club on Sunday.', revisions: 2 })
    await transcript(page).getByText('Ask the club on Sunday.', { exact: true }).waitFor()
    expect(await transcript(page).innerText()).not.toMatch(/rumour|for the club to say/)
    expect(errors).toEqual([])
    await context.close()
  })
})

describe('beyond the 25: Prototype.js', () => {
  it('and its toJSON of arrays change nothing that is sent', async () => {
    stack.model.next({ text: 'All the same to me.', tokensPerSecond: 50 })
    const { page, context } = await visit(browser, 'about:blank')
    await page.addInitScript(`
      Array.prototype.toJSON = function () { return '"' + String(this) + '"' }
      String.prototype.toJSON = function () { return this + '!' }
    `)
    await page.goto(stack.site('remyvale'))
    await page.locator('vibethink-twin').locator('.launcher').click()
    const field = page.locator('vibethink-twin').locator('textarea')
    await field.fill('Does it matter?')
    await field.press('Enter')
    await page.getByText('All the same to me.', { exact: true }).waitFor()
    await context.close()
  })
})
