import { describe, expect, it } from 'vitest'
import { CLAIMS_HEADER, PERSON_HEADER } from '../../schema/domain/claims.ts'
import { newId } from '../../schema/domain/id.ts'
import { exampleClaims } from '../testing/example-twin.ts'
import { readLineHolder } from './line-holder.ts'

const person = {
  conversationId: newId<'conversation'>(),
  personId: 'platform-admin',
  name: 'Ines',
  expiresAt: 2_000_000,
}
const stamped = (claims: unknown) => new Headers({ [PERSON_HEADER]: JSON.stringify(claims) })

describe('readLineHolder', () => {
  it('knows a visitor and a person by the stamp of the Worker', () => {
    const claims = exampleClaims()
    expect(readLineHolder(new Headers({ [CLAIMS_HEADER]: JSON.stringify(claims) }))).toEqual({
      role: 'visitor',
      claims,
    })
    expect(readLineHolder(stamped({ ...person, role: 'owner' }))).toEqual({ role: 'person', claims: person })
  })

  it('believes nobody who bears both stamps, or none', () => {
    const both = stamped(person)
    both.set(CLAIMS_HEADER, JSON.stringify(exampleClaims()))
    expect(readLineHolder(both)).toBeUndefined()
    expect(readLineHolder(new Headers())).toBeUndefined()
  })

  it.each([
    ['no JSON', undefined],
    ['another conversation form', { ...person, conversationId: 'x' }],
    ['no id', { ...person, personId: '' }],
    ['an id that is too long', { ...person, personId: 'x'.repeat(129) }],
    ['no name', { ...person, name: ' ' }],
    ['a name that is too long', { ...person, name: 'x'.repeat(61) }],
    ['a name of two lines', { ...person, name: 'Ines\nthe twin' }],
    ['a name of half a character', { ...person, name: '\ud800' }],
    ['no end', { ...person, expiresAt: null }],
  ])('lets nobody in with %s', (_case, claims) => {
    expect(readLineHolder(stamped(claims))).toBeUndefined()
  })
})
