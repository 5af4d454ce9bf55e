/** A person of the twin's side in a conversation: reads along, takes over, answers, lets through, hands back. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { field, log, open, pageWith, PLAIN, say, twin } from '../pains/at-stage.ts'
import { openStage, SCRIPT_TAG, type Stage, type StageOptions } from '../stage/open-stage.ts'
import { peopledRoom, type PeopledRoom } from '../stage/peopled-room.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

const AT = '2026-11-21T18:00:00.000Z'

async function meet(
  options: Partial<StageOptions> = {},
): Promise<{ readonly stage: Stage; readonly room: PeopledRoom }> {
  const room = peopledRoom(AT)
  const stage = await openStage(browser, { pages: { '/': PLAIN }, room, ...options })
  room.enter(stage)
  return { stage, room }
}

const status = (page: Page): Locator => twin(page).locator('.people')
const replies = (page: Page): Locator => twin(page).locator('.twin .reply')
const stopping = (page: Page): Locator => page.getByRole('button', { name: 'Stop the reply' })
const brings = ({ requests }: Stage): string[] => requests.filter((one) => /make-people/.test(one))
/** The room has heard the visitor. */
const heard = (stage: Stage, count: number): Promise<void> =>
  expect.poll(() => stage.frames.filter(({ type }) => type === 'message-send').length).toBe(count)

describe('a reply that a person reads first', () => {
  it('is held, let through and changed, in every tab and after a reload', async () => {
    const { stage, room } = await meet()
    const { page } = stage
    await open(page)
    room.turn('held')
    await status(page).getByText('reads each reply before you do').waitFor()
    await say(page, 'Will he sign my scarf?')
    await heard(stage, 1)
    room.answer('')
    room.hold()
    await log(page).getByText('Being checked by a person before you see it').waitFor()

    const other = await stage.context.newPage()
    await other.goto(page.url())
    await open(other)
    await log(other).getByText('Being checked by a person before you see it').waitFor()
    await page.reload()
    await log(page).getByText('Being checked by a person before you see it').waitFor()
    await stopping(page).waitFor()

    room.release('He signs every scarf.')
    room.revise('He signs every scarf on Sunday.')
    for (const tab of [page, other]) {
      await log(tab).getByText('He signs every scarf on Sunday.', { exact: true }).waitFor()
      await log(tab).getByText('Edited').waitFor()
      expect(await replies(tab).count()).toBe(1)
      expect(await log(tab).getByText('Being checked').count()).toBe(0)
    }
    await page.reload()
    await log(page).getByText('He signs every scarf on Sunday.', { exact: true }).waitFor()
    await log(page).getByText('Edited').waitFor()
    expect(stage.errors).toEqual([])
    await stage.close()
  })

  it('can be stopped while it is held', async () => {
    const { stage, room } = await meet()
    await open(stage.page)
    room.turn('held')
    await say(stage.page, 'Never mind')
    await heard(stage, 1)
    room.answer('')
    room.hold()
    await log(stage.page).getByText('Being checked by a person').waitFor()
    await stopping(stage.page).click()
    await log(stage.page).getByText('Stopped here, as you asked.').waitFor()
    expect(await log(stage.page).getByText('Being checked').count()).toBe(0)
    await stage.close()
  })
})

describe('a person who takes over', () => {
  it('in the middle of a reply, answers what waits, and hands back', async () => {
    const { stage, room } = await meet()
    const { page } = stage
    await open(page)
    await say(page, 'Tell me of the final')
    await heard(stage, 1)
    room.answer('It began long before the')
    await log(page).getByText('It began long').waitFor()
    expect(brings(stage)).toEqual([])

    room.present(true)
    await status(page).getByText('Maya from Remy Vale’s team has joined').waitFor()
    room.turn('human')
    room.end({ outcome: 'stopped', reason: 'taken_over' })
    await log(page).getByText('A person took over here.').waitFor()
    await log(page).getByText('Maya from Remy Vale’s team is answering now').waitFor()
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0)

    await say(page, 'Is this a person?')
    await heard(stage, 2)
    await say(page, 'Hello?')
    await heard(stage, 3)
    expect(await stopping(page).count()).toBe(0)
    expect(await log(page).getByText('Remy Vale is thinking').count()).toBe(0)
    room.writing()
    await status(page).getByText('Maya is writing…').waitFor()
    room.say('Yes, I am Maya.')
    await log(page).getByText('Yes, I am Maya.').waitFor()
    await log(page).getByText('A person from Remy Vale’s team').first().waitFor()
    expect(await status(page).getByText('is writing').count()).toBe(0)
    expect(await page.getByText('You are talking to an AI twin of Remy Vale').isVisible()).toBe(true)

    room.turn('twin')
    room.present(false)
    await log(page).getByText('The AI twin of Remy Vale answers again').waitFor()
    await status(page).waitFor({ state: 'detached' })
    await say(page, 'And the goal?')
    await heard(stage, 4)
    room.answer('In the last minute.')
    room.end()
    await log(page).getByText('In the last minute.').waitFor()
    expect(await twin(page).locator('.person').count()).toBe(1)
    expect(brings(stage)).toHaveLength(1)
    expect(stage.errors).toEqual([])
    await stage.close()
  })

  it('is known after a reload, by their name and their words', async () => {
    const { stage, room } = await meet()
    const { page } = stage
    await open(page)
    room.present(true)
    room.turn('human')
    await say(page, 'Is anybody there?')
    await heard(stage, 1)
    room.say('I am.')
    await log(page).getByText('I am.').waitFor()
    await page.reload()
    await status(page).getByText('Maya from Remy Vale’s team is answering now').waitFor()
    expect(await twin(page).locator('.person .by').innerText()).toMatch(/Maya[^]*A person from Remy Vale’s team/)
    room.turn('twin')
    room.present(false)
    await log(page).getByText('answers again').waitFor()
    await page.reload()
    // Handed back, and nobody here: what they said is a person's all the same.
    await twin(page).locator('.person .author').waitFor()
    expect(await status(page).count()).toBe(0)
    await stage.close()
  })

  it('hears the visitor write, no more often than it takes', async () => {
    const { stage, room } = await meet()
    await open(stage.page)
    const typed = (): number => stage.frames.filter(({ type }) => type === 'typing').length
    await field(stage.page).pressSequentially('Hello')
    expect(typed()).toBe(0)
    room.present(true)
    await status(stage.page).waitFor()
    await field(stage.page).pressSequentially(' there, is anybody')
    await expect.poll(typed).toBe(1)
    await stage.close()
  })

  it('is told to the page by who answers alone, and counted where the panel is closed', async () => {
    const { stage, room } = await meet()
    const { page } = stage
    await page.evaluate(() => {
      const told: unknown[] = []
      Reflect.set(window, 'told', told)
      for (const name of ['twin:handoff', 'twin:message-received'] as const) {
        document.addEventListener(name, ({ type, detail }) => told.push([type, detail]))
      }
    })
    await open(page)
    await say(page, 'Hello?')
    await heard(stage, 1)
    room.turn('human')
    await log(page).getByText('is answering now').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    room.say('Hello!')
    await expect
      .poll(() => page.evaluate<unknown>('told'))
      .toEqual([
        ['twin:handoff', { controller: 'human' }],
        ['twin:message-received', { turnId: 'p2', messageId: 'p2', role: 'person' }],
      ])
    await twin(page).locator('.launcher[data-unread="1"]').waitFor()
    await stage.close()
  })

  it('speaks from right to left where the page does', async () => {
    const page = pageWith(SCRIPT_TAG).replace('<html lang="en">', '<html lang="ar" dir="rtl">')
    const { stage, room } = await meet({ pages: { '/': page } })
    await twin(stage.page).locator('.launcher').click()
    await twin(stage.page).locator('textarea').waitFor()
    room.present(true)
    room.turn('human')
    room.say('مرحبًا، أنا هنا.')
    const message = twin(stage.page).locator('.person')
    await message.locator('.author').waitFor()
    const [by, column] = await Promise.all([
      message.locator('.badge').boundingBox(),
      twin(stage.page).locator('.column').boundingBox(),
    ])
    expect((by?.x ?? 0) + (by?.width ?? 0)).toBeGreaterThan((column?.x ?? 0) + (column?.width ?? 0) / 2)
    expect(await message.locator('.reply').evaluate((box) => getComputedStyle(box).direction)).toBe('rtl')
    await stage.close()
  })
})

describe('a look of people that could not be fetched', () => {
  it('loses no word of a person, and lends it to nobody else', async () => {
    const { stage, room } = await meet()
    await stage.context.route(/make-people/, (route) => route.abort())
    await open(stage.page)
    room.say('I am Maya.')
    await log(stage.page).getByText('I am Maya.').waitFor()
    expect(await twin(stage.page).locator('.visitor').count()).toBe(0)
    expect(await log(stage.page).innerText()).toMatch(/A person from Remy Vale’s team\s+I am Maya\./)
    await stage.close()
  })
})
