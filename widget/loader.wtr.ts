import { assert } from '@open-wc/testing'
import { known, paste, until, type Pasted } from './testing/paste.ts'

// The test runner's own words, which are global in the page.
declare function describe(name: string, body: () => void): void
declare function it(name: string, body: () => void | Promise<void>): void
declare function afterEach(body: () => void): void

afterEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  for (const frame of document.querySelectorAll('iframe')) frame.remove()
})

const script = (id?: string): string =>
  `<script async src="/v1/twin.js"${id ? ` data-deployment-id="${id}"` : ''}></script>`
const placed = (id: string): string => `<vibethink-twin deployment-id="${id}"></vibethink-twin>`
const older = `<script src="/twin-widget.js"></script>
  <div id="vibethink-twin" data-celebrity-id="remy-vale" data-theme="dark" data-position="bottom-left"></div>`
type Answering = typeof known
/** Until whatever the last change of the page has set off has happened. */
const settled = async ({ page }: Pasted): Promise<void> => {
  const { defaultView } = page
  await new Promise((done) => defaultView?.requestAnimationFrame(() => defaultView.setTimeout(done)))
}
const isDrawn = ({ launchers }: Pasted): boolean => launchers().length > 0

const embeds: [name: string, markup: string, twins: string[]][] = [
  ['the script alone', script('a'), ['a']],
  ['the script in the head of the page, before anything else', `${script('a')}<main>Words</main>`, ['a']],
  ['the element before the script', placed('a') + script(), ['a']],
  ['the element after the script', script() + placed('a'), ['a']],
  ['both forms for one deployment', script('a') + placed('a'), ['a']],
  ['both forms for one deployment, the other way round', placed('a') + script('a'), ['a']],
  ['the script twice', script('a') + script('a'), ['a']],
  ['both names of the script', `${script('a')}<script src="/twin-widget.js" data-deployment-id="a"></script>`, ['a']],
  ['two deployments, by two scripts', script('a') + script('b'), ['a', 'b']],
  ['two deployments, by two elements', placed('a') + placed('b') + script(), ['a', 'b']],
  ['one deployment placed twice', placed('a') + placed('a') + script(), ['a']],
  ['the older embed', older, ['found-by-name']],
]

describe('an embed', () => {
  for (const [name, markup, expected] of embeds) {
    it(`${name}: each twin once, one request each, and nothing kept`, async () => {
      const pasted = await paste(markup, ({ launchers }) => launchers().length === expected.length)
      const shown = pasted.twins().filter(({ shadowRoot }) => shadowRoot)
      assert.deepEqual(
        shown.map((twin) => twin.getAttribute('deployment-id')),
        expected,
      )
      assert.lengthOf(pasted.requests, expected.length)
      for (const line of pasted.requests)
        assert.match(line, /^GET \/v1\/embed(\/[ab]\?|\?celebrity=remy-vale&)lang=\S+ omit$/)
      assert.deepEqual(pasted.touched, [])
      assert.deepEqual(pasted.warnings, [])
      assert.strictEqual(pasted.page.querySelectorAll('[style], style').length, 0)
    })
  }

  it('takes in an element that comes later', async () => {
    const pasted = await paste(script('a'), isDrawn)
    const later = pasted.page.createElement('vibethink-twin')
    pasted.page.body.append(later)
    later.setAttribute('deployment-id', 'b')
    await until(() => pasted.launchers().length === 2)
    assert.lengthOf(pasted.requests, 2)
  })

  it('gives way to an element of the same deployment that is placed later', async () => {
    const pasted = await paste(script('a'), isDrawn)
    pasted.page.body.insertAdjacentHTML('afterbegin', placed('a'))
    await until(() => pasted.twins().length === 1 && pasted.launchers().length === 1)
    assert.strictEqual(pasted.page.body.firstElementChild?.localName, 'vibethink-twin')
  })

  it('of the older form keeps the look its page gave', async () => {
    const pasted = await paste(older, isDrawn)
    const [launcher] = pasted.launchers()
    assert.strictEqual(launcher?.dataset['position'], 'bottom-left')
    assert.strictEqual(pasted.twins()[0]?.getAttribute('theme'), 'dark')
  })

  it('names its button for everybody', async () => {
    const pasted = await paste(script('a'), isDrawn)
    const [launcher] = pasted.launchers()
    assert.strictEqual(launcher?.ariaLabel, 'Talk to the AI twin of Remy Vale: Ask Remy about the match')
    assert.strictEqual(launcher?.tagName, 'BUTTON')
  })

  it('says of itself what its script tag says, but nothing that would run', async () => {
    const tag = `<script async src="/v1/twin.js" data-deployment-id="a" data-position="top" data-launcher="icon"
      data-onfocusin="document.title = 'executed'"></script>`
    const pasted = await paste(tag, isDrawn)
    const [twin] = pasted.twins()
    assert.deepEqual(
      ['position', 'launcher', 'onfocusin'].map((name) => twin?.getAttribute(name)),
      ['top', 'icon', null],
    )
    pasted.launchers()[0]?.focus()
    assert.notStrictEqual(pasted.page.title, 'executed')
  })
})

describe('a language', () => {
  const asked: [name: string, markup: string, lang: string, wish: RegExp][] = [
    [
      'the element names',
      `<vibethink-twin deployment-id="a" locale="tr"></vibethink-twin>${script()}`,
      'de',
      /^tr,de,/,
    ],
    [
      'its script tag names',
      '<script src="/v1/twin.js" data-deployment-id="a" data-locale="tr"></script>',
      '',
      /^tr,\w/,
    ],
    ['the page is in', script('a'), 'de-AT', /^de-AT,/],
    ['the reader reads, where the page names none', script('a'), '', /^en/],
  ]
  for (const [name, markup, lang, wish] of asked) {
    it(`is asked for as ${name}`, async () => {
      const pasted = await paste(markup, isDrawn, known, { lang })
      const [, url] = pasted.requests[0]?.split(' ') ?? []
      assert.match(new URL(url ?? '', location.origin).searchParams.get('lang') ?? '', wish)
    })
  }

  it('comes with the panel, at the first sign of a person, and is the one the answer was in', async () => {
    const pasted = await paste(script('a'), isDrawn, (path) => ({ ...known(path), language: 'ja' }), { lang: 'ja' })
    assert.deepEqual(pasted.files(), [])
    pasted.launchers()[0]?.dispatchEvent(new PointerEvent('pointerenter'))
    await until(() => pasted.files().length > 1)
    assert.sameMembers(pasted.files().slice(0, 2), ['/assets/panel.js', '/assets/words/ja.js'])
    assert.deepEqual(pasted.touched, [])
  })
})

describe('a launcher', () => {
  const faced =
    (theme: object): Answering =>
    (path) => {
      const answer = known(path)
      const body = Object(answer.body)
      return { ...answer, body: { ...body, theme: { ...body.theme, ...theme } } }
    }
  const looks: [name: string, attributes: string, theme: object, pill: string | undefined, icon: boolean][] = [
    ['with a line, where the deployment has one', '', { launcherLabel: 'Ask' }, 'Ask', false],
    ['of a face, where it has none', '', { launcherLabel: undefined }, undefined, false],
    ['of a face, as the deployment says', '', { launcher: 'face', launcherLabel: 'Ask' }, undefined, false],
    ['with a sign, as the deployment says', '', { launcher: 'icon' }, undefined, true],
    ['with a sign, as the page says', 'launcher="icon"', { launcher: 'pill' }, undefined, true],
    ['with the line of the page', 'launcher-label="Meet Remy"', { launcherLabel: 'Ask' }, 'Meet Remy', false],
    [
      'with a line that nobody wrote',
      'launcher="pill"',
      { launcherLabel: undefined },
      'Talk to the AI twin of Remy Vale',
      false,
    ],
  ]
  for (const [name, attributes, theme, pill, icon] of looks) {
    it(`is drawn ${name}, and is called what it is`, async () => {
      const markup = `<vibethink-twin deployment-id="a" ${attributes}></vibethink-twin>${script()}`
      const pasted = await paste(markup, isDrawn, faced(theme))
      const [launcher] = pasted.launchers()
      assert.strictEqual(launcher?.querySelector('.pill')?.textContent, pill)
      assert.strictEqual(launcher?.querySelector('.icon') !== null, icon)
      assert.strictEqual(launcher?.querySelector('img') !== null, !icon)
      assert.match(launcher?.ariaLabel ?? '', /^Talk to the AI twin of Remy Vale/)
      assert.include(launcher?.ariaLabel, pill ?? '')
    })
  }

  const places: [position: string, x: 'left' | 'middle' | 'right', y: 'top' | 'bottom'][] = [
    ['top-left', 'left', 'top'],
    ['top', 'middle', 'top'],
    ['top-right', 'right', 'top'],
    ['bottom-left', 'left', 'bottom'],
    ['bottom', 'middle', 'bottom'],
    ['bottom-right', 'right', 'bottom'],
    ['nowhere', 'right', 'bottom'],
  ]
  for (const [position, x, y] of places) {
    it(`stands at the ${y}, ${x}, for position="${position}"`, async () => {
      const markup = `<vibethink-twin deployment-id="a" position="${position}" launcher="face"></vibethink-twin>`
      const pasted = await paste(markup + script(), isDrawn)
      const box = pasted.launchers()[0]?.getBoundingClientRect() ?? new DOMRect()
      const middle = box.left + box.width / 2
      assert.closeTo(middle, { left: 52, middle: 400, right: 748 }[x], 1)
      assert.closeTo(y === 'top' ? box.top : 600 - box.bottom, 24, 1)
      assert.isTrue(box.width < 70 && box.height < 70)
    })
  }

  const accents: [name: string, accent: string, shown: string][] = [
    ['the page gives', '#aa3311', '#aa3311'],
    ['the deployment has, where the page gives none that is a colour', 'red', '#0f7b5f'],
  ]
  for (const [name, accent, shown] of accents) {
    it(`wears the accent that ${name}`, async () => {
      const own = `<script>document.documentElement.style.setProperty('--twin-accent', '${accent}')</script>`
      const pasted = await paste(own + script('a'), isDrawn)
      const [twin] = pasted.twins()
      const view = pasted.page.defaultView
      assert.strictEqual(twin && view?.getComputedStyle(twin).getPropertyValue('--_accent'), shown)
    })
  }

  it('shows what the page has put into its place', async () => {
    const markup = `<vibethink-twin deployment-id="a"><b slot="launcher-icon">R</b></vibethink-twin>${script()}`
    const pasted = await paste(markup, isDrawn)
    const own = pasted.page.querySelector('b')?.getBoundingClientRect() ?? new DOMRect()
    assert.deepEqual([own.width, own.height], [52, 52])
    assert.isNull(pasted.launchers()[0]?.querySelector('img'))
  })
})

describe('a deployment that speaks first', () => {
  const speaks: Answering = (path) => {
    const answer = known(path)
    return { ...answer, body: { ...Object(answer.body), proactive: { text: 'Shall we talk?', delaySeconds: 0 } } }
  }
  const card = ({ twins }: Pasted): Element | null | undefined => twins()[0]?.shadowRoot?.querySelector('.teaser')

  it('shows its words, with no more than two files, and no request', async () => {
    const pasted = await paste(script('a'), (one) => card(one) != null, speaks)
    assert.sameMembers(pasted.files(), ['/assets/teaser.js', '/assets/words/en.js'])
    assert.lengthOf(pasted.requests, 1)
    assert.deepEqual(pasted.touched, ['getItem'])
  })

  it('opens where its words are followed', async () => {
    const pasted = await paste(script('a'), (one) => card(one) != null, speaks)
    card(pasted)?.querySelector<HTMLButtonElement>('.follow')?.click()
    await until(() => pasted.twins()[0]?.hasAttribute('open') === true && !card(pasted))
  })

  const quiet: [name: string, attributes: string, act: (pasted: Pasted) => void][] = [
    ['where the page says so', 'proactive="off"', () => {}],
    ['as long as the page says', 'proactive-delay="3600"', () => {}],
    [
      'to somebody who has come near already',
      'proactive-delay="0.05"',
      ({ launchers }) => launchers()[0]?.dispatchEvent(new PointerEvent('pointerenter')),
    ],
    ['in a twin that is no bubble', 'mode="inline" proactive-delay="0"', () => {}],
  ]
  for (const [name, attributes, act] of quiet) {
    it(`is silent ${name}`, async () => {
      const markup = `<vibethink-twin deployment-id="a" ${attributes}></vibethink-twin>${script()}`
      const pasted = await paste(markup, ({ events }) => events.length > 0, speaks)
      act(pasted)
      const later = '<vibethink-twin deployment-id="a" proactive-delay="0.05"></vibethink-twin>'
      await paste(later + script(), (other) => card(other) != null, speaks) // begun later, and done
      assert.notInclude(pasted.files(), '/assets/teaser.js')
    })
  }
})

describe('a page that changes under it', () => {
  it('keeps the twin of its script tag, once, when another body takes the place', async () => {
    const pasted = await paste(script('a'), isDrawn)
    const [twin] = pasted.twins()
    for (let visit = 0; visit < 3; visit++) {
      // As Turbo does it: the page as it was is kept as a copy, and comes back for the way back.
      const copy = pasted.page.body.cloneNode(true)
      const next = visit === 1 ? copy : pasted.page.createElement('body')
      pasted.page.documentElement.replaceChild(next, pasted.page.body)
      await until(() => pasted.twins().length === 1 && pasted.twins()[0] === twin)
      assert.lengthOf(pasted.launchers(), 1)
    }
    assert.lengthOf(pasted.requests, 1)
  })

  it('does not double it when the next body brings the script tag again', async () => {
    const pasted = await paste(script('a'), isDrawn)
    const next = pasted.page.createElement('body')
    const again = pasted.page.createElement('script')
    again.src = '/v1/twin.js'
    again.dataset['deploymentId'] = 'a'
    pasted.page.documentElement.replaceChild(next, pasted.page.body)
    const loaded = new Promise((done) => again.addEventListener('load', done))
    next.append(again)
    await loaded
    await until(() => pasted.twins().length === 1 && pasted.launchers().length === 1)
    assert.lengthOf(pasted.requests, 1)
  })

  it('keeps an element that travels from body to body as it is', async () => {
    const markup = `<div id="kept" data-turbo-permanent>${placed('a')}</div>${script()}`
    const pasted = await paste(markup, isDrawn)
    const [launcher] = pasted.launchers()
    const next = pasted.page.createElement('body')
    next.append(pasted.page.querySelector('#kept') ?? '')
    pasted.page.documentElement.replaceChild(next, pasted.page.body)
    await settled(pasted)
    assert.strictEqual(pasted.launchers()[0], launcher)
    assert.lengthOf(pasted.requests, 1)
  })

  it('is rid of the twin that it takes out', async () => {
    const pasted = await paste(script('a'), isDrawn)
    pasted.twins()[0]?.remove()
    pasted.page.body.append('more')
    await settled(pasted)
    assert.lengthOf(pasted.twins(), 0)
  })

  it('has another twin when it names another deployment', async () => {
    const pasted = await paste(placed('a') + script(), isDrawn)
    const [before] = pasted.launchers()
    pasted.twins()[0]?.setAttribute('deployment-id', 'b')
    await until(() => pasted.requests.length === 2 && pasted.launchers().length === 1)
    assert.notStrictEqual(pasted.launchers()[0], before)
    assert.propertyVal(Reflect.get(pasted.twins()[0] ?? {}, 'config'), 'deploymentId', 'b')
  })

  const strange: [name: string, act: (twin: HTMLElement) => void][] = [
    ['a deployment nobody knows', (twin) => twin.setAttribute('deployment-id', 'unknown')],
    ['none any more', (twin) => twin.removeAttribute('deployment-id')],
  ]
  for (const [name, act] of strange) {
    it(`has no twin when it names ${name}`, async () => {
      const unknown = { status: 404, body: { code: 'twin_not_found', title: 'No twin lives here' } }
      const answer: Answering = (path) => (path.includes('unknown') ? unknown : known(path))
      const pasted = await paste(placed('a') + script(), isDrawn, answer)
      const [twin] = pasted.twins()
      if (twin) act(twin)
      await until(() => pasted.launchers().length === 0)
      await settled(pasted)
      assert.isUndefined(Reflect.get(twin ?? {}, 'config'))
      assert.deepEqual(pasted.launchers(), [])
    })
  }

  it('has it too inside a component, when the component hands it over', async () => {
    const pasted = await paste(script(), ({ page }) => page.readyState === 'complete')
    const shell = pasted.page.body.appendChild(pasted.page.createElement('section')).attachShadow({ mode: 'open' })
    shell.innerHTML = placed('a')
    const twin = shell.querySelector('vibethink-twin')
    const { VibeThinkTwin } = Object(pasted.page.defaultView)
    VibeThinkTwin.push(twin)
    await until(() => twin?.shadowRoot?.querySelector('.launcher') != null)
    assert.lengthOf(pasted.requests, 1)
  })
})

describe('a hostile page', () => {
  const nobody = (): void => {}
  const hostile: [name: string, markup: string, act?: (inside: Window & typeof globalThis) => void][] = [
    ['that names an image currentScript', `<img name="currentScript" alt="">${script('a')}`],
    ['that names a form like the queue', `<form id="VibeThinkTwin" name="VibeThinkTwin"></form>${script('a')}`],
    [
      'that names elements like globals',
      `<a id="fetch"></a><a id="customElements"></a><a id="Image"></a>${script('a')}`,
    ],
    ['that makes a module of the script', '<script type="module" src="/v1/twin.js" data-deployment-id="a"></script>'],
    [
      'that loads the script late, by another script',
      `<script>addEventListener('load', () => setTimeout(() => {
        const late = document.createElement('script')
        late.src = '/v1/twin.js'
        late.dataset.deploymentId = 'a'
        document.head.append(late)
      }, 50))</script>`,
    ],
    [
      'that runs the script as text, beside its emptied tag',
      `<script data-deployment-id="a" src="/v1/twin.js" type="text/plain"></script>
       <script>addEventListener('load', async () => {
         const request = new XMLHttpRequest()
         request.open('GET', '/v1/twin.js', false)
         request.send()
         ;(0, eval)(request.responseText)
       })</script>`,
    ],
    [
      'with Prototype.js',
      script('a'),
      (inside) => {
        const { prototype } = inside.Array
        for (const name of ['each', 'first', 'last', 'clone', 'compact', 'flatten', 'without', 'inspect']) {
          Reflect.set(prototype, name, nobody)
        }
        Reflect.set(prototype, 'toJSON', () => '[]')
        Reflect.set(inside.String.prototype, 'toJSON', () => '""')
        Reflect.set(prototype, 'entries', () => [])
        Reflect.set(inside.Element.prototype, 'getElementsByClassName', nobody)
        Reflect.set(inside, '$', nobody)
      },
    ],
    [
      'whose prototypes are frozen',
      script('a'),
      (inside) => {
        for (const { prototype } of [inside.Object, inside.Array, inside.Function, inside.Promise, inside.String]) {
          inside.Object.freeze(prototype)
        }
        for (const { prototype } of [inside.Element, inside.HTMLElement, inside.Node, inside.EventTarget]) {
          inside.Object.freeze(prototype)
        }
      },
    ],
  ]
  for (const [name, markup, act] of hostile) {
    it(`${name} has its twin, which opens for a person`, async () => {
      const errors: unknown[] = []
      const watch = (inside: Window & typeof globalThis): void => {
        for (const kind of ['error', 'unhandledrejection']) {
          inside.addEventListener(kind, (event) => {
            errors.push(Object(event).message ?? String(Object(event).reason))
            event.preventDefault()
          })
        }
        act?.(inside)
      }
      const pasted = await paste(markup, isDrawn, known, { act: watch })
      pasted.launchers()[0]?.click()
      await until(() => pasted.twins()[0]?.shadowRoot?.querySelector('textarea') != null)
      assert.deepEqual(errors, [])
      assert.lengthOf(pasted.twins(), 1)
    })
  }
})

describe('a pinned version', () => {
  const pin = async (bend = (hash: string): string => hash): Promise<string> => {
    const { loader, integrity } = await (await fetch('/dist/public/manifest.json')).json()
    return `<script src="${loader}" integrity="${bend(integrity[loader])}" crossorigin="anonymous"
      data-deployment-id="a" onerror="document.title = 'refused'"></script>`
  }

  it('is the loader, at an address that names it', async () => {
    const pasted = await paste(await pin(), isDrawn)
    assert.lengthOf(pasted.requests, 1)
  })

  it('does not run with other bytes than were promised', async () => {
    const bent = await pin((hash) => hash.replace(/-../, '-AA'))
    const pasted = await paste(bent, ({ page }) => page.title === 'refused')
    assert.deepEqual(pasted.twins(), [])
  })
})

describe('a person', () => {
  it('who comes near brings the panel, and still nothing is kept', async () => {
    const pasted = await paste(script('a'), isDrawn)
    pasted.launchers()[0]?.dispatchEvent(new PointerEvent('pointerenter'))
    await until(() => 'updateComplete' in (pasted.twins()[0] ?? {}))
    assert.deepEqual(pasted.touched, [])
    assert.lengthOf(pasted.requests, 1)
  })

  it('who clicks gets the panel, the session and the focus', async () => {
    const pasted = await paste(script('a'), isDrawn)
    pasted.launchers()[0]?.click()
    const root = pasted.twins()[0]?.shadowRoot
    await until(() => root?.activeElement?.localName === 'textarea' && pasted.requests.length > 1)
    assert.match(pasted.requests[1] ?? '', /^POST \/v1\/sessions/)
    assert.lengthOf(
      pasted.requests.filter((line) => line.includes('embed')),
      1,
    )
    assert.lengthOf(root?.querySelectorAll('.launcher') ?? [], 1)
    assert.deepEqual(
      pasted.events.map(({ name }) => name),
      ['twin:ready', 'twin:open'],
    )
  })
})

describe('a refusal', () => {
  const refusals: [name: string, markup: string][] = [
    ['by the script', script('a')],
    ['by the element', placed('a') + script()],
    ['by the older embed', older],
  ]
  for (const [name, markup] of refusals) {
    it(`${name} shows the visitor nothing, and tells the owner once what to add`, async () => {
      const detail = 'Add https://stranger.example to the allowed domains of this deployment.'
      const pasted = await paste(
        markup,
        ({ warnings }) => warnings.length > 0,
        () => ({
          status: 403,
          body: { type: 'about:blank', title: 'Refused', status: 403, code: 'origin_not_allowed', detail },
        }),
      )
      assert.deepEqual(pasted.launchers(), [])
      assert.lengthOf(pasted.warnings, 1)
      assert.include(pasted.warnings[0], 'origin_not_allowed')
      assert.include(pasted.warnings[0], detail)
      assert.deepEqual(
        pasted.events.map(({ name: event }) => event),
        ['twin:error'],
      )
      assert.propertyVal(pasted.events[0]?.detail, 'code', 'origin_not_allowed')
      assert.deepEqual(pasted.touched, [])
    })
  }

  const broken: [name: string, body: unknown][] = [
    ['nothing', null],
    ['a list', []],
    ['a twin without a name', { ...Object(known('/v1/embed/a').body), twin: {} }],
    ['no disclosure', { ...Object(known('/v1/embed/a').body), disclosure: '' }],
    ['a sponsor without words', { ...Object(known('/v1/embed/a').body), sponsor: { brand: 'Solara' } }],
  ]
  for (const [name, body] of broken) {
    it(`is what an answer with ${name} is taken for`, async () => {
      const pasted = await paste(
        script('a'),
        ({ warnings }) => warnings.length > 0,
        () => ({ status: 200, body }),
      )
      assert.deepEqual(pasted.launchers(), [])
    })
  }
})

describe('the queue', () => {
  it('keeps what shows nothing until somebody wants the panel, and then keeps the order', async () => {
    const early = `<script>VibeThinkTwin = [['setContext', { page: 'cart' }]]</script>`
    const pasted = await paste(early + script('a'), isDrawn)
    await settled(pasted)
    assert.deepEqual(pasted.files(), [])
    Object(pasted.page.defaultView).VibeThinkTwin.push(['open'])
    await until(() => pasted.twins()[0]?.hasAttribute('open') === true)
    assert.deepEqual(pasted.touched, [])
  })

  it('forgets at once, also where nobody wants the panel', async () => {
    const early = `<script>VibeThinkTwin = [['logout']]</script>`
    const pasted = await paste(early + script('a'), ({ files }) => files().length > 0)
    assert.match(pasted.files().join(), /panel/)
    assert.isFalse(pasted.twins()[0]?.hasAttribute('open'))
  })

  it('carries out what the page asked for before the script came', async () => {
    const pasted = await paste(`<script>VibeThinkTwin = [['open']]</script>${script('a')}`, ({ twins }) =>
      Boolean(twins()[0]?.shadowRoot?.querySelector('.panel')),
    )
    assert.strictEqual(pasted.twins()[0]?.hasAttribute('open'), true)
  })
})
