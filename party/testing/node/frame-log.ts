/** What a visitor hears on one line: keeps every frame as it came, and waits for one instead of sleeping. */
import type { ErrorFrame, ServerFrame } from '../../../schema/wire/frames.ts'

type Named = Exclude<ServerFrame, readonly unknown[]>
type FrameOf<T extends Named['type']> = Extract<Named, { readonly type: T }>

export interface FrameLog {
  /** As they came, byte for byte. */
  readonly raw: readonly string[]
  readonly frames: readonly ServerFrame[]
  /** The next frame of a type, beginning after the last one waited for. */
  next<T extends Named['type']>(type: T): Promise<FrameOf<T>>
  /** Resolves once the text of the running reply includes this. */
  untilSaid(text: string): Promise<void>
  error(): Promise<ErrorFrame>
}

export interface HearingLog extends FrameLog {
  hear(frame: string): void
  /** Resolves once this finds something; asked again at every frame, and when told to look. */
  until<T>(find: () => T | undefined): Promise<T>
  look(): void
}

/** An empty log. */
export function frameLog(): HearingLog {
  const raw: string[] = []
  const frames: ServerFrame[] = []
  const watchers = new Set<() => void>()
  let looked = 0

  function until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find()
        if (found === undefined) return
        watchers.delete(look)
        resolve(found)
      }
      watchers.add(look)
      look()
    })
  }

  const look = (): void => watchers.forEach((watcher) => watcher())
  const log: HearingLog = {
    raw,
    frames,
    until,
    look,
    hear(frame) {
      raw.push(frame)
      frames.push(JSON.parse(frame))
      look()
    },
    next: (type) =>
      until(() => {
        for (let index = looked; index < frames.length; index++) {
          const frame = frames[index]
          if (frame && isNamed(frame) && isType(frame, type)) {
            looked = index + 1
            return frame
          }
        }
        return undefined
      }),
    untilSaid: (text) => until(() => (runningText(frames).includes(text) ? true : undefined)).then(() => undefined),
    error: () => log.next('error'),
  }
  return log
}

/** What a visitor reads of the reply that began last. */
export function runningText(frames: readonly ServerFrame[]): string {
  let text = ''
  for (const frame of frames) {
    if (!isNamed(frame)) text += frame[1]
    else if (frame.type === 'reply-start') text = ''
  }
  return text
}

/** Frames with a number of their own. */
export function conversationFrames(raw: readonly string[]): string[] {
  return raw.filter(
    (text) => !/^\{"type":"(welcome|ack|error|history-page|presence|typing|reply-draft|mark)"/.test(text),
  )
}

function isNamed(frame: ServerFrame): frame is Named {
  return !Array.isArray(frame)
}

function isType<T extends Named['type']>(frame: Named, type: T): frame is FrameOf<T> {
  return frame.type === type
}
