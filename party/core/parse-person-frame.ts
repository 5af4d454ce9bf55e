/**
 * Untrusted text of a person's line -> a frame or a typed refusal. Pure. Such a line is the admin door's alone; what a
 * visitor asks for (to be answered, to rate) is unknown on it, as its own frames are on a visitor's.
 */
import { ok } from '../../schema/domain/result.ts'
import type { Controller, PersonLineFrame } from '../../schema/wire/frames.ts'
import { MAX_REPLY_CHARS } from '../../schema/wire/limits.ts'
import {
  aboutTurn,
  isCount,
  readFields,
  readFrameJson,
  readMessageId,
  readText,
  refuse,
  type Fields,
  type Parsed,
} from './frame-fields.ts'
import { readSharedFrame } from './parse-client-frame.ts'

const CONTROLLERS: readonly Controller[] = ['twin', 'human', 'held']

/** Reads one frame of a person. */
export function parsePersonFrame(raw: string | ArrayBuffer | ArrayBufferView): Parsed<PersonLineFrame> {
  const json = readFrameJson(raw)
  return json.ok ? readPersonFrame(json.value) : json
}

/** Reads a person's frame out of JSON that was measured and parsed already. */
export function readPersonFrame(value: unknown): Parsed<PersonLineFrame> {
  const read = readFields(value)
  if (!read.ok) return read
  const fields = read.value
  switch (fields['type']) {
    case 'controller-set':
      return controllerSet(fields)
    case 'person-send':
      return personSend(fields)
    case 'reply-release':
      return replyRelease(fields)
    case 'reply-revise':
      return replyRevise(fields)
    default:
      return readSharedFrame(fields)
  }
}

function controllerSet(fields: Fields): Parsed<PersonLineFrame> {
  const controller = CONTROLLERS.find((known) => known === fields['controller'])
  return controller
    ? ok({ type: 'controller-set', controller })
    : refuse('frame_invalid', `A controller is one of: ${CONTROLLERS.join(', ')}.`)
}

function personSend({ messageId: id, text }: Fields): Parsed<PersonLineFrame> {
  const named = readMessageId(id)
  if (!named.ok) return named
  const messageId = named.value
  const said = readText(text, { messageId })
  return said.ok ? ok({ type: 'person-send', messageId, text: said.value }) : said
}

function replyRelease(fields: Fields): Parsed<PersonLineFrame> {
  return aboutTurn(fields, (turnId) => {
    if (fields['text'] === undefined) return ok({ type: 'reply-release', turnId })
    const said = readText(fields['text'], { turnId }, MAX_REPLY_CHARS)
    return said.ok ? ok({ type: 'reply-release', turnId, text: said.value }) : said
  })
}

function replyRevise(fields: Fields): Parsed<PersonLineFrame> {
  return aboutTurn(fields, (turnId) => {
    const { text, revisions } = fields
    if (!isCount(revisions) || revisions < 1) {
      return refuse('frame_invalid', '`revisions` is one more than how often the reply was changed.', { turnId })
    }
    const said = readText(text, { turnId }, MAX_REPLY_CHARS)
    return said.ok ? ok({ type: 'reply-revise', turnId, text: said.value, revisions }) : said
  })
}
