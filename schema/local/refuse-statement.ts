/**
 * Which statements the local endpoint lets through. PGlite has one session, whose own user is a superuser: a statement
 * that changed who is speaking, or ended the transaction, would take the policies away. So statements are let in by
 * name, and the functions that could do the same from inside a query are not.
 */
import { scanSql, type SqlToken } from './scan-sql.ts'

const ADMITTED = new Set(['select', 'insert', 'update', 'delete', 'with', 'merge', 'values'])

/** What changes settings (an update of `pg_settings` is a SET), or runs text as SQL and so hides what it does. */
const FORBIDDEN =
  /^(?:session_authorization|pg_settings|query_to_\w+|cursor_to_\w+|table_to_\w+|schema_to_\w+|database_to_\w+|ts_stat|dblink\w*|lo_\w+|pg_read_\w+|pg_ls_\w+|copy)$/

/** Why a statement is refused, in words for its author; undefined when it is let through. */
export function refuseStatement(text: string): string | undefined {
  const tokens = scanSql(text)
  if (!tokens) return 'a comment is not closed'
  const end = tokens.findIndex((token) => token.kind === 'other' && token.text === ';')
  if (end >= 0 && tokens.slice(end).some((token) => token.text !== ';')) return 'one statement at a time'
  const first = tokens.find((token) => token.text !== '(')
  if (first?.kind !== 'word' || !ADMITTED.has(first.text)) {
    return `${first ? first.text.toUpperCase().slice(0, 40) : 'an empty statement'} is not for this endpoint`
  }
  for (const [index, token] of tokens.entries()) {
    const refusal = refuseToken(token, tokens.slice(index + 1, index + 8))
    if (refusal) return refusal
  }
  return undefined
}

function refuseToken(token: SqlToken, following: readonly SqlToken[]): string | undefined {
  if (token.kind !== 'word' && token.kind !== 'quoted') return undefined
  // U&"..." spells any name in escapes
  if (token.text === 'u' && following[0]?.text === '&') return 'Unicode-escaped names are not for this endpoint'
  const name = token.text.toLowerCase()
  if (FORBIDDEN.test(name)) return `${name} is not for this endpoint`
  if (name !== 'set_config') return undefined
  return isOfThisTransaction(following)
    ? undefined
    : 'set_config is for the settings app.*, with a last argument of true'
}

/** `('app.…', <one value>, true)`: with false it would outlive the transaction, in the one session that all share. */
function isOfThisTransaction([open, setting, comma, , second, local, close]: readonly SqlToken[]): boolean {
  const named = open?.text === '(' && setting?.kind === 'literal' && /^app\.[a-z_]+$/.test(setting.text)
  return named && comma?.text === ',' && second?.text === ',' && local?.text === 'true' && close?.text === ')'
}
