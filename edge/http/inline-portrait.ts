/** The portrait inside the answer that needs it: before a person acts, a page makes one request beside the script's. */
import type { EmbedConfig } from '../../schema/wire/embed.ts'
import type { StaticFiles } from '../core/ports.ts'

/** A larger picture is fetched by the widget on its own. */
const MAX_INLINE_BYTES = 24 * 1024
const DRAWN = 'image/svg+xml'
const IMAGE_TYPE = /^image\/(?:svg\+xml|png|jpeg|webp|avif)\b/

/** The config with its portrait as a `data:` URL (RFC 2397), or as it was where the file is large, missing or no picture. */
export async function inlinePortrait(config: EmbedConfig, files: StaticFiles): Promise<EmbedConfig> {
  const { portrait } = config.twin
  if (!portrait?.startsWith('/media/')) return config
  const file = await files.read(portrait, new Request('http://assets.invalid/')).catch(() => undefined)
  const type = IMAGE_TYPE.exec(file?.headers.get('content-type') ?? '')?.[0]
  if (!file || type === undefined) return config
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes.length > MAX_INLINE_BYTES) return config
  return {
    ...config,
    twin: { ...config.twin, portrait: `data:${type}${type === DRAWN ? written(bytes) : base64(bytes)}` },
  }
}

/** A drawing is text: in base64 the same words never look the same, and on the wire it would be half as large again. */
function written(bytes: Uint8Array): string {
  return `,${encodeURIComponent(new TextDecoder().decode(bytes))}`
}

function base64(bytes: Uint8Array): string {
  return `;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`
}
