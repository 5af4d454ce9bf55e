import { assert } from '@open-wc/testing'
import { LOCALES } from '../../schema/wire/locales.ts'
import { layan, remy } from '../gallery/cast.ts'
import { fakeSession } from '../gallery/fake-session.ts'
import { states } from '../gallery/states.ts'
import { loadWords } from '../locales/load-words.ts'
import { converse, type } from '../testing/meet.ts'
import { learn } from './language.ts'
import { ownWords } from './own-words.ts'
import { speechOf } from './speech.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function afterEach(body: () => void): void

const warn = console.warn
afterEach(() => {
  console.warn = warn
  document.documentElement.lang = 'en'
  sessionStorage.clear()
  for (const twin of document.querySelectorAll('vibethink-twin')) twin.remove()
})

function warnings(): string[] {
  const told: string[] = []
  console.warn = (words: unknown) => void told.push(String(words))
  return told
}

// First, while no word is there yet.
describe('words that cannot be had', () => {
  const { URL } = globalThis
  const loseThem = (): void => {
    globalThis.URL = class extends URL {
      constructor(path: string | URL, base?: string | URL) {
        super(String(path).replace('/words/', '/nowhere/'), base)
      }
    }
  }
  afterEach(() => {
    globalThis.URL = URL
  })

  it('keep the panel closed and say so to whoever opened it; the next attempt opens it', async () => {
    loseThem()
    const twin = document.createElement('vibethink-twin')
    twin.openSession = () => fakeSession()
    twin.config = remy
    document.body.append(twin)
    await twin.updateComplete
    const failure: unknown = await twin.open({ byPerson: true }).catch((error: unknown) => error)
    assert.instanceOf(failure, TypeError)
    assert.isFalse(twin.opened)
    assert.strictEqual(twin.shadowRoot?.querySelector('.panel') ?? null, null)
    globalThis.URL = URL
    await twin.open({ byPerson: true })
    assert.isTrue(twin.opened)
    assert.strictEqual(twin.shadowRoot?.querySelector('h2')?.textContent, 'AI twin of Remy Vale')
  })

  it('of one language are English ones instead', async () => {
    loseThem()
    const { locale, dir, say } = await learn({ locale: 'ar', texts: '' })
    assert.deepEqual([locale.slice(0, 2), dir, say('close')], ['en', 'ltr', 'Close'])
  })
})

describe('every language', () => {
  for (const tag of LOCALES) {
    it(`${tag} is spoken by the panel, and read out as what it is`, async () => {
      const { twin, find, settled } = await converse({ ...states['nearly full'], placesLeft: 61 })
      twin.setAttribute('locale', tag)
      await twin.updateComplete
      await settled()
      const panel = find('.panel', HTMLElement)
      const words = await loadWords(tag)
      const { say } = speechOf(words, tag, tag)
      assert.strictEqual(panel.lang, tag)
      assert.strictEqual(panel.dir, ['ar', 'he', 'fa', 'ur'].includes(tag) ? 'rtl' : 'ltr')
      assert.strictEqual(panel.ariaLabel, say('ai_twin_of', { name: 'Remy Vale' }))
      assert.include(find('.status', HTMLElement).textContent, say('nearly_full', { n: 61 }))
      assert.notInclude(panel.textContent, '{')
      await assert.isAccessible(twin)
    })
  }
})

describe('the language', () => {
  it('is the one set, else the page’s, else the reader’s, else English', async () => {
    document.documentElement.lang = 'fr-CA'
    assert.strictEqual((await learn({ locale: 'de', texts: '' })).locale, 'de')
    assert.strictEqual((await learn({ locale: '', texts: '' })).locale, 'fr-CA')
    document.documentElement.lang = 'tlh'
    const own = await learn({ locale: '', texts: '' })
    assert.strictEqual(own.say('close'), 'Close', `the browser of this test asks for ${navigator.languages.join()}`)
  })

  it('that nobody speaks is named once, and the next is spoken', async () => {
    const told = warnings()
    document.documentElement.lang = 'es'
    const speech = await learn({ locale: 'qq', texts: '' })
    await learn({ locale: 'qq', texts: '' })
    assert.strictEqual(speech.locale, 'es')
    assert.deepEqual(told, ['[twin] locale="qq" is not a language it speaks'])
  })

  it('may be written as no tag should be, and is understood', async () => {
    const speech = await learn({ locale: 'pt_BR', texts: '' })
    assert.strictEqual(speech.locale, 'pt')
  })

  it('changes while one talks, and nothing that was said or typed is lost', async () => {
    const { twin, find, root, settled } = await converse(states['answered'])
    type(find('textarea', HTMLTextAreaElement), 'A draft')
    twin.locale = 'ar'
    await twin.updateComplete
    await settled()
    assert.strictEqual(find('.panel', HTMLElement).dir, 'rtl')
    assert.strictEqual(find('textarea', HTMLTextAreaElement).value, 'A draft')
    assert.strictEqual(root.querySelectorAll('.reply').length, 1)
    assert.strictEqual(find('.bubble', HTMLElement).dir, 'auto')
  })

  it('of a twin is the twin’s own: two on a page may speak two', async () => {
    const one = await converse()
    const other = await converse({}, layan)
    other.twin.locale = 'he'
    await other.twin.updateComplete
    assert.deepEqual(
      [one, other].map(({ find }) => find('.panel', HTMLElement).lang.slice(0, 2)),
      ['en', 'he'],
    )
  })
})

describe('plural forms', () => {
  for (const [tag, n, words] of [
    ['en', 1, 'one'],
    ['en', 2, 'other'],
    ['pl', 1, 'one'],
    ['pl', 3, 'few'],
    ['pl', 5, 'many'],
    ['pl', 22, 'few'],
    ['ru', 21, 'one'],
    ['ru', 11, 'many'],
    ['ar', 0, 'zero'],
    ['ar', 2, 'two'],
    ['ar', 6, 'few'],
    ['ar', 11, 'many'],
    ['ar', 100, 'other'],
    ['ja', 1, 'other'],
  ] as const) {
    it(`of ${n} in ${tag} is “${words}”`, async () => {
      const english = await loadWords('en')
      const forms = { zero: 'zero', one: 'one', two: 'two', few: 'few', many: 'many', other: 'other' }
      assert.strictEqual(speechOf({ ...english, latest_new: forms }, tag, tag).say('latest_new', { n }), words)
    })
  }

  it('that a language has no words for are said in its general one', async () => {
    const english = await loadWords('en')
    const words = { ...english, latest_new: { other: '{n} nowych' } }
    assert.strictEqual(speechOf(words, 'pl', 'pl').say('latest_new', { n: 3 }), '3 nowych')
  })

  it('hold the language’s own numerals', async () => {
    const english = await loadWords('en')
    const words = { ...english, latest_new: { other: '{n}' } }
    assert.strictEqual(speechOf(words, 'fa', 'fa').say('latest_new', { n: 12 }), '۱۲')
  })
})

describe('a name in a sentence', () => {
  it('of the other direction stands as one, and takes nothing along', async () => {
    const speech = await learn({ locale: 'ar', texts: '' })
    assert.include(speech.say('message_to', { name: 'Remy Vale' }), '\u2068Remy Vale\u2069')
  })

  it('that looks like a place to fill in stays as it is', async () => {
    const speech = await learn({ locale: 'en', texts: '' })
    assert.strictEqual(speech.say('thinking', { name: '{n} $& {name}' }), '{n} $& {name} is thinking')
  })
})

describe('a page’s own words', () => {
  it('stand in the place of ours, plural forms as well', async () => {
    const texts = JSON.stringify({ send: 'Off it goes', latest_new: { one: 'one more', other: '{n} more' } })
    const { say } = await learn({ locale: 'en', texts })
    assert.strictEqual(say('send'), 'Off it goes')
    assert.strictEqual(say('latest_new', { n: 1 }), 'one more')
    assert.strictEqual(say('latest_new', { n: 4 }), '4 more')
    assert.strictEqual(say('close'), 'Close')
  })

  it('never hide that this is an AI', async () => {
    const told = warnings()
    const texts = JSON.stringify({
      ai_twin_of: '{name}',
      message_to: 'Message to {name}',
      twin_said: 'Remy:',
      you_said: '',
    })
    const { twin, find, settled } = await converse()
    twin.setAttribute('text-contents', texts)
    await twin.updateComplete
    await settled()
    assert.strictEqual(find('h2', HTMLElement).textContent, 'AI twin of Remy Vale')
    assert.strictEqual(find('textarea', HTMLTextAreaElement).ariaLabel, 'Message to the AI twin of Remy Vale')
    assert.strictEqual(told.length, 4)
  })

  it('never turn a yes to consent into a no', async () => {
    const told = warnings()
    const words = await loadWords('en')
    const texts = JSON.stringify({ consent_yes: 'Not now', consent_no: 'Agree', consent_title: 'First' })
    assert.deepEqual(ownWords(texts, words), { consent_title: 'First' })
    assert.strictEqual(told.length, 2)
  })

  for (const [name, json] of [
    ['that are no JSON', '{send: Off}'],
    ['that are a list', '["Send"]'],
    ['that are nothing', 'null'],
  ] as const) {
    it(`${name} change nothing, and are named once`, async () => {
      const told = warnings()
      const words = await loadWords('en')
      assert.deepEqual(ownWords(json, words), {})
      assert.deepEqual(ownWords(json, words), {})
      assert.isAtMost(told.length, 1)
    })
  }

  it('of the wrong kind or an unknown name are left out, one by one', async () => {
    const told = warnings()
    const json =
      '{"send": 3, "sendd": "Go", "__proto__": "x", "constructor": "x", "stop": {"one": "x"}, "close": "Away"}'
    assert.deepEqual(ownWords(json, await loadWords('en')), { close: 'Away' })
    assert.strictEqual(told.length, 5)
  })

  it('are text, whatever they look like', async () => {
    const { twin, root, settled } = await converse()
    twin.textContents = JSON.stringify({ ask: '<img src=x onerror=alert(1)>', close: '"><b>x' })
    await twin.updateComplete
    await settled()
    assert.strictEqual(root.querySelectorAll('.composer img, b').length, 0)
  })
})

describe('the composer', () => {
  it('asks in the panel’s direction, and takes what is typed in its own', async () => {
    const { twin, find, settled } = await converse({}, remy)
    twin.locale = 'ar'
    await twin.updateComplete
    await settled()
    const field = find('textarea', HTMLTextAreaElement)
    assert.strictEqual(getComputedStyle(field).direction, 'rtl')
    type(field, 'Hello')
    await settled()
    assert.strictEqual(getComputedStyle(field).direction, 'ltr')
  })
})
