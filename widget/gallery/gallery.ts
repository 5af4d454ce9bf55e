/**
 * Shows one state of the element, named by the address: `?state=thinking&scheme=dark&mode=page&dir=rtl&look=solara&lang=de`.
 * A development page; nothing of it is served to anybody.
 */
import type { Theme } from '../../schema/wire/embed.ts'
import { drawLauncher } from '../launcher/draw-launcher.ts'
import '../element/vibethink-twin.ts'
import { careful, layan, remy, solara } from './cast.ts'
import { fakeSession } from './fake-session.ts'
import { states } from './states.ts'
import { play, toolsScenes } from './tools-scenes.ts'

const asked = new URLSearchParams(location.search)
const scheme = asked.get('scheme') === 'dark' ? 'dark' : 'light'
const looks = new Map(Object.entries({ careful, layan, solara }))
const base = looks.get(asked.get('look') ?? '') ?? remy
const theme: Theme = { ...base.theme, scheme, accent: asked.get('accent') ?? base.theme.accent }
const config = { ...base, theme }
const mode = asked.get('mode') === 'page' ? 'page' : 'bubble'

document.documentElement.dataset['mode'] = mode
document.documentElement.dir = asked.get('dir') ?? 'ltr'
document.documentElement.dataset['scheme'] = scheme

const twin = document.createElement('vibethink-twin')
twin.mode = mode
twin.locale = asked.get('lang') ?? ''
twin.serverUrl = location.origin
const scene = toolsScenes[asked.get('state') ?? '']
twin.openSession = () => fakeSession(scene?.state ?? states[asked.get('state') ?? ''] ?? {}, scene?.kept)
twin.config = config
document.body.append(twin)
await twin.updateComplete
if (mode === 'bubble') {
  const launcher = drawLauncher(twin, config, location.origin)
  launcher.addEventListener('click', () => void twin.open({ byPerson: true }))
}
if (asked.has('state')) await twin.resume()
if (scene && twin.shadowRoot) await play(twin.shadowRoot, scene)
// What was typed waits behind the question.
if (base === careful) void twin.send(remy.suggestions[0] ?? '').catch(() => {})
