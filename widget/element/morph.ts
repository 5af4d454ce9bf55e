/**
 * The launcher becomes the panel: the panel is uncovered from the launcher's circle, and the portrait travels from
 * there into the header. Backwards on closing. With reduced motion only opacity, 80 ms.
 */
const EASING = 'cubic-bezier(.2,.8,.2,1)'

export interface Stage {
  readonly panel: HTMLElement
  /** The portrait in the header. */
  readonly face: Element | null
  /** Where the launcher's portrait is. */
  readonly from: DOMRect
}

/** Settles when the movement has ended, or was cut short by another. */
export async function morph({ panel, face, from }: Stage, direction: 'normal' | 'reverse'): Promise<void> {
  for (const running of panel.getAnimations({ subtree: true })) running.cancel()
  const fill = 'both'
  if (matchMedia('(prefers-reduced-motion: reduce)').matches || from.width === 0) {
    return settle(panel.animate({ opacity: [0, 1] }, { duration: 80, direction, fill }))
  }
  const timing = { duration: direction === 'normal' ? 240 : 180, easing: EASING, direction, fill } as const
  const box = panel.getBoundingClientRect()
  const circle = `inset(${from.top - box.top}px ${box.right - from.right}px ${box.bottom - from.bottom}px ${from.left - box.left}px round 28px)`
  const whole = 'inset(-32px -32px -32px -32px round 48px)' // with room for the shadow
  if (face) {
    const to = face.getBoundingClientRect()
    const travel = `translate(${from.left - to.left}px,${from.top - to.top}px) scale(${from.width / to.width})`
    void settle(face.animate({ transform: [travel, 'none'], transformOrigin: ['0 0', '0 0'] }, timing))
  }
  return settle(panel.animate({ clipPath: [circle, whole] }, timing))
}

async function settle(animation: Animation): Promise<void> {
  await animation.finished.catch(() => {}) // cancelled by the opposite movement
  animation.cancel()
}
