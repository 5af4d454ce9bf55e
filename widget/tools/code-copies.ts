/**
 * Gives each block of code in a whole reply a button of its own. It stands in the block and before its code, so that Tab
 * comes to it from there; the typesetter is done with the reply by then, and empties it should the reply be given anew.
 */
import { html, nothing, render } from 'lit'
import type { ToolsPorts } from '../element/tools-port.ts'
import type { ShownMessage } from '../session/conversation-state.ts'
import type { Outcome } from './said-beside.ts'
import { toolIcons } from './tool-icons.ts'
import { writeToClipboard } from './write-to-clipboard.ts'

export interface CodeCopies {
  /** This reply is about to be shown: should it hold code, its blocks are seen to once it stands. */
  see(message: ShownMessage): void
}

const MAY_HOLD_CODE = /```|^(?: {4}|\t)/m
const SAID_MS = 2_000

export function codeCopies({ host, say, locale, announce }: ToolsPorts): CodeCopies {
  const holdsCode = new WeakMap<ShownMessage, boolean>()
  let isDue = false
  let spoken = locale()

  function dress(block: HTMLElement): void {
    const place: HTMLElement = Document.prototype.createElement.call(document, 'span')
    place.className = 'code-act'
    // One template whatever is said: its button keeps the focus.
    const draw = (said?: Outcome): void => {
      render(
        html`${said === 'copy_failed' ? html`<span class="said">${say(said)}</span>` : nothing}
          <button type="button" class="tool" aria-label=${say('copy_code')} title=${say('copy_code')} @click=${copy}>
            ${said === 'copied' ? toolIcons.done : toolIcons.copy}
          </button>`,
        place,
      )
    }
    const copy = async (): Promise<void> => {
      const code = block.querySelector('code')?.textContent ?? ''
      const said = (await writeToClipboard(code.replace(/\n$/, ''))) ? 'copied' : 'copy_failed'
      announce(say(said))
      draw(said)
      setTimeout(draw, SAID_MS)
    }
    draw()
    block.prepend(place)
  }

  host.addController({
    hostUpdated() {
      const root = host.shadowRoot
      if (spoken !== locale()) for (const old of root?.querySelectorAll('.code-act') ?? []) old.remove()
      else if (!isDue) return
      spoken = locale()
      isDue = false
      for (const block of root?.querySelectorAll<HTMLElement>('.reply:not([data-streaming]) pre') ?? []) {
        if (!block.querySelector('.code-act')) dress(block)
      }
    },
  })

  return {
    see(message) {
      if (isDue || message.streaming) return
      const holds = holdsCode.get(message) ?? MAY_HOLD_CODE.test(message.text)
      holdsCode.set(message, holds)
      isDue = holds
    },
  }
}
