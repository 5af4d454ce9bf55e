/** A widget under measurement, as its makers tell people to embed it, and where its parts are found. */
import type { Path } from './page-probe.ts'

export type CandidateName = 'ours' | 'ours-inline' | 'nothing' | 'deep-chat' | 'typebot' | 'n8n' | 'elevenlabs'

export interface Candidate {
  readonly name: CandidateName
  /** What a page's author pastes at the end of the body. */
  readonly embed: string
  /** What is pressed to open it; absent where the widget stands open in the page. */
  readonly launcher?: Path
  /** Where one writes. */
  readonly field: Path
  /** Streams a reply of Markdown to a question, or why not. */
  readonly streams: Streams | Unable
  /** Shows a conversation as it opens, or why not. */
  readonly recalls: Recalls | Unable
}

export interface Unable {
  readonly reason: string
}

export interface Streams {
  /** Holds the reply's words. */
  readonly transcript: Path
  /** How the words come to it. */
  readonly way: string
}

export interface Recalls {
  /** One element a message. */
  readonly items: Path
  /**
   * Markup that defines `window.ready()`, which waits until every script has come, and `window.show()`, which opens on
   * these messages; `newest`: on so many of them alone.
   */
  page(messages: readonly Said[], newest?: number): string
}

export interface Said {
  readonly role: 'visitor' | 'twin'
  readonly text: string
}

/** A widget, or why it cannot be measured. */
export type Entry = Candidate | { readonly name: CandidateName; readonly reason: string }
