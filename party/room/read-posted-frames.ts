/** The body of a post of frames: measured while it is read, parsed once. What each frame says is checked by its reader. */
import { fail, ok, type Result } from '../../schema/domain/result.ts'
import { MAX_FRAME_BYTES, MAX_POSTED_FRAMES } from '../../schema/wire/limits.ts'
import type { RoomProblem } from './problem-response.ts'

/** The frames as JSON, unchecked. */
export async function readPostedFrames(request: Request): Promise<Result<readonly unknown[], RoomProblem>> {
  const [type] = (request.headers.get('content-type') ?? '').split(';')
  if (type?.trim().toLowerCase() !== 'application/json') {
    return fail({ status: 415, code: 'media_type_unsupported', title: 'Send JSON' })
  }
  const bytes = await readBounded(request.body, MAX_FRAME_BYTES)
  if (!bytes) {
    const detail = `At most ${MAX_FRAME_BYTES} bytes are accepted here.`
    return fail({ status: 413, code: 'request_too_large', title: 'The request is too large', detail })
  }
  const body = parse(bytes)
  const frames = typeof body === 'object' && body !== null && 'frames' in body ? body.frames : undefined
  if (!Array.isArray(frames) || frames.length === 0 || frames.length > MAX_POSTED_FRAMES) {
    const detail = `The body is {"frames": […]} with 1 to ${MAX_POSTED_FRAMES} frames.`
    return fail({ status: 400, code: 'request_invalid', title: 'The request cannot be read', detail })
  }
  return ok(frames)
}

async function readBounded(body: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body ?? []) {
    length += piece.byteLength
    if (length > limit) return undefined // leaving the loop cancels the rest
    pieces.push(piece)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes))
  } catch {
    return undefined
  }
}
