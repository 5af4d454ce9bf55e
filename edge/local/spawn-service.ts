/**
 * A part of the local platform as a process of its own: it prints one line when it is ready, ends when its standard input
 * closes, and takes whatever it started with it. Knows nothing of what the part does.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface ServiceOptions {
  /** For people, in errors: "The database". */
  readonly name: string
  /** A TypeScript or JavaScript file. */
  readonly program: string
  readonly args?: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Gets every line the service logs once it is ready. */
  readonly say: (line: string) => void
}

export interface Service {
  /** The line it printed when it was ready. */
  readonly readyLine: string
  /** Settles with the process, however it ended. */
  readonly ended: Promise<void>
  /** Gives it a line to read. */
  tell(line: string): void
  /** Lets it finish. */
  stop(): Promise<void>
  /** Ends it and all it started at once, as a power cut would. */
  kill(): Promise<void>
}

/** Longest wait for a service that neither gets ready nor ends. */
const PATIENCE_MS = 120_000

/** Rejects with the service's own last words when it ends before it is ready. */
export async function spawnService({ name, program, args = [], env, say }: ServiceOptions): Promise<Service> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true, // a process group of its own: one signal reaches all of it, and a Ctrl-C meant for us does not
  })
  child.stdin.on('error', () => undefined) // it ended before we closed its input
  const ended = once(child, 'close').then(() => undefined)
  const lastWords: string[] = []
  let ready = false
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (ready) say(line)
    else lastWords.push(line)
  })
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
      process.kill(-child.pid, 'SIGKILL')
    await ended
  }
  const readyLine = await firstLine(createInterface({ input: child.stdout }), ended)
  if (readyLine === undefined) {
    await kill()
    throw new Error(reasonIn(lastWords) ?? `${name} ended before it was ready.`)
  }
  ready = true
  const stop = async (): Promise<void> => {
    child.stdin.end()
    await ended
  }
  return { readyLine, ended, tell: (line) => void child.stdin.write(`${line}\n`), stop, kill }
}

/** The last line is the reason, unless the process crashed: then it is the line that names the error. */
function reasonIn(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => /^(?:Uncaught )?\w*Error(?: \[\w+\])?: /.test(line)) ?? lines.at(-1)
}

async function firstLine(lines: ReturnType<typeof createInterface>, ended: Promise<void>): Promise<string | undefined> {
  const patience = AbortSignal.timeout(PATIENCE_MS)
  const line = once(lines, 'line', { signal: patience }).then(
    ([text]) => String(text),
    () => undefined,
  )
  return Promise.race([line, ended.then(() => undefined)])
}
