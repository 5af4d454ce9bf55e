import type { LauncherLook } from './launcher-look.ts'

/** Where the portrait lives: in the look itself, or at a path on the serving host; never on another. */
export function portraitUrl({ twin }: Pick<LauncherLook, 'twin'>, serverUrl: string): string | null {
  const { portrait } = twin
  if (portrait?.startsWith('data:image/')) return portrait
  return portrait?.startsWith('/') ? serverUrl + portrait : null
}
