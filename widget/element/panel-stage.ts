/** Opening and closing as a movement: the launcher becomes the panel and back, and the focus goes with the person. */
import { morph } from './morph.ts'

export interface Cast {
  readonly panel: HTMLElement
  readonly launcher: HTMLElement | null
  /** A person asked for it: move, and take the focus along. */
  readonly byPerson: boolean
}

/** The panel is in the document and shown; settles when it has arrived. */
export async function showPanel({ panel, launcher, byPerson }: Cast): Promise<void> {
  if (launcher) {
    launcher.inert = true
    launcher.ariaExpanded = 'true'
  }
  if (!byPerson) return
  // Where things stand is known for nothing in the frame that draws them, and dearly before.
  await new Promise(requestAnimationFrame)
  const from = faceOf(launcher)
  // A field in focus brings up a phone's keyboard, which would cover the greeting: there the panel itself gets it.
  const isTouch = matchMedia('(pointer: coarse)').matches
  const field = isTouch ? null : panel.querySelector<HTMLElement>('.composer textarea:enabled')
  ;(field ?? panel).focus({ preventScroll: true })
  await morph({ panel, face: panel.querySelector('.face'), from }, 'normal')
}

/** Settles when the panel may be taken away. */
export async function hidePanel({ panel, launcher, byPerson }: Cast): Promise<void> {
  if (launcher) {
    launcher.inert = false
    launcher.ariaExpanded = 'false'
  }
  if (!byPerson) return
  launcher?.focus({ preventScroll: true })
  await morph({ panel, face: panel.querySelector('.face'), from: faceOf(launcher) }, 'reverse')
}

function faceOf(launcher: HTMLElement | null): DOMRect {
  return launcher?.querySelector('.face')?.getBoundingClientRect() ?? new DOMRect()
}
