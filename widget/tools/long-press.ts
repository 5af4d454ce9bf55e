/** A finger held on a message shows its acts, until a finger comes down elsewhere. A moved finger scrolls. */
const HELD_MS = 420 // before the browser's own menu
const STILL_PX = 10

export interface LongPress {
  /** Id of the message whose acts a finger has asked for. */
  readonly messageId: () => string | undefined
}

export function longPress(host: HTMLElement, onChange: () => void): LongPress {
  let shown: string | undefined
  let start: PointerEvent | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const show = (messageId: string | undefined): void => {
    if (messageId === shown) return
    shown = messageId
    onChange()
  }
  const off = (): void => clearTimeout(timer)
  const messageOf = ({ target }: Event): string | undefined =>
    target instanceof Element ? target.closest<HTMLElement>('[data-message]')?.dataset['message'] : undefined

  const root = host.shadowRoot ?? host
  root.addEventListener('pointerdown', (event) => {
    if (!(event instanceof PointerEvent) || event.pointerType === 'mouse') return
    off()
    start = event
    const messageId = messageOf(event)
    if (messageId !== shown) show(undefined)
    if (messageId) timer = setTimeout(() => show(messageId), HELD_MS)
  })
  root.addEventListener('pointermove', (event) => {
    if (!start || !(event instanceof PointerEvent)) return
    if (Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > STILL_PX) off()
  })
  for (const end of ['pointerup', 'pointercancel']) root.addEventListener(end, off)
  return { messageId: () => shown }
}
