/** Gives a person a file. The address of its content is taken back once every browser has read it. */
const TYPES = { txt: 'text/plain;charset=utf-8', json: 'application/json' } as const
/** Safari asks first, and reads when it has been answered. */
const READ_WITHIN_MS = 60_000

export function saveFile(name: string, ending: keyof typeof TYPES, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: TYPES[ending] }))
  // A form named "createElement" on the host page would shadow the method of its document.
  const link: HTMLElement = Document.prototype.createElement.call(document, 'a')
  link.setAttribute('href', address)
  link.setAttribute('download', name)
  link.click() // stands in no page, so no page's router hears of it
  setTimeout(() => URL.revokeObjectURL(address), READ_WITHIN_MS)
}
