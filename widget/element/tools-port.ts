/**
 * What comes when there is something to act on: copy, thumbs, edit, the list of conversations, export. A chunk of its
 * own (`widget/tools/`), brought with the first whole reply or by the header's "More", so that opening pays nothing for it.
 */
import type { nothing, ReactiveControllerHost, TemplateResult } from 'lit'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import type { WordKey } from '../locales/words.ts'
import type { ConversationState, ShownMessage } from '../session/conversation-state.ts'
import type { TwinSession } from '../session/twin-session.ts'
import type { Happening } from './happenings.ts'

/** A word of the present language, filled in; `n` chooses the plural form. */
export type Say = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string

/** What the tools need of the element. Read anew each time: language, look and session may change. */
export interface ToolsPorts {
  /** Its update under a name is one of its own, and leaves what stands alone. */
  readonly host: ReactiveControllerHost & HTMLElement & { requestUpdate(name?: string, before?: unknown): void }
  readonly say: Say
  /** BCP 47 tag of the language the element speaks. */
  readonly locale: () => string
  readonly config: () => TwinConfig
  /** Brings it up, as an act of a person does. */
  readonly session: () => TwinSession
  /** The conversation as it is shown; brings up nothing. */
  readonly shown: () => ConversationState
  /** Tells the page. */
  readonly emit: (happening: Happening) => void
  /** Says something to a screen reader, politely. */
  readonly announce: (words: string) => void
}

export interface Tools {
  /** Adopted by the element's shadow root once. */
  readonly styles: CSSStyleSheet
  /** The acts of one message, beside its time. Moves no text when it appears. */
  acts(message: ShownMessage): TemplateResult | typeof nothing
  /** In place of a visitor's bubble while its words are being changed; undefined otherwise. */
  editor(message: ShownMessage): TemplateResult | undefined
  /** The sheet over the log: conversations, rename, delete, export; nothing while it is closed. */
  sheet(): TemplateResult | typeof nothing
  /** Opens and closes the sheet; `from` gets the focus back. */
  toggleSheet(from: HTMLElement): void
  /** Escape: closes what is open here and says whether there was anything. */
  escape(): boolean
}
/** The chunk's one export. */
export type MakeTools = (ports: ToolsPorts) => Tools
