import { assert } from '@open-wc/testing'
import type { ShownMessage } from '../session/conversation-state.ts'
import { converse, type Meeting } from '../testing/meet.ts'
import { until } from '../testing/paste.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function afterEach(body: () => void): void

afterEach(() => {
  document.querySelector('vibethink-twin')?.remove()
})

/** Five past six, and so on, by the reader's own clock. */
const many = (count: number): ShownMessage[] =>
  Array.from({ length: count }, (_, at) => ({
    messageId: `m${at}`,
    turnId: `t${at}`,
    position: at + 1,
    role: 'visitor',
    text: 'Again?',
    at: new Date(2026, 10, 21, 18, 5 + at).toISOString(),
    delivery: 'sent',
    streaming: false,
  }))

async function meeting(count: number, locale = 'en-GB'): Promise<Meeting> {
  const met = await converse({ messages: many(count) })
  met.twin.locale = locale
  await until(() => met.root.querySelector('.panel')?.getAttribute('lang') === locale)
  await until(() => met.root.querySelectorAll('.meta time').length === count)
  return met
}
const times = ({ root }: Meeting): (string | null)[] =>
  [...root.querySelectorAll('.meta time')].map(({ textContent }) => textContent)
const pointAt = ({ root }: Meeting, id: string): unknown =>
  root.querySelector(`[data-message=${id}] .bubble`)?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))

describe('the time of a message', () => {
  it('is there as soon as somebody points at the message, and at no other', async () => {
    const met = await meeting(2)
    assert.deepEqual(times(met), ['', ''])
    pointAt(met, 'm1')
    assert.deepEqual(times(met), ['', '18:06'])
  })

  it('is there by itself once all has been quiet, for whoever has it read out', async () => {
    const met = await meeting(3)
    await until(() => times(met).every(Boolean))
    assert.deepEqual(times(met), ['18:05', '18:06', '18:07'])
  })

  it('waits while a reply grows', async () => {
    const met = await meeting(2)
    const began = performance.now()
    const [question, reply] = many(2)
    for (let text = 'Yes'; performance.now() - began < 900; text += ' and yes') {
      if (question && reply)
        met.session.show({ messages: [question, { ...reply, role: 'twin', text, streaming: true }] })
      await new Promise(requestAnimationFrame)
      assert.deepEqual(times(met), ['', ''])
    }
  })

  it('follows the reader’s region, and the language when it changes', async () => {
    const met = await meeting(1, 'en-US')
    await until(() => /^6:05\sPM$/u.test(times(met)[0] ?? ''))
    met.twin.locale = 'ar'
    await until(() => /^[\d٠-٩]+:[\d٠-٩]+\s?م$/u.test(times(met)[0] ?? ''))
  })

  it('moves nothing when it comes', async () => {
    const met = await meeting(2)
    const places = (): number[] =>
      [...met.root.querySelectorAll('.meta, .bubble')].flatMap((one) => {
        const { left, top, width, height } = one.getBoundingClientRect()
        return [left, top, width, height]
      })
    const before = places()
    pointAt(met, 'm0')
    assert.deepEqual(places(), before)
  })

  it('stands on paper, however early it is printed', async () => {
    const met = await meeting(2)
    met.root.dispatchEvent(new Event('beforeprint'))
    assert.deepEqual(times(met), ['18:05', '18:06'])
  })

  it('is nothing where the instant cannot be read', async () => {
    const [one] = many(1)
    const met = await converse({ messages: one ? [{ ...one, at: 'soon' }] : [] })
    pointAt(met, 'm0')
    assert.deepEqual(times(met), [''])
  })
})
