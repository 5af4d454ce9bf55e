/** Reads a JSON body up to a limit, and no byte further. */
import type { Refusal } from '../core/refusal.ts'
import { fail, ok } from '../../schema/domain/result.ts'
import type { Result } from '../../schema/domain/result.ts'

export async function readJson(request: Request, limitBytes: number): Promise<Result<unknown, Refusal>> {
  const bytes = await readJsonBytes(request, limitBytes)
  if (!bytes.ok) return bytes
  try {
    const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes.value))
    return ok(body)
  } catch {
    return fail({ reason: 'request_malformed', detail: 'The body is not JSON in UTF-8.' })
  }
}

/** A body that says it is JSON, for somebody else to read. */
export async function readJsonBytes(
  request: Request,
  limitBytes: number,
): Promise<Result<Uint8Array<ArrayBuffer>, Refusal>> {
  const mediaType = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType !== 'application/json') return fail({ reason: 'media_type_unsupported' })
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes)
    return fail({ reason: 'request_too_large', limitBytes })
  const bytes = await readUpTo(request, limitBytes)
  return bytes ? ok(bytes) : fail({ reason: 'request_too_large', limitBytes })
}

/** A length header may lie or be missing: count what arrives. */
async function readUpTo(request: Request, limitBytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = request.body?.getReader()
  const kept = new Uint8Array(limitBytes)
  let length = 0
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    if (length + part.value.length > limitBytes) {
      await reader?.cancel()
      return undefined
    }
    kept.set(part.value, length)
    length += part.value.length
  }
  return kept.subarray(0, length)
}
