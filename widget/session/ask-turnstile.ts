/**
 * Asks Cloudflare's Turnstile to vouch for this browser. Where a page's policy keeps its script out, or it takes too long,
 * nobody vouches, and the work is done instead.
 */

interface TurnstileScript {
  render(
    container: HTMLElement,
    options: {
      readonly sitekey: string
      readonly action: string
      readonly appearance: 'interaction-only'
      callback(token: string): void
      'error-callback'(): boolean
    },
  ): string
  remove(id: string): void
}

const SCRIPT = 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit'
const PATIENCE_MS = 15_000

/** A token, or undefined. */
export async function askTurnstile(siteKey: string, signal: AbortSignal): Promise<string | undefined> {
  const place = document.createElement('div')
  // over the panel, should it have a question of its own; a style rule and not an attribute, which a strict policy blocks
  Object.assign(place.style, {
    position: 'fixed',
    insetInline: '0',
    bottom: '0',
    margin: 'auto',
    width: 'fit-content',
    zIndex: '2147483647',
  })
  let give: (token?: string) => void = () => undefined
  const given = new Promise<string | undefined>((resolve) => (give = resolve))
  const giveUp = (): void => give()
  const late = setTimeout(giveUp, PATIENCE_MS)
  signal.addEventListener('abort', giveUp, { once: true })
  let script: TurnstileScript | undefined
  let id: string | undefined
  try {
    await Promise.race([loadScript(), given])
    script = turnstileOf(globalThis)
    document.body.append(place)
    id = script?.render(place, {
      sitekey: siteKey,
      action: 'twin-session',
      appearance: 'interaction-only',
      callback: give,
      'error-callback': () => (giveUp(), true),
    })
    if (id === undefined) giveUp()
    return await given
  } catch {
    return undefined
  } finally {
    clearTimeout(late)
    if (id !== undefined) script?.remove(id)
    place.remove()
  }
}

async function loadScript(): Promise<void> {
  if (turnstileOf(globalThis)) return
  const element = document.createElement('script')
  element.src = SCRIPT
  await new Promise((resolve, reject) => {
    element.addEventListener('load', resolve)
    element.addEventListener('error', reject)
    document.head.append(element)
  })
}

function turnstileOf(holder: object): TurnstileScript | undefined {
  const found: unknown = Reflect.get(holder, 'turnstile')
  return isTurnstile(found) ? found : undefined
}

function isTurnstile(value: unknown): value is TurnstileScript {
  return typeof value === 'object' && value !== null && 'render' in value && typeof value.render === 'function'
}
