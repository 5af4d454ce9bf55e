import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refuseStatement } from './refuse-statement.ts'

describe('the local endpoint', () => {
  it.each([
    'select 1',
    'SELECT set_config($1, $2, true), 1'.replace('$1', "'app.tenant_id'"),
    '(select 1) union all (select 2)',
    'with rows as (select 1) select * from rows;',
    `insert into "messages" ("text") values ('reset role; set role postgres')`,
    `update "set" set "role" = 'x' -- ; reset role`,
    'select $1 /* begin; /* nested */ commit */ from "messages"',
    `select $tag$ set_config('role', 'x', true) $tag$`,
    `select E'it\\'s; reset role'`,
    'delete from visitors',
  ])('lets through: %s', (statement) => {
    expect(refuseStatement(statement)).toBeUndefined()
  })

  it.each([
    ['nothing', ''],
    ['only a comment', '-- select 1'],
    ['RESET', 'reset role'],
    ['RESET in capitals after a comment', '/* select */ RESET ALL'],
    ['SET ROLE', 'set role postgres'],
    ['SET LOCAL ROLE', 'SeT lOcAl RoLe postgres'],
    ['SET SESSION AUTHORIZATION', 'set session authorization postgres'],
    ['SET SESSION', "set session app.tenant_id = 'x'"],
    ['BEGIN', 'begin'],
    ['START TRANSACTION', 'start transaction'],
    ['COMMIT', 'commit'],
    ['COMMIT behind a line comment', '-- hello\ncommit'],
    ['END', 'end'],
    ['ROLLBACK', 'rollback'],
    ['ABORT', 'abort'],
    ['SAVEPOINT', 'savepoint a'],
    ['PREPARE', 'prepare a as select 1'],
    ['EXECUTE', 'execute a'],
    ['DISCARD', 'discard all'],
    ['DO', "do $$ begin execute 'reset role'; end $$"],
    ['CALL', 'call something()'],
    ['COPY', "copy messages to program 'cat'"],
    ['CREATE FUNCTION', 'create function pg_temp.f() returns int language sql as $$ select 1 $$'],
    ['a second statement', 'select 1; reset role'],
    ['a second statement behind a string', `select ';'; commit`],
    ['a second statement behind a dollar string', 'select $a$;$b$;$a$; commit'],
    ['a second statement in an escaped string’s shadow', `select E'\\'; commit; --'; reset role`],
    ['set_config of the role', `select set_config('role', 'postgres', true)`],
    ['set_config of a name from elsewhere', 'select set_config($1, $2, true)'],
    ['set_config in quotes', `select "set_config"('role', 'postgres', true)`],
    ['set_config in capitals with a comment between', `select SET_CONFIG/**/('session_authorization', 'x', true)`],
    ['set_config by its schema', `select pg_catalog.set_config('role', 'postgres', true)`],
    [
      'set_config with a named argument',
      `select set_config(setting_name => 'role', new_value => 'x', is_local => true)`,
    ],
    ['set_config that outlives the transaction', `select set_config('app.tenant_id', $1, false)`],
    ['set_config whose length of life is a parameter', `select set_config('app.tenant_id', $1, $2)`],
    ['set_config with a doubtful true', `select set_config('app.tenant_id', $1, true and false)`],
    ['an update that is a SET', `update pg_settings set setting = 'off' where name = 'row_security'`],
    ['the same by its schema and in quotes', `update pg_catalog."pg_settings" set setting = 'off'`],
    ['a name spelt in escapes', `select U&"set\\005fconfig"('role', 'postgres', true)`],
    ['SQL from a string', `select query_to_xml('reset role', true, true, '')`],
    ['an open comment', 'select 1 /* and'],
  ])('refuses %s', (_case, statement) => {
    expect(refuseStatement(statement)).toEqual(expect.any(String))
  })

  it('refuses a forbidden statement however it is dressed', () => {
    const space = fc.constantFrom(' ', '\n', '\t', '/**/', '/* select */', '-- select 1\n', '(')
    const forbidden = fc.constantFrom('reset role', 'set role x', 'commit', 'do $$ $$', 'begin', 'set session x to y')
    const cased = forbidden.chain((text) =>
      fc
        .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
        .map((upper) => [...text].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join('')),
    )
    const prefix = fc.constantFrom('', "select ';';", 'select 1;', 'select $a$ ; $a$ ;', 'select "a;b" from c;')
    fc.assert(
      fc.property(prefix, fc.array(space), cased, (before, spaces, statement) => {
        expect(refuseStatement(before + spaces.join('') + statement)).toEqual(expect.any(String))
      }),
    )
  })

  it('ends on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void refuseStatement(text)))
  })
})
