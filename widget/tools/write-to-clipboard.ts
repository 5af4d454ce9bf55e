/** Puts plain text on the clipboard; false where a page, a browser or a person does not allow it. */
export async function writeToClipboard(text: string): Promise<boolean> {
  try {
    // Absent on a page without https. The old way would take the selection away from what is being read.
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
