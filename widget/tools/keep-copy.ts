/** Gives a person a copy of a conversation, as a file of either form. Fetched when somebody asks for one. */
import { exportJson } from './export-json.ts'
import { exportText, type TextWords } from './export-text.ts'
import { fileName } from './file-name.ts'
import { saveFile } from './save-file.ts'
import type { WholeConversation } from './whole-conversation.ts'

export type Ending = 'txt' | 'json'

export function keepCopy(whole: WholeConversation, ending: Ending, words: TextWords): void {
  const content = ending === 'json' ? exportJson(whole) : exportText(whole, words)
  saveFile(fileName(whole.config.twin.name, whole.exportedAt, ending), ending, content)
}
