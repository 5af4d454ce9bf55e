import { assert } from '@open-wc/testing'
import { remy, solara } from '../gallery/cast.ts'
import type { KeptConversation } from '../session/twin-session.ts'
import { press } from '../testing/meet.ts'
import { until } from '../testing/paste.ts'
import { inPlaceOf, kept, question, reply, withTools } from './testing/with-tools.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function afterEach(body: () => void): void

let undo: (() => void)[] = []
afterEach(() => {
  for (const one of undo) one()
  undo = []
  sessionStorage.clear()
  for (const twin of document.querySelectorAll('vibethink-twin')) twin.remove()
})

const talk = { messages: [question, reply] }

describe('the list of conversations', () => {
  it('lies over the log, takes the focus, and gives it back with Escape', async () => {
    const { twin, root, find, focused, list, settled } = await withTools()
    await list()
    assert.strictEqual(focused('.sheet'), true)
    assert.strictEqual(find('.log', HTMLElement).inert, true)
    assert.strictEqual(find('.composer', HTMLElement).closest('[inert]') === null, true, 'one can write on')
    press(find('.sheet', HTMLElement), 'Escape')
    await settled()
    assert.strictEqual(root.querySelector('.sheet') === null, true)
    assert.strictEqual(find('.log', HTMLElement).inert, false)
    assert.strictEqual(focused('[part=more-button]'), true)
    assert.strictEqual(twin.opened, true)
  })

  it('names each, with its day, and marks the one that is open', async () => {
    const { root, list } = await withTools()
    await list()
    const rows = [...root.querySelectorAll('.pick')]
    assert.deepEqual(
      rows.map((row) => row.querySelector('.called')?.textContent),
      ['Which goal was the best?', 'The long road', 'New conversation'],
    )
    assert.deepEqual(
      rows.map((row) => row.getAttribute('aria-current')),
      ['true', null, null],
    )
    assert.include(rows[0]?.textContent, 'Open now')
    assert.strictEqual(rows[1]?.querySelector('time')?.getAttribute('datetime'), '2026-11-20T18:00:00Z')
  })

  for (const scheme of ['light', 'dark'] as const) {
    it(`can be used by everybody, whatever is being done in it (${scheme})`, async () => {
      const { twin, list, push } = await withTools(talk, { ...remy, theme: { ...remy.theme, scheme } })
      await list()
      await assert.isAccessible(twin)
      await push('#rename-1')
      await assert.isAccessible(twin)
      await push('#delete-2')
      await assert.isAccessible(twin)
      assert.strictEqual(
        twin.shadowRoot?.querySelectorAll('[style]').length,
        0,
        'no style attribute, for pages that allow none',
      )
    })
  }

  it('says whose name a button means', async () => {
    const { root, list } = await withTools()
    await list()
    const named = root.querySelector('#delete-1')?.getAttribute('aria-labelledby')?.split(' ') ?? []
    const words = named.map((id) => root.getElementById(id)?.ariaLabel ?? root.getElementById(id)?.textContent)
    assert.deepEqual(words, ['Delete', 'The long road'])
  })

  it('shows another conversation, and the one that is open again', async () => {
    const { root, session, list, push, focused } = await withTools()
    await list()
    await push('[data-pick="1"]')
    assert.deepEqual(session.asked, ['open', 'switchTo 1'])
    assert.strictEqual(root.querySelector('.sheet') === null, true)
    assert.strictEqual(focused('.composer textarea'), true)
    await list()
    await push('[data-pick="2"]')
    assert.deepEqual(session.asked, ['open', 'switchTo 1'])
    assert.strictEqual(root.querySelector('.sheet') === null, true)
  })

  it('begins a new one, and tells the page', async () => {
    const { twin, session, list, push } = await withTools()
    let told = 0
    twin.addEventListener('twin:new-conversation', () => void told++)
    await list()
    await push('.new')
    assert.deepEqual(session.asked, ['open', 'startAnew'])
    assert.strictEqual(told, 1)
  })

  it('goes when words are sent from the composer', async () => {
    const { twin, root, list, settled } = await withTools()
    await list()
    await twin.send('And the second best?')
    await settled()
    assert.strictEqual(root.querySelector('.sheet') === null, true)
  })

  it('says so where there is none', async () => {
    const { twin, find, root, list } = await withTools({}, remy, [])
    await list()
    assert.strictEqual(find('.none', HTMLElement).textContent, 'Nothing has been said yet.')
    assert.strictEqual(root.querySelector('.keep') === null, true, 'there is nothing to keep')
    await assert.isAccessible(twin)
  })

  it('shows whatever a name is as a name, in its own direction, and stays as wide as it is', async () => {
    const names = [
      '<img src=x onerror=window.hit=1>',
      'evil\u202Egpj.exe',
      'W'.repeat(4_000),
      'مباراة القرن',
      '\n\u200b',
    ]
    const hostile = names.map((title, number) => ({ number, title, at: '', current: number === 0 }))
    const { root, find, list } = await withTools(talk, remy, hostile)
    await list()
    const shown = [...root.querySelectorAll('.called')]
    assert.deepEqual(
      shown.map(({ textContent }) => textContent),
      [names[0], 'evilgpj.exe', `${'W'.repeat(119)}…`, names[3], 'New conversation'],
    )
    assert.strictEqual(
      shown.every(({ firstElementChild }) => firstElementChild?.nodeName === 'BDI'),
      true,
    )
    assert.strictEqual(root.querySelector('.sheet img') === null, true)
    const sheet = find('.sheet', HTMLElement)
    assert.isAtMost(sheet.scrollWidth, sheet.clientWidth)
  })

  it('holds two hundred, and the way to keep a copy stays in view', async () => {
    const many = Array.from({ length: 200 }, (_none, number): KeptConversation => {
      return { number, title: `Conversation ${number}`, at: '2026-11-01T18:00:00Z', current: number === 199 }
    })
    const { root, find, list } = await withTools(talk, remy, many)
    await list()
    assert.strictEqual(root.querySelectorAll('.pick').length, 200)
    const [sheet, keep] = [find('.sheet', HTMLElement), find('.keep', HTMLElement)].map((one) =>
      one.getBoundingClientRect(),
    )
    assert.isAtMost(keep?.bottom ?? Infinity, (sheet?.bottom ?? 0) + 1)
  })
})

describe('a name', () => {
  it('is changed in its row: Enter keeps it, and the focus comes back', async () => {
    const { session, find, list, push, focused, settled } = await withTools()
    await list()
    await push('#rename-1')
    const field = find('.renaming input', HTMLInputElement)
    assert.strictEqual(focused('.renaming input'), true)
    assert.strictEqual(field.value, 'The long road')
    field.value = '  The short road '
    find('.renaming', HTMLFormElement).requestSubmit()
    await settled()
    assert.deepEqual(session.asked, ['open', 'rename 1 The short road'])
    assert.strictEqual(find('#called-1', HTMLElement).textContent, 'The short road')
    assert.strictEqual(focused('#rename-1'), true)
  })

  it('stays as it was with Escape, and the list stays open', async () => {
    const { root, session, find, list, push, focused, settled } = await withTools()
    await list()
    await push('#rename-1')
    press(find('.renaming input', HTMLInputElement), 'Escape')
    await settled()
    assert.deepEqual(session.asked, ['open'])
    assert.strictEqual(root.querySelector('.sheet') !== null, true)
    assert.strictEqual(focused('#rename-1'), true)
  })

  it("is not kept by Safari's Enter that ends a composed word", async () => {
    const { find, list, push } = await withTools()
    await list()
    await push('#rename-1')
    const goesOn = press(find('.renaming input', HTMLInputElement), 'Enter', { keyCode: 229 })
    assert.strictEqual(goesOn, false, 'the browser would send the form')
  })
})

describe('deleting', () => {
  it('asks first, in the row, with the focus on the way back', async () => {
    const { session, find, list, push, focused, settled } = await withTools()
    await list()
    await push('#delete-1')
    assert.strictEqual(
      find('#sure-1', HTMLElement).textContent,
      'Delete this conversation for good? It cannot be brought back.',
    )
    assert.strictEqual(focused('[data-cancel]'), true)
    press(find('[data-cancel]', HTMLElement), 'Escape')
    await settled()
    assert.strictEqual(focused('#delete-1'), true)
    assert.deepEqual(session.asked, ['open'])
  })

  it('takes the conversation out of the list, says so, and goes on at the next', async () => {
    const { root, session, list, push, focused, heard } = await withTools()
    await list()
    await push('#delete-1')
    await push('[data-sure]')
    await until(() => root.querySelector('[data-pick="1"], .sure') === null)
    assert.deepEqual(session.asked, ['open', 'delete 1'])
    assert.strictEqual(heard(), 'The conversation was deleted.')
    await until(() => focused('[data-pick="0"]'))
  })

  it('is not said to have failed when the room was faster than its answer', async () => {
    const { session, list, push, heard } = await withTools()
    const erase = session.delete.bind(session)
    session.delete = async (number) => {
      await erase(number)
      throw new Error('the answer was lost')
    }
    await list()
    await push('#delete-1')
    await push('[data-sure]')
    await until(() => heard() === 'The conversation was deleted.')
  })

  it('says so when it could not be done, and lets it be tried again', async () => {
    const { root, session, list, push, focused, heard } = await withTools()
    session.delete = () => Promise.reject(new Error('no line'))
    await list()
    await push('#delete-1')
    await push('[data-sure]')
    await until(
      () => root.querySelector('#sure-1')?.textContent === 'It could not be deleted. Check the line and try again.',
    )
    assert.strictEqual(heard(), 'It could not be deleted. Check the line and try again.')
    await until(() => focused('[data-sure]'))
    assert.strictEqual(root.querySelectorAll('.conversations li').length, kept.length)
  })
})

describe('a copy to keep', () => {
  interface Download {
    readonly name: string
    readonly type: string
    readonly content: string
  }
  /** Notes what would be saved; the test's page saves nothing. */
  function downloads(): { readonly saved: Promise<Download>[]; readonly live: Set<string>; later: () => void } {
    const saved: Promise<Download>[] = []
    const blobs = new Map<string, Blob>()
    const live = new Set<string>()
    const waiting: (() => void)[] = []
    const { createObjectURL } = URL
    undo.push(
      inPlaceOf(URL, 'createObjectURL', (blob: Blob) => {
        const address = createObjectURL.call(URL, blob)
        blobs.set(address, blob)
        live.add(address)
        return address
      }),
      inPlaceOf(URL, 'revokeObjectURL', (address: string) => live.delete(address)),
      inPlaceOf(HTMLAnchorElement.prototype, 'click', function (this: HTMLAnchorElement) {
        const { download: name, href } = this
        const blob = blobs.get(href) ?? new Blob()
        saved.push(blob.text().then((content) => ({ name, type: blob.type, content })))
      }),
    )
    const { setTimeout } = window
    undo.push(
      inPlaceOf(window, 'setTimeout', (act: () => void, ms?: number) =>
        ms === 60_000 ? waiting.push(act) : setTimeout(act, ms),
      ),
    )
    return { saved, live, later: () => waiting.splice(0).forEach((act) => act()) }
  }

  it('as text: who speaks, that one is an AI, and who pays', async () => {
    const { list, root, heard } = await withTools(talk, solara)
    await list()
    const { saved, live, later } = downloads()
    root.querySelectorAll<HTMLElement>('.keep button')[0]?.click()
    await until(() => heard() === 'Saved.')
    const file = await saved[0]
    assert.match(file?.name ?? '', /^remy-vale-\d{4}-\d\d-\d\d\.txt$/)
    assert.strictEqual(file?.type, 'text/plain;charset=utf-8')
    assert.match(
      file?.content ?? '',
      /^AI twin of Remy Vale\nPaid partnership with Solara\nYou are talking to an AI twin/,
    )
    assert.match(
      file?.content ?? '',
      /\] You:\n {4}Which goal was the best\?\n\n\[[^\]]+\] AI twin of Remy Vale:\n {4}The \*\*last\*\* one\./,
    )
    assert.strictEqual(live.size, 1)
    later()
    assert.strictEqual(live.size, 0, 'the address is taken back')
  })

  it('as JSON: every message of the conversation, also those not shown yet', async () => {
    const { session, list, root, heard } = await withTools()
    session.everything = () => Promise.resolve([{ ...question, messageId: 'v0', text: 'Long ago' }, question, reply])
    await list()
    const { saved } = downloads()
    root.querySelectorAll<HTMLElement>('.keep button')[1]?.click()
    await until(() => heard() === 'Saved.')
    const file = await saved[0]
    assert.match(file?.name ?? '', /\.json$/)
    const read: { format: string; version: number; disclosure: { speaker: string }; messages: { text: string }[] } =
      JSON.parse(file?.content ?? '')
    assert.strictEqual(read.format, 'twin-conversation')
    assert.strictEqual(read.version, 1)
    assert.strictEqual(read.disclosure.speaker, 'AI')
    assert.deepEqual(
      read.messages.map(({ text }) => text),
      ['Long ago', question.text, reply.text],
    )
  })

  it('says so when not everything could be fetched, and saves nothing', async () => {
    const { session, list, root, heard, find } = await withTools()
    session.everything = () => Promise.reject(new Error('no line'))
    await list()
    const { saved } = downloads()
    root.querySelectorAll<HTMLElement>('.keep button')[0]?.click()
    await until(() => heard() === 'It could not be saved whole. Check the line and try again.')
    await until(
      () =>
        find('.keep .note', HTMLElement).textContent === 'It could not be saved whole. Check the line and try again.',
    )
    assert.deepEqual(saved, [])
  })
})
