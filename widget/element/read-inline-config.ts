import { parseEmbedConfig, type TwinConfig } from '../launcher/parse-embed-config.ts'

/** The look and words that the server has put into its own page, so that it needs no request. */
export function readInlineConfig(): TwinConfig | undefined {
  try {
    return parseEmbedConfig(JSON.parse(document.querySelector('script#twin-config')?.textContent ?? ''))
  } catch {
    return undefined
  }
}
