/** People of the celebrity's side on real workerd: taking over, holding, and what a SIGKILL leaves of either. */
import { describe, expect, it } from 'vitest'
import { PERSON_HEADER, type ConnectionClaims, type PersonClaims } from '../schema/domain/claims.ts'
import { newId } from '../schema/domain/id.ts'
import { exampleClaims } from './testing/example-twin.ts'
import { conversationFrames } from './testing/node/frame-log.ts'
import type { RoomClient } from './testing/node/room-client.ts'
import { roomSuite } from './testing/node/room-suite.ts'

const suite = roomSuite()
const { visit, say } = suite

const personOf = ({ conversationId }: Pick<ConnectionClaims, 'conversationId'>, name = 'Ines'): PersonClaims => ({
  conversationId,
  personId: 'platform-admin',
  name,
  expiresAt: Math.floor(Date.now() / 1000) + 600,
})

async function join(claims: ConnectionClaims): Promise<RoomClient> {
  const person = await suite.arrive(personOf(claims))
  person.send({ type: 'hello', after: null })
  await person.next('welcome')
  return person
}

async function control(person: RoomClient, controller: string): Promise<void> {
  person.send({ type: 'controller-set', controller })
  await person.next('controller-changed')
}

describe('a person who takes over', () => {
  it('has the model hung up on within 250 ms, and the visitor hears nothing of it after', async () => {
    const { client, claims } = await visit()
    const person = await join(claims)
    say(client, 'Shall we?')
    const call = await suite.world.nextCall('Shall we?')
    call.say('Let us ')
    await client.untilSaid('Let us ')
    const asked = performance.now()
    person.send({ type: 'controller-set', controller: 'human' })
    await call.closed
    expect(performance.now() - asked).toBeLessThan(250)
    expect(await client.next('reply-end')).toMatchObject({ outcome: 'stopped', reason: 'taken_over' })
    const heard = client.raw.length
    const calls = suite.world.calls
    say(client, 'Who is there?')
    person.send({ type: 'person-send', messageId: 'p', text: 'I am.' })
    await person.next('ack')
    await client.next('message-added')
    expect(client.raw.slice(heard).some((frame) => frame.startsWith('['))).toBe(false)
    expect(suite.world.calls).toBe(calls)
  })

  it('still has it after a SIGKILL: no model is called before it is handed back', async () => {
    const { client, claims } = await visit()
    await control(await join(claims), 'human')
    say(client, 'Anybody?')
    await client.next('ack')
    const calls = suite.world.calls
    await suite.restart()
    const { client: again, welcome } = await visit(claims)
    expect(welcome).toMatchObject({ controller: 'human', activeTurnId: null })
    const person = await join(claims)
    await person.next('presence')
    expect(suite.world.calls).toBe(calls)
    person.send({ type: 'controller-set', controller: 'twin' })
    const call = await suite.world.nextCall('Anybody?')
    call.say('Me.')
    call.finish()
    expect(await again.next('reply-end')).toMatchObject({ outcome: 'answered' })
  })
})

describe('a held reply', () => {
  it('is still held after a SIGKILL, is shown to nobody else, and is released once', async () => {
    const { client, claims } = await visit()
    const person = await join(claims)
    await control(person, 'held')
    say(client, 'Your view?')
    const call = await suite.world.nextCall('Your view?')
    call.say('A view ', 'of mine.')
    call.finish()
    const { turnId, text } = await person.next('reply-draft')
    await client.next('reply-held')
    const calls = suite.world.calls
    await suite.restart()
    const { client: again } = await visit(claims, 0)
    const back = await join(claims)
    expect(await back.next('reply-draft')).toMatchObject({ turnId, text })
    expect(again.raw.join()).not.toContain('of mine')
    back.send({ type: 'reply-release', turnId })
    await again.untilSaid(text)
    expect(await again.next('reply-end')).toMatchObject({ turnId, outcome: 'answered' })
    expect(suite.world.calls).toBe(calls)
    const numbers = conversationFrames(again.raw)
      .map((frame) => JSON.parse(frame))
      .map((frame) => frame.seq ?? frame[0])
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  it('that a SIGKILL cut short is void, says so, and may be asked for again', async () => {
    const { client, claims } = await visit()
    const person = await join(claims)
    await control(person, 'held')
    say(client, 'Half of it?')
    const call = await suite.world.nextCall('Half of it?')
    call.say('Unread ')
    const { turnId } = await client.next('reply-start')
    await suite.restart()
    const { client: again } = await visit(claims, 0)
    expect(await again.next('reply-end')).toMatchObject({ turnId, outcome: 'interrupted', reason: 'room_restarted' })
    expect(again.raw.join()).not.toContain('Unread')
    again.send({ type: 'reply-retry', turnId })
    const second = await suite.world.nextCall('Half of it?')
    second.say('The whole.')
    second.finish()
    await again.next('reply-held')
  })
})

describe('the door of a room', () => {
  it('is shut to people where there is no conversation, and makes none', async () => {
    const claims = exampleClaims()
    await expect(suite.arrive(personOf(claims))).rejects.toThrow()
    const asked = await fetch(`http://127.0.0.1:${suite.port}/admin/v1/conversations/${claims.conversationId}/stream`, {
      headers: { [PERSON_HEADER]: JSON.stringify(personOf(claims)) },
    })
    expect([asked.status, (await asked.json()).code]).toEqual([404, 'not_found'])
    const { welcome } = await visit(claims) // its visitor is the first
    expect(welcome.messages).toEqual([])
  })

  it('lets nobody in for another conversation, too late, or to delete what is the visitor’s', async () => {
    const { claims } = await visit()
    const person = personOf(claims)
    const ask = async (method: string, suffix: string, stamp: object): Promise<string> => {
      const answer = await fetch(`http://127.0.0.1:${suite.port}/v1/conversations/${claims.conversationId}${suffix}`, {
        method,
        headers: { [PERSON_HEADER]: JSON.stringify(stamp) },
      })
      return `${answer.status} ${(await answer.json()).code}`
    }
    expect(await ask('GET', '/stream', { ...person, conversationId: newId() })).toBe('403 session_invalid')
    expect(await ask('GET', '/stream', { ...person, expiresAt: 1 })).toBe('401 session_expired')
    expect(await ask('DELETE', '', person)).toBe('405 method_not_allowed')
  })
})

describe('who is here', () => {
  it('is told to the other side when a line breaks', async () => {
    const { client, claims } = await visit()
    const person = await join(claims)
    expect(await client.next('presence')).toMatchObject({ people: ['Ines'] })
    person.close()
    expect(await client.next('presence')).toMatchObject({ people: [] })
  })
})
