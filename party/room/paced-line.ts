/**
 * How much a line may be sent before it has to say that it reads. A socket tells nobody whether its other end reads: what
 * is sent piles up in the runtime's memory. So each line has a window: once that much was sent the line is asked for a
 * `mark` and is sent nothing more until it answers; then it is fed from the journal until it has caught up.
 *
 * Where a line stands is kept with its socket and so outlives a room's sleep. Bytes are kept in steps, rounded up: the
 * bound holds after a sleep too, and a token does not pay for it.
 */
import type { MarkAskedFrame } from '../../schema/wire/frames.ts'
import { LINE_WINDOW_BYTES } from '../../schema/wire/limits.ts'

/** What is kept of a line's pace. */
export interface Pace {
  /** Bytes sent since the line last said that it reads, at the most. */
  readonly sent: number
  /** The question that stands, and whether an answer to a frame of the line's own waits behind it. */
  readonly asked: { readonly seq: number; readonly at: number; readonly owes: boolean } | null
}

export const FRESH: Pace = { sent: 0, asked: null }

const STEP_BYTES = LINE_WINDOW_BYTES / 8

export interface PacedLineParts {
  readonly pace: Pace
  /** Onto the wire; false: it is closing. */
  write(frame: string): boolean
  /** Keeps the pace with the line. */
  keep(pace: Pace): void
  /** Epoch milliseconds. */
  now(): number
  /** The line was asked: somebody shall look whether it answers. */
  asked(): void
  /** Ends the line: it asks for more than it reads. */
  drop(): void
}

export interface PacedLine {
  /** Since when it owes a mark; null while it is sent what everybody is sent. */
  askedAt(): number | null
  /** The frame that opens the line, then what was missed, as far as the window reaches. */
  begin(opening: string, missed: Iterable<string>): void
  /** A numbered frame that everybody is sent. One that is behind is not sent it now: the journal has it. */
  hear(frame: string): boolean
  /** A control frame; behind a question it waits until the line has caught up. */
  send(frame: string): boolean
  /** The line says it has read up to a number. False: that was not asked. */
  confirm(seq: number, missedAfter: (seq: number) => Iterable<string>): boolean
}

/** Paces one line. */
export function pacedLine({ pace, write, keep, now, asked, drop }: PacedLineParts): PacedLine {
  let sent = pace.sent
  let kept = pace.sent
  let question = pace.asked
  /** The last numbered frame of this line, else its opening; null after a sleep. */
  let last: string | null = null
  let answers: string[] = []
  let answersBytes = 0

  function count(frame: string): void {
    sent += utf8Bytes(frame)
    if (sent <= kept) return
    kept = Math.ceil(sent / STEP_BYTES) * STEP_BYTES
    keep({ sent: kept, asked: null })
  }

  function put(frame: string): boolean {
    if (!write(frame)) return false
    count(frame)
    if (sent >= LINE_WINDOW_BYTES) ask(seqOf(last ?? frame))
    return true
  }

  function hear(frame: string): boolean {
    last = frame
    return put(frame)
  }

  function ask(seq: number): void {
    question = { seq, at: now(), owes: false }
    keep({ sent: LINE_WINDOW_BYTES, asked: question })
    write(JSON.stringify({ type: 'mark', seq } satisfies MarkAskedFrame))
    asked()
  }

  function answerLater(frame: string, behind: NonNullable<Pace['asked']>): boolean {
    if (answersBytes >= LINE_WINDOW_BYTES) {
      drop()
      return false
    }
    answers.push(frame)
    answersBytes += utf8Bytes(frame)
    if (!behind.owes) {
      question = { ...behind, owes: true }
      keep({ sent: LINE_WINDOW_BYTES, asked: question })
    }
    return true
  }

  function catchUp(missed: Iterable<string>): void {
    for (const frame of missed) {
      if (!hear(frame) || question) break
    }
  }

  return {
    askedAt: () => question?.at ?? null,
    begin(opening, missed) {
      if (question) return drop() // it has asked for a window of refusals, and has not read them
      if (!write(opening)) return
      last = opening
      count(opening)
      catchUp(missed)
      if (!question && sent >= LINE_WINDOW_BYTES) ask(seqOf(last))
    },
    hear: (frame) => (question ? true : hear(frame)),
    send: (frame) => (question ? answerLater(frame, question) : put(frame)),
    confirm(seq, missedAfter) {
      if (question?.seq !== seq) return false
      question = null
      sent = 0
      kept = 0
      last = `[${seq}]`
      keep(FRESH)
      catchUp(missedAfter(seq))
      const owed = answers
      answers = []
      answersBytes = 0
      for (const answer of owed) {
        if (question) answerLater(answer, question)
        else put(renumber(answer, seqOf(last)))
      }
      return true
    },
  }
}

/** A control frame repeats the last number of its line: one that has waited repeats a later one. */
function renumber(frame: string, seq: number): string {
  const fields: unknown = JSON.parse(frame)
  return typeof fields === 'object' ? JSON.stringify({ ...fields, seq }) : frame
}

/** Every frame has a number: `[7,"text"]` or `{…,"seq":7}`. */
function seqOf(frame: string): number {
  const value: unknown = JSON.parse(frame)
  const seq: unknown = Array.isArray(value)
    ? value[0]
    : typeof value === 'object' && value !== null && 'seq' in value
      ? value.seq
      : 0
  return typeof seq === 'number' ? seq : 0
}

function utf8Bytes(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1 // a surrogate is half of four
  }
  return bytes
}
