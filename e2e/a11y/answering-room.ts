/** A room that answers when the test says so, takes changes and ratings, and begins anew on every line. */
import type { ClientFrame, ServerFrame } from '../../schema/wire/frames.ts'
import type { StagedRoom } from '../stage/open-stage.ts'
import { NOW } from './scenes.ts'

export interface AnsweringRoom extends StagedRoom {
  /** Answers what was asked last. */
  answer(words: string, followUps?: readonly string[]): void
}

interface Line {
  seq: number
  position: number
}

export function answeringRoom(): AnsweringRoom {
  const lines = new WeakMap<object, Line>()
  let asked: { readonly say: (frame: ServerFrame) => void; readonly line: Line; readonly turnId: string } | undefined

  function take(frame: ClientFrame, say: (frame: ServerFrame) => void): void {
    const line = lines.get(say) ?? { seq: 0, position: 0 }
    lines.set(say, line)
    if (frame.type === 'message-send') {
      const { messageId, text } = frame
      const turnId = `t-${messageId}`
      const position = ++line.position
      say({ type: 'message-added', seq: ++line.seq, position, turnId, at: NOW, messageId, text })
      say({ type: 'ack', seq: line.seq, messageId, turnId })
      asked = { say, line, turnId }
    } else if (frame.type === 'message-edit') {
      const { turnId, text, edits } = frame
      say({ type: 'message-edited', seq: ++line.seq, turnId, text, edits })
      line.position-- // the reply takes the place it had
      asked = { say, line, turnId }
    } else if (frame.type === 'reply-rate') {
      say({ type: 'reply-rated', seq: ++line.seq, turnId: frame.turnId, rating: frame.rating })
    }
  }

  return {
    take,
    answer(words, followUps = []) {
      if (!asked) throw new Error('Nothing was asked')
      const { say, line, turnId } = asked
      const position = ++line.position
      say({ type: 'reply-start', seq: ++line.seq, position, turnId, at: NOW, messageId: `r-${turnId}-${line.seq}` })
      for (const word of words.match(/\S+\s*/g) ?? []) say([++line.seq, word])
      say({ type: 'reply-end', seq: ++line.seq, turnId, outcome: 'answered', followUps })
    },
  }
}
