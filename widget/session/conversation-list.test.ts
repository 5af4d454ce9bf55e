import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openConversationList, type ConversationList } from './conversation-list.ts'
import { memoryStorage } from './testing/memory-storage.ts'
import { openVisitorArea } from './visitor-area.ts'

const AT = '2026-06-14T18:00:00.000Z'
const openList = (): ConversationList => openConversationList(openVisitorArea('twin:d:', 'local'))

beforeEach(() => {
  vi.stubGlobal('localStorage', memoryStorage())
  localStorage.setItem('twin:d:secret', 'somebody is here')
})
afterEach(() => vi.unstubAllGlobals())

describe('the list of conversations', () => {
  const at = (minute: number): string => new Date(Date.parse(AT) + minute * 60_000).toISOString()

  it('has the beginning of each first question, newest first, until the visitor gives a name', () => {
    const list = openList()
    list.note(0, 'Who scored?', at(0), false)
    list.note(1, 'And  in\nthe end?', at(1), false)
    list.note(0, 'Who scored?', at(2), false)
    list.rename(1, ' The end ')
    expect(openList().all()).toEqual([
      { number: 0, title: 'Who scored?', at: at(2) },
      { number: 1, title: 'The end', at: at(1) },
    ])
    list.rename(1, '')
    expect(list.all()[1]?.title).toBe('And in the end?')
  })

  it('follows a first question that was changed, and not an older page that is merely not shown', () => {
    const list = openList()
    list.note(0, 'Who scoerd?', at(0), false)
    list.note(0, 'Who scored?', at(1), false)
    list.note(0, 'A later question', at(2), true)
    expect(list.all()).toEqual([{ number: 0, title: 'Who scored?', at: at(2) }])
  })

  it('drops the oldest from the list alone', () => {
    const list = openList()
    for (let number = 0; number < 210; number += 1) list.note(number, `About ${number}`, at(number), false)
    expect(list.all()).toHaveLength(200)
    expect(list.all().at(-1)?.number).toBe(10)
    list.remove(60)
    expect(list.all().map(({ number }) => number)).not.toContain(60)
  })

  it.each(['', '{', '7', '[]', '{"title":{},"at":1}', '{"title":"x","at":"yesterday"}'])(
    'passes over the spoilt entry %j',
    (stored) => {
      vi.stubGlobal('localStorage', memoryStorage({ 'twin:d:talk:4': stored, 'twin:d:talk:x': '{"title":"x"}' }))
      expect(openList().all()).toEqual([])
    },
  )

  it('shows no more of a stored title than of its own', () => {
    const stored = JSON.stringify({ title: 'x'.repeat(5_000), name: '', at: AT })
    vi.stubGlobal('localStorage', memoryStorage({ 'twin:d:talk:0': stored }))
    expect(openList().all()[0]?.title).toHaveLength(60)
  })
})
