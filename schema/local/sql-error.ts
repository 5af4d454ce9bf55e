/** A refusal in PostgreSQL's own terms, as the driver expects to read it. */

/** The fields of an error beside its message; the Neon driver copies each onto the error it throws. */
export const SQL_ERROR_FIELDS = [
  'severity',
  'code',
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const

export type SqlErrorFields = Partial<Record<(typeof SQL_ERROR_FIELDS)[number], string | undefined>>

/** An error with a five-character SQLSTATE in `fields.code`. */
export class SqlError extends Error {
  readonly fields: SqlErrorFields

  constructor(message: string, fields: SqlErrorFields) {
    super(message)
    this.name = 'SqlError'
    this.fields = { severity: 'ERROR', ...fields }
  }

  /** From whatever a driver throws for an error of the server; undefined when it is none. */
  static from(error: unknown): SqlError | undefined {
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
    const fields: SqlErrorFields = {}
    for (const [name, value] of Object.entries(error)) {
      const field = SQL_ERROR_FIELDS.find((known) => known === name)
      if (field && typeof value === 'string') fields[field] = value
    }
    return new SqlError(error.message, fields)
  }
}
