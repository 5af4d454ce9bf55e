/** People of the celebrity's side over the admin door, through the whole Worker: from the list into a conversation. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
import { newId } from '../schema/domain/id.ts'
import { openStream } from './testing/open-stream.ts'
import { DEMO_PORT, runEdge } from './testing/running-edge.ts'
import type { RunningEdge } from './testing/running-edge.ts'

let edge: RunningEdge
beforeAll(async () => {
  edge = await runEdge()
}, 120_000)
afterAll(async () => {
  await edge.stop()
}, 30_000)

const { remyWidget } = CAST.deployments
const REMY = `http://remyvale.localhost:${DEMO_PORT}`

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of another program, looked at and never relied on
type Json = any

let number = 0
async function begin() {
  number += 1
  const { body } = await edge.ask({
    method: 'POST',
    path: '/v1/sessions',
    origin: REMY,
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({ deploymentId: remyWidget, visitorSecret: `${'b'.repeat(42)}A`, conversation: number }),
  })
  const { token, conversationId }: Json = JSON.parse(body)
  const line = await listen(`/v1/conversations/${conversationId}/stream`, {
    origin: REMY,
    authorization: `Bearer ${token}`,
  })
  await line.until('welcome')
  const post = (headers: readonly (readonly [string, string])[], ...frames: readonly object[]): Promise<Json> =>
    edge
      .ask({
        method: 'POST',
        path: `/v1/conversations/${conversationId}/frames`,
        origin: REMY,
        headers: [['Authorization', `Bearer ${token}`], ['Content-Type', 'application/json'], ...headers],
        body: JSON.stringify({ frames }),
      })
      .then((answer) => JSON.parse(answer.body).frames)
  const ask = (text: string): Promise<Json> => post([], { type: 'message-send', messageId: newId(), text })
  return { conversationId: String(conversationId), line, post, ask }
}

async function listen(path: string, headers: Readonly<Record<string, string>>) {
  const stream = await openStream({ url: `http://localhost:${edge.port}${path}`, headers })
  const heard: Json[] = []
  return {
    response: stream.response,
    heard,
    leave: stream.leave,
    /** Reads on up to a frame of this type. */
    async until(type: string): Promise<Json> {
      for (;;) {
        const frame: Json = await stream.next()
        if (frame === undefined) throw new Error(`the stream ended before ${type}`)
        heard.push(frame)
        if (frame.type === type) return frame
      }
    },
  }
}

const key = () => ({ authorization: `Bearer ${edge.adminKey}` })
const join = (conversationId: string, name = 'Inês') =>
  listen(`/admin/v1/conversations/${conversationId}/stream?name=${encodeURIComponent(name)}`, key())

async function act(conversationId: string, ...frames: readonly object[]): Promise<Json> {
  const answer = await edge.ask({
    method: 'POST',
    path: `/admin/v1/conversations/${conversationId}/frames?name=In%C3%AAs`,
    headers: [
      ['Authorization', `Bearer ${edge.adminKey}`],
      ['Content-Type', 'application/json'],
    ],
    body: JSON.stringify({ frames }),
  })
  return { status: answer.status, ...JSON.parse(answer.body) }
}

async function look(path: string, headers: readonly (readonly [string, string])[] = []): Promise<Json> {
  const answer = await edge.ask({
    path: `/admin/v1${path}`,
    headers: [['Authorization', `Bearer ${edge.adminKey}`], ...headers],
  })
  return { status: answer.status, ...JSON.parse(answer.body) }
}

describe('a person', () => {
  it('joins, takes over, answers and hands back; the visitor sees who speaks, and the archive keeps it', async () => {
    const { conversationId, line, ask } = await begin()
    const person = await join(conversationId)
    expect(person.response.headers.get('cache-control')).toBe('no-store, no-transform')
    expect(await person.until('presence')).toMatchObject({ visitor: true, people: ['Inês'] })
    expect(await line.until('presence')).toMatchObject({ people: ['Inês'] })

    expect(await act(conversationId, { type: 'controller-set', controller: 'human' })).toEqual({
      status: 200,
      frames: [],
    })
    expect(await line.until('controller-changed')).toMatchObject({ controller: 'human', person: 'Inês' })
    await ask('Is somebody there?')
    expect(await person.until('message-added')).toMatchObject({ text: 'Is somebody there?' })
    const sent = await act(conversationId, { type: 'person-send', messageId: 'p-1', text: 'Yes: I am Inês.' })
    expect(sent.frames).toMatchObject([{ type: 'ack', messageId: 'p-1' }])
    await line.until('message-added')
    expect(await line.until('message-added')).toMatchObject({ author: 'Inês', text: 'Yes: I am Inês.' })
    await act(conversationId, { type: 'controller-set', controller: 'twin' })
    await ask('And now?')
    expect(await line.until('reply-end')).toMatchObject({ outcome: 'answered' })
    await person.leave() // a socket's going is heard at once; a stream's with its next comment, at the latest

    const rows = await archived(conversationId, 4)
    expect(rows).toMatchObject([
      { role: 'visitor', author: null },
      { role: 'person', author: 'Inês', author_id: 'platform-admin', text: 'Yes: I am Inês.' },
      { role: 'visitor' },
      { role: 'twin', revisions: 0 },
    ])
    const events = await edge.query(
      `select event_type, actor, payload from platform_events
       where payload->>'conversationId' = '${conversationId}' order by occurred_at`,
    )
    expect(events.rows.map(({ payload }: Json) => payload.controller)).toEqual(['human', 'twin'])
    expect(events.rows[0]).toMatchObject({ actor: { user_id: null, role: 'platform-admin' } })
  })

  it('is heard no longer than the key that the line was opened with', async () => {
    const { conversationId, ask } = await begin()
    await ask('Hello')
    await archived(conversationId, 1)
    const expiresAt = new Date(Date.now() + 5_000).toISOString()
    const body = { name: 'short', tenantId: CAST.remy.tenantId, role: 'OWNER', scopes: ['read', 'write'], expiresAt }
    const made = await edge.ask({
      method: 'POST',
      path: '/admin/v1/keys',
      headers: [
        ['Authorization', `Bearer ${edge.adminKey}`],
        ['Content-Type', 'application/json'],
      ],
      body: JSON.stringify(body),
    })
    const { secret }: Json = JSON.parse(made.body)
    const person = await listen(`/admin/v1/conversations/${conversationId}/stream?name=Short`, {
      authorization: `Bearer ${secret}`,
    })
    await person.until('welcome')
    await expect(person.until('nothing')).rejects.toThrow('the stream ended')
    expect(Date.now()).toBeLessThan(Date.parse(expiresAt) + 5_000)
  }, 20_000)

  it('reads a held reply before the visitor does, and releases it in other words', async () => {
    const { conversationId, line, ask } = await begin()
    const person = await join(conversationId)
    await person.until('welcome')
    await act(conversationId, { type: 'controller-set', controller: 'held' })
    await ask('What was the loudest ground you ever worked?')
    const draft = await person.until('reply-draft')
    await line.until('reply-held')
    expect(line.heard.some(Array.isArray)).toBe(false)
    expect(draft.text.length).toBeGreaterThan(10)
    const other = await join(conversationId, 'Tomás') // who comes later is shown it too
    expect(await other.until('reply-draft')).toMatchObject({ text: draft.text })
    await other.leave()
    await act(conversationId, { type: 'reply-release', turnId: draft.turnId, text: 'In our words.' })
    expect(await line.until('reply-revised')).toMatchObject({ text: 'In our words.', revisions: 1 })
    expect(
      line.heard
        .filter(Array.isArray)
        .map(([, text]) => text)
        .join(''),
    ).toBe('In our words.')
    await person.leave()
    const rows = await archived(conversationId, 2)
    expect(rows[1]).toMatchObject({ text: 'In our words.', revisions: 1, revised_by: 'platform-admin' })
  })

  it('has a socket of the same frames, with the key in a header alone', async () => {
    const { conversationId, line } = await begin()
    const url = `ws://localhost:${edge.port}/admin/v1/conversations/${conversationId}/line?name=Tom%C3%A1s`
    const socket = await shake(url, { ...key(), 'X-Twin-Claims': '{}', 'X-Twin-Person': '{"name":"Forged"}' })
    socket.send(JSON.stringify({ type: 'hello', after: null }))
    expect(await line.until('presence')).toMatchObject({ people: ['Tomás'] })
    socket.send(JSON.stringify({ type: 'typing' }))
    expect(await line.until('typing')).toMatchObject({ who: 'person', name: 'Tomás' })
    socket.close()
    expect(await line.until('presence')).toMatchObject({ people: [] })
    await expect(shake(url, {})).rejects.toThrow('refused')
    await expect(shake(url.replace(conversationId, newId()), key())).rejects.toThrow('refused')
  })

  it('is nobody whom a visitor can pretend to be', async () => {
    const { conversationId, post, line } = await begin()
    const forged = JSON.stringify({ conversationId, personId: 'x', name: 'Forged', expiresAt: 9_999_999_999 })
    const answers = await post(
      [['X-Twin-Person', forged]],
      { type: 'controller-set', controller: 'human' },
      { type: 'person-send', messageId: 'p', text: 'I am the celebrity.' },
      { type: 'reply-release', turnId: newId() },
      { type: 'reply-revise', turnId: newId(), text: 'x', revisions: 1 },
    )
    expect(answers.map(({ code }: Json) => code)).toEqual(Array.from({ length: 4 }, () => 'frame_unknown'))
    await line.leave()
  })
})

describe('what is refused at the door', () => {
  const id = newId()
  it.each([
    ['a conversation that does not exist', `/conversations/${id}/stream?name=A`, 404, 'not_found'],
    ['an id that can be none', '/conversations/x/stream?name=A', 404, 'not_found'],
    ['nobody’s name', `/conversations/${id}/stream`, 422, 'request_invalid'],
    ['a name that is too long', `/conversations/${id}/stream?name=${'x'.repeat(61)}`, 422, 'request_invalid'],
    ['a name of two lines', `/conversations/${id}/stream?name=a%0Ab`, 422, 'request_invalid'],
    ['a number that is none', `/conversations/${id}/stream?name=A&after=x`, 422, 'request_invalid'],
    ['a line without an upgrade', `/conversations/${id}/line?name=A`, 426, 'request_invalid'],
    ['a list of no deployment', '/conversations', 422, 'request_invalid'],
    ['a page of too many', `/conversations?deploymentId=${remyWidget}&limit=51`, 422, 'request_invalid'],
    ['a page of none', `/conversations?deploymentId=${remyWidget}&limit=0`, 422, 'request_invalid'],
    ['a place in no list', `/conversations?deploymentId=${remyWidget}&before=yesterday`, 422, 'request_invalid'],
  ])('%s', async (_case, path, status, code) => {
    expect(await look(path)).toMatchObject({ status, code })
  })

  it.each(['/conversations', `/conversations/${id}/stream?name=A`, `/conversations/${id}/frames?name=A`])(
    'whoever has no key: %s',
    async (path) => {
      const method = path.includes('frames') ? 'POST' : 'GET'
      expect((await edge.ask({ method, path: `/admin/v1${path}` })).status).toBe(401)
    },
  )
})

describe('a key of the celebrity’s side', () => {
  const write = async (method: string, path: string, body?: object): Promise<Json> => {
    const answer = await edge.ask({
      method,
      path: `/admin/v1${path}`,
      headers: [
        ['Authorization', `Bearer ${edge.adminKey}`],
        ['Content-Type', 'application/json'],
      ],
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return JSON.parse(answer.body)
  }
  const makeKey = (tenantId: string, holder: object): Promise<Json> =>
    write('POST', '/keys', { name: 'k', tenantId, scopes: ['read', 'write'], ...holder })
  const listenAs = (secret: string, conversationId: string) =>
    listen(`/admin/v1/conversations/${conversationId}/stream?name=Ann`, { authorization: `Bearer ${secret}` })

  it('opens lines into its own conversations, and loses them within seconds when it is revoked', async () => {
    const { conversationId, ask, line } = await begin()
    await ask('Hello?')
    await line.until('reply-end')
    await archived(conversationId, 2)
    const { key, secret } = await makeKey(CAST.remy.tenantId, { role: 'EDITOR' })
    const { secret: other } = await makeKey(CAST.remy.tenantId, { role: 'EDITOR' })
    const { secret: stranger } = await makeKey(CAST.ada.tenantId, { role: 'OWNER' })
    expect((await listenAs(stranger, conversationId)).response.status).toBe(404)

    const [ann, colleague] = [await listenAs(secret, conversationId), await listenAs(other, conversationId)]
    await Promise.all([ann.until('presence'), colleague.until('presence')])
    const revokedAt = Date.now()
    await write('DELETE', `/keys/${key.id}`)
    expect(await ann.until('error')).toMatchObject({ code: 'session_expired' })
    expect(Date.now() - revokedAt).toBeLessThan(5_000)
    expect((await listenAs(secret, conversationId)).response.status).toBe(401)
    await ask('And you?')
    await colleague.until('reply-end') // the other's goes on
    await colleague.leave()
    await line.leave()
  })

  it('of a person who is deactivated loses them too, and names the person in what was done', async () => {
    const { conversationId, ask, line } = await begin()
    await ask('Hello?')
    await line.until('reply-end')
    await archived(conversationId, 2)
    const user = await write('POST', '/users', { email: 'ann@remy.example', name: 'Ann' })
    await write('POST', '/memberships', { userId: user.id, tenantId: CAST.remy.tenantId, role: 'EDITOR' })
    const { secret } = await makeKey(CAST.remy.tenantId, { userId: user.id })
    const ann = await listenAs(secret, conversationId)
    await ann.until('presence')
    await write('PATCH', `/users/${user.id}`, { deactivated: true })
    expect(await ann.until('error')).toMatchObject({ code: 'session_expired' })
    await line.leave()
  })
})

describe('the list', () => {
  it('holds a deployment’s conversations by their last message, page by page, and none that were deleted', async () => {
    const opened = [await begin(), await begin(), await begin()]
    for (const { conversationId, ask, line } of opened) {
      await ask('Hello?')
      await line.until('reply-end')
      await archived(conversationId, 2)
    }
    const ids = opened.map(({ conversationId }) => conversationId).toReversed()
    const first = await look(`/conversations?deploymentId=${remyWidget}&limit=2`)
    expect(first.items.map(({ id }: Json) => id)).toEqual(ids.slice(0, 2))
    expect(first.items[0]).toMatchObject({ deploymentId: remyWidget, origin: REMY, messages: 2 })
    const second = await look(`/conversations?deploymentId=${remyWidget}&limit=1&before=${first.next}`)
    expect(second.items.map(({ id }: Json) => id)).toEqual(ids.slice(2))
    await edge.sql(`update conversations set erased_at = now() where id = '${ids[0]}'`)
    const after = await look(`/conversations?deploymentId=${remyWidget}`)
    expect(after.items.map(({ id }: Json) => id).slice(0, 2)).toEqual(ids.slice(1))
    expect(after.next).toBeNull()
    expect(await look(`/conversations?deploymentId=${newId()}`)).toMatchObject({ items: [], next: null })
  })
})

/** The rows of a conversation, once there are so many and the last is whole. */
async function archived(conversationId: string, count: number): Promise<Json[]> {
  const { promise, resolve } = Promise.withResolvers<Json[]>()
  const ask = async (): Promise<void> => {
    const { rows } = await edge.query(
      `select role, author, author_id, text, revisions, revised_by, outcome from messages
       where conversation_id = '${conversationId}' order by position`,
    )
    const last = rows.at(-1)
    if (rows.length >= count && (last?.['role'] !== 'twin' || last['outcome'] !== null)) resolve([...rows])
    else setTimeout(() => void ask(), 50)
  }
  await ask()
  return promise
}

async function shake(url: string, headers: Readonly<Record<string, string>>): Promise<WebSocket> {
  // Node's WebSocket takes headers, which a browser's (and so its type) does not.
  const socket: unknown = Reflect.construct(WebSocket, [url, { protocols: ['twin.v1'], headers }])
  if (!(socket instanceof WebSocket)) throw new Error('no socket')
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('The upgrade was refused.')))
  })
  expect(socket.protocol).toBe('twin.v1')
  return socket
}
