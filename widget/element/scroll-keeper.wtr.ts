import { assert } from '@open-wc/testing'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { ScrollKeeper } from './scroll-keeper.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function afterEach(body: () => void): void

afterEach(() => document.body.replaceChildren())

const frame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done))

/** A log of 200 px whose column is as high as it is told, with a message in it. */
function meet(height: number): { log: HTMLElement; column: HTMLElement; keeper: ScrollKeeper } {
  const [log, column, message] = ['div', 'div', 'p'].map((name) => document.createElement(name))
  if (!log || !column || !message) throw new Error('There is no document')
  log.style.cssText = 'block-size: 200px; overflow-y: auto; overflow-anchor: none'
  column.style.blockSize = `${height}px`
  message.dataset['message'] = 'm1'
  column.append(message)
  log.append(column)
  document.body.append(log)
  const host: ReactiveControllerHost = {
    addController: (_controller: ReactiveController) => {},
    removeController: (_controller: ReactiveController) => {},
    requestUpdate: () => {},
    updateComplete: Promise.resolve(true),
  }
  const keeper = new ScrollKeeper(
    host,
    () => {},
    () => {},
  )
  keeper.watch(log)
  keeper.hostUpdated()
  keeper.toEnd()
  return { log, column, keeper }
}

const fromEnd = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number =>
  scrollHeight - scrollTop - clientHeight

describe('the newest line', () => {
  it('is followed though the log becomes shorter, and then a little longer, while nobody moves', async () => {
    const { log, column, keeper } = meet(1_000)
    await frame()
    await frame()
    assert.equal(fromEnd(log), 0)
    // What was thought to be high is not: everything moves up. A line more comes before the log has told of it.
    await frame()
    column.style.blockSize = '600px'
    await new Promise((done) => setTimeout(done)) // between two frames
    column.style.blockSize = '612px'
    for (let frames = 0; frames < 4; frames++) await frame()
    assert.isTrue(keeper.atEnd)
    assert.equal(fromEnd(log), 0)
  })

  it('is left by a reader who goes up in the moment in which older ones come in above', async () => {
    const { log, column, keeper } = meet(1_000)
    await frame()
    await frame()
    const read = column.firstElementChild
    log.scrollTop -= 100
    keeper.settle() // before the log has told of it
    keeper.hostUpdate()
    const before = read?.getBoundingClientRect().top ?? 0
    const older = document.createElement('p')
    older.dataset['message'] = 'm0'
    older.style.cssText = 'block-size: 300px; margin: 0'
    column.style.blockSize = '1300px'
    column.prepend(older)
    keeper.hostUpdated()
    for (let frames = 0; frames < 3; frames++) await frame()
    assert.isFalse(keeper.atEnd)
    assert.isBelow(Math.abs((read?.getBoundingClientRect().top ?? 0) - before), 20) // (margins)
  })

  it('is left when the reader goes up, and by nothing else', async () => {
    const { log, column, keeper } = meet(1_000)
    await frame()
    await frame()
    column.style.blockSize = '700px'
    for (let frames = 0; frames < 3; frames++) await frame()
    assert.isTrue(keeper.atEnd)
    log.scrollTop -= 50
    for (let frames = 0; frames < 3; frames++) await frame()
    assert.isFalse(keeper.atEnd)
    const { scrollTop } = log
    column.style.blockSize = '900px'
    for (let frames = 0; frames < 3; frames++) await frame()
    assert.equal(log.scrollTop, scrollTop)
  })
})
