/** What a local Worker is told, and what its process answers: one line of JSON each. */

export interface WorkerOptions {
  /** 0 takes a free port. */
  readonly port: number
  /** The folder rooms keep their SQLite and alarms in. */
  readonly stateFolder: string
  /** The bundle's entry, an ES module. */
  readonly script: string
  /** Static files of the ASSETS binding; none for a Worker that serves no files. */
  readonly assetsFolder?: string
  /** Its Durable Objects, each with SQLite of its own; those of wrangler.toml where it serves files. */
  readonly objectClasses?: readonly string[]
  /** In place of every rate limit of wrangler.toml, for those who measure; floods are braked as in production without. */
  readonly floodLimit?: number
  /** How often its schedule runs, in place of wrangler.toml's; only when it is told to, without. */
  readonly scheduleEveryMs?: number
  /** Variables and secrets. */
  readonly vars: Readonly<Record<string, string>>
}

/** Name of the environment variable that carries {@link WorkerOptions} as JSON: other users see arguments, not these. */
export const WORKER_OPTIONS_VARIABLE = 'TWIN_WORKER_OPTIONS'

/** The line that has a Worker's process run its schedule now. */
export const RUN_SCHEDULE = 'schedule'

/** The line a Worker's process prints once visitors are answered. */
export interface WorkerReady {
  readonly port: number
  /** For measuring; null where the system does not tell. */
  readonly workerdPid: number | null
}

export function parseWorkerOptions(json: string | undefined): WorkerOptions | undefined {
  const value = parseJson(json)
  if (!isRecord(value) || !isRecord(value['vars'])) return undefined
  const { port, stateFolder, script, assetsFolder, objectClasses, floodLimit, scheduleEveryMs, vars } = value
  if (typeof port !== 'number' || typeof stateFolder !== 'string' || typeof script !== 'string') return undefined
  if (assetsFolder !== undefined && typeof assetsFolder !== 'string') return undefined
  const classes = objectClasses === undefined ? undefined : stringsOf(objectClasses)
  if (objectClasses !== undefined && !classes) return undefined
  if (floodLimit !== undefined && typeof floodLimit !== 'number') return undefined
  if (scheduleEveryMs !== undefined && typeof scheduleEveryMs !== 'number') return undefined
  const strings = Object.entries(vars).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  if (strings.length !== Object.keys(vars).length) return undefined
  return {
    port,
    stateFolder,
    script,
    vars: Object.fromEntries(strings),
    ...(assetsFolder !== undefined && { assetsFolder }),
    ...(classes && { objectClasses: classes }),
    ...(floodLimit !== undefined && { floodLimit }),
    ...(scheduleEveryMs !== undefined && { scheduleEveryMs }),
  }
}

export function parseWorkerReady(line: string): WorkerReady | undefined {
  const value = parseJson(line)
  if (!isRecord(value)) return undefined
  const { port, workerdPid } = value
  if (typeof port !== 'number') return undefined
  return { port, workerdPid: typeof workerdPid === 'number' ? workerdPid : null }
}

/** All or nothing. */
function stringsOf(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined
  const strings = value.filter((one): one is string => typeof one === 'string')
  return strings.length === value.length ? strings : undefined
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
