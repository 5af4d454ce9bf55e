import type { TwinConfig } from './parse-embed-config.ts'

/** Where the portrait lives: a path on the serving host, never on another. */
export function portraitUrl({ twin }: TwinConfig, serverUrl: string): string | null {
  return twin.portrait?.startsWith('/') ? serverUrl + twin.portrait : null
}
