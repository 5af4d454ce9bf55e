/** The port between the endpoint and whatever PostgreSQL stands behind it. */

/** The logins of the platform; nobody else gets in. */
export const LOGINS = ['twin_app', 'twin_platform'] as const
export type Login = (typeof LOGINS)[number]

/** One statement with its parameters in PostgreSQL's text form. */
export interface Statement {
  readonly query: string
  readonly params: readonly (string | null)[]
}

export interface TransactionMode {
  readonly isolation?: 'read uncommitted' | 'read committed' | 'repeatable read' | 'serializable' | undefined
  readonly readOnly?: boolean | undefined
  readonly deferrable?: boolean | undefined
}

export interface StatementField {
  readonly name: string
  readonly tableID: number
  readonly columnID: number
  readonly dataTypeID: number
  readonly dataTypeSize: number
  readonly dataTypeModifier: number
  readonly format: 'text'
}

/** What one statement answered; values in PostgreSQL's text form. */
export interface StatementAnswer {
  readonly command: string
  readonly rowCount: number | null
  readonly fields: readonly StatementField[]
  readonly rows: readonly (readonly (string | null)[])[]
}

/** Runs transactions one at a time or side by side, each as one login and with nothing left behind. */
export interface SqlEngine {
  /** All statements or none; answers in their order. Rejects with a {@link SqlError}. */
  transact(login: Login, statements: readonly Statement[], mode: TransactionMode): Promise<readonly StatementAnswer[]>
}
