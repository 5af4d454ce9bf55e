import { describe, expect, it } from 'vitest'
import { newId } from '../../schema/domain/id.ts'
import type { Standing } from '../../schema/domain/standing.ts'
import type { DeploymentHub } from '../core/ports.ts'
import { openWholeRoom } from '../testing/node/open-whole-room.ts'

const LIVE: Standing = { epoch: 0, refusal: null, until: null }
const PAUSED: Standing = { ...LIVE, refusal: 'gone' }

/** A hub that writes down what it is told, and is away when a test says so. */
class FakeHub implements DeploymentHub {
  standing = LIVE
  isAway = false
  /** It takes what it is told, and its answer never arrives. */
  isMute = false
  readonly said: string[] = []

  async enter(): Promise<Standing> {
    if (this.isAway) throw new Error('away')
    this.said.push('enter')
    if (this.isMute) await new Promise(() => {})
    return this.standing
  }

  async leave(): Promise<void> {
    if (this.isAway) throw new Error('away')
    this.said.push('leave')
  }
}

function open() {
  const hub = new FakeHub()
  const whole = openWholeRoom(undefined, hub, (error) => error instanceof Error && error.message === 'away')
  const visitor = () => {
    const line = whole.line('visitor')
    line.send({ type: 'hello', after: null })
    return line
  }
  return { hub, whole, visitor }
}
const ask = { type: 'message-send', messageId: 'm-1', text: 'How high?' }
const types = (heard: readonly string[]): unknown[] => heard.map((frame) => JSON.parse(frame).type)

describe('a room and its hub', () => {
  it('know of each other while a visitor’s line is open, and no longer', async () => {
    const { hub, whole, visitor } = open()
    const [one, two] = [visitor(), visitor()]
    await whole.settle()
    one.close()
    await whole.settle()
    expect(hub.said).toEqual(['enter'])
    two.close()
    await whole.settle()
    expect(hub.said).toEqual(['enter', 'leave'])
  })

  it('is none of people’s business', async () => {
    const { hub, whole } = open()
    const person = whole.line('person')
    person.send({ type: 'hello', after: null })
    await whole.settle()
    expect(hub.said).toEqual([])
    expect(whole.room.attendance.hear(PAUSED)).toBe(false)
    expect(types(person.heard)).not.toContain('error')
  })

  it('that is away is told later, and the visitor notices nothing', async () => {
    const { hub, whole, visitor } = open()
    hub.isAway = true
    const line = visitor()
    await whole.settle()
    hub.isAway = false
    whole.later(1)
    await whole.room.doDuties()
    await whole.settle()
    expect(hub.said).toEqual(['enter'])
    expect(types(line.heard)).toEqual(['welcome'])
  })

  it('is told of a line that a killed room had, once the room wakes', async () => {
    const { hub, whole, visitor } = open()
    visitor()
    await whole.settle()
    whole.kill()
    await whole.settle()
    expect(hub.said).toEqual(['enter', 'leave'])
  })

  it('is told of the going of a room that died before it knew that it was known', async () => {
    const { hub, whole, visitor } = open()
    hub.isMute = true
    visitor()
    await whole.settle()
    whole.kill()
    await whole.settle()
    expect(hub.said).toEqual(['enter', 'leave'])
  })

  it('is asked again where the room died before it was answered', async () => {
    const { hub, whole, visitor } = open()
    hub.isAway = true
    visitor()
    await whole.settle()
    whole.kill()
    await whole.settle()
    hub.isAway = false
    visitor()
    await whole.settle()
    expect(hub.said.at(-1)).toBe('enter')
  })
})

describe('who is sent away', () => {
  it('hears why, and hears nothing more of the reply', async () => {
    const { whole, visitor } = open()
    const line = visitor()
    line.send(ask)
    await whole.settle()
    whole.model.say('Eight thousand ')
    await whole.settle()
    expect(whole.model.isSpeaking()).toBe(true)
    expect(whole.room.attendance.hear(PAUSED)).toBe(false)
    await whole.settle()
    expect(whole.model.isSpeaking()).toBe(false)
    expect(JSON.parse(line.heard.at(-1) ?? '')).toMatchObject({ type: 'error', code: 'twin_not_found' })
    whole.model.say('metres.')
    await whole.settle()
    const [reply] = whole.room.transcript.page(null, undefined).messages.slice(-1)
    expect(reply).toMatchObject({ outcome: 'interrupted', text: 'Eight thousand ' })
  })

  it('is heard of no model any more, whatever still waits, until somebody comes again', async () => {
    const { whole, visitor } = open()
    const line = visitor()
    line.send(ask)
    line.send({ ...ask, messageId: 'm-2' })
    await whole.settle()
    whole.room.attendance.hear(PAUSED)
    await whole.settle()
    whole.later()
    await whole.room.doDuties()
    await whole.settle()
    expect(whole.model.calledUnder).toHaveLength(1)
    whole.kill()
    await whole.settle()
    whole.later()
    await whole.room.doDuties()
    await whole.settle()
    expect(whole.model.calledUnder).toHaveLength(1)
    visitor()
    await whole.settle()
    expect(whole.model.calledUnder).toHaveLength(2)
  })

  it('by the answer to their coming is away at once', async () => {
    const { hub, whole, visitor } = open()
    hub.standing = { ...LIVE, refusal: 'campaign_ended' }
    const line = visitor()
    await whole.settle()
    expect(JSON.parse(line.heard.at(-1) ?? '')).toMatchObject({ type: 'error', code: 'campaign_ended' })
    expect(hub.said).toEqual(['enter', 'leave'])
  })

  it('are those whose sessions are of an epoch that is over; such a session opens nothing any more', async () => {
    const { whole, visitor } = open()
    const line = visitor()
    await whole.settle()
    expect(whole.room.attendance.ending(line.listener.holder)).toBeUndefined()
    whole.room.attendance.hear({ ...LIVE, epoch: 1 })
    expect(JSON.parse(line.heard.at(-1) ?? '')).toMatchObject({ type: 'error', code: 'session_expired' })
    expect(whole.room.attendance.ending(line.listener.holder)).toMatchObject({ closeCode: 4401, status: 401 })
    whole.kill()
    expect(whole.room.attendance.ending(line.listener.holder)).toMatchObject({ closeCode: 4401 })
  })

  it('read the reply to its end that had begun when the campaign ended, and then hear that it has', async () => {
    const { whole, visitor } = open()
    const line = visitor()
    line.send(ask)
    line.send({ ...ask, messageId: 'm-2' }) // waits behind the first
    await whole.settle()
    whole.model.say('Eight thousand ')
    await whole.settle()
    expect(whole.room.attendance.hear({ ...LIVE, refusal: 'campaign_ended' })).toBe(true)
    whole.model.say('metres.')
    await whole.settle()
    expect(line.listener.isOpen).toBe(true)
    whole.model.finish()
    await whole.settle()
    expect(types(line.heard).slice(-2)).toEqual(['reply-end', 'error'])
    expect(JSON.parse(line.heard.at(-1) ?? '')).toMatchObject({ code: 'campaign_ended' })
    expect(line.listener.isOpen).toBe(false)
    expect(whole.room.transcript.page(null, undefined).messages).toContainEqual(
      expect.objectContaining({ outcome: 'answered', text: 'Eight thousand metres.' }),
    )
    expect(whole.model.calledUnder).toHaveLength(1) // what waited was not begun
  })

  it('are sent away by a pause all the same, while a campaign’s last reply is said', async () => {
    const { whole, visitor } = open()
    const line = visitor()
    line.send(ask)
    await whole.settle()
    whole.room.attendance.hear({ ...LIVE, refusal: 'campaign_ended' })
    expect(whole.room.attendance.hear(PAUSED)).toBe(false)
    await whole.settle()
    expect(whole.model.isSpeaking()).toBe(false)
    expect(JSON.parse(line.heard.at(-1) ?? '')).toMatchObject({ code: 'twin_not_found' })
  })

  it('are answered by nobody where the room died in the last reply of its campaign', async () => {
    const { whole, visitor } = open()
    const line = visitor()
    line.send(ask)
    line.send({ ...ask, messageId: 'm-2' })
    await whole.settle()
    whole.room.attendance.hear({ ...LIVE, refusal: 'campaign_ended' })
    whole.kill()
    await whole.settle()
    whole.later()
    await whole.room.doDuties()
    await whole.settle()
    expect(whole.model.calledUnder).toHaveLength(1)
  })

  it('go on where the campaign was lengthened while its last reply was said', async () => {
    const { whole, visitor } = open()
    const line = visitor()
    line.send(ask)
    line.send({ ...ask, messageId: 'm-2' })
    await whole.settle()
    whole.room.attendance.hear({ ...LIVE, refusal: 'campaign_ended' })
    expect(whole.room.attendance.hear(LIVE)).toBe(true)
    whole.model.say('Yes.')
    whole.model.finish()
    await whole.settle()
    expect(whole.model.calledUnder).toHaveLength(2)
    expect(line.listener.isOpen).toBe(true)
  })

  it('are nobody when nothing has changed for them', async () => {
    const { whole, visitor } = open()
    const line = visitor()
    line.send({ ...ask, messageId: newId<'message'>() })
    await whole.settle()
    expect(whole.room.attendance.hear({ ...LIVE, until: 7 })).toBe(true)
    expect(whole.model.isSpeaking()).toBe(true)
  })
})
