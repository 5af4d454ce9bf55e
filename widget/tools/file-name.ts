/** A name every file system takes, from a name that may be anything: letters and digits of any script, and hyphens. Pure. */
const MAX_NAME_CHARS = 40

export function fileName(name: string, at: string, ending: 'txt' | 'json'): string {
  const words = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
  const short = [...words]
    .slice(0, MAX_NAME_CHARS)
    .join('')
    .replace(/^-+|-+$/g, '')
  return `${short || 'conversation'}-${at.slice(0, 10)}.${ending}`
}
