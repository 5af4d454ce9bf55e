/** What a deployment is set to do, over real HTTP: written by the admin, told to pages, enforced at the session door. */
import { decodeJwt, exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
import { DEMO_IDENTITY_FINGERPRINT, DEMO_IDENTITY_PRIVATE_KEY } from '../schema/local/demo/demo-identity.ts'
import { LOCALES } from '../schema/wire/locales.ts'
import { legalWords } from './core/legal-words.ts'
import { DEMO_PORT, runEdge } from './testing/running-edge.ts'
import type { RunningEdge } from './testing/running-edge.ts'

let edge: RunningEdge
beforeAll(async () => {
  edge = await runEdge()
}, 120_000)
afterAll(async () => {
  await edge.stop()
}, 30_000)

const { remyWidget, remyPortal, solaraCampaign, kickColaCampaign, marlowClub, marlowWhiteLabel } = CAST.deployments
const site = (name: string): string => `http://${name}.localhost:${DEMO_PORT}`
const [REMY, SOLARA, CLUB] = [site('remyvale'), site('solara'), site('marlowclub')]
const GERMAN = legalWords('de')
const CONSENT = '2026-11'

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of another program, looked at and never relied on
type Json = any

async function admin(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
  const answer = await edge.ask({
    method,
    path: `/admin/v1${path}`,
    headers: [
      ['Authorization', `Bearer ${edge.adminKey}`],
      ['Content-Type', 'application/json'],
    ],
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: JSON.parse(answer.body) }
}
const configOf = async (id: string, origin: string, query = ''): Promise<Json> =>
  JSON.parse((await edge.ask({ path: `/v1/embed/${id}${query}`, origin })).body)
async function session(
  deploymentId: string,
  origin: string,
  more: object = {},
): Promise<{ status: number; body: Json }> {
  const { status, body } = await edge.ask({
    method: 'POST',
    path: '/v1/sessions',
    origin,
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({ deploymentId, visitorSecret: `${'a'.repeat(42)}A`, conversation: 0, ...more }),
  })
  return { status, body: JSON.parse(body) }
}

describe('the settings of a deployment', () => {
  const path = `/deployments/${kickColaCampaign}`
  const settings = {
    theme: { position: 'top', launcher: 'icon' },
    suggestions: Array.from({ length: 12 }, (_, index) => `Question ${index}?`),
    proactive: { text: 'Still up?', delaySeconds: 600 },
    consent: { version: 'v2', text: 'May we?', privacyUrl: 'https://kickcola.example/privacy' },
    imageHosts: ['images.kickcola.example'],
    contextKeys: ['score', 'venue.name'],
  }

  it('are written, told to pages with the next request, and taken back by null', async () => {
    const before = (await admin('GET', path)).body.deployment
    expect((await admin('PATCH', path, settings)).status).toBe(200)
    const told = await configOf(kickColaCampaign, site('kickcola'))
    expect(told).toMatchObject({
      theme: { ...before.theme, position: 'top', launcher: 'icon' },
      suggestions: settings.suggestions.slice(0, 3),
      proactive: settings.proactive,
      consent: { ...settings.consent, termsUrl: null },
      imageHosts: settings.imageHosts,
      contextKeys: settings.contextKeys,
    })
    const cleared = { proactive: null, consent: null, imageHosts: [], contextKeys: [], theme: { launcher: null } }
    expect((await admin('PATCH', path, cleared)).body.deployment.theme).not.toHaveProperty('launcher')
    expect(await configOf(kickColaCampaign, site('kickcola'))).toMatchObject({
      proactive: null,
      consent: null,
      imageHosts: [],
      contextKeys: [],
    })
  })

  it('keep the wording that people agreed to under its version', async () => {
    const consent = { version: 'v3', text: 'May we?', privacyUrl: null, termsUrl: null }
    expect((await admin('PATCH', path, { consent })).status).toBe(200)
    const changed = await admin('PATCH', path, { consent: { ...consent, text: 'May we, and more?' } })
    expect(changed).toMatchObject({ status: 422, body: { errors: [{ field: 'consent.version' }] } })
    const links = { ...consent, termsUrl: 'https://kickcola.example/terms' }
    expect((await admin('PATCH', path, { consent: links })).status).toBe(200)
    expect((await admin('PATCH', path, { consent: { ...links, version: 'v4', text: 'And more?' } })).status).toBe(200)
    await admin('PATCH', path, { consent: null })
  })

  it.each([
    ['a position that is none', { theme: { position: 'middle' } }, 'theme.position'],
    ['a launcher nobody draws', { theme: { launcher: 'balloon' } }, 'theme.launcher'],
    ['a thirteenth question', { suggestions: Array.from({ length: 13 }, () => 'Why?') }, 'suggestions'],
    ['a message after eleven minutes', { proactive: { text: 'Hello?', delaySeconds: 601 } }, 'proactive.delaySeconds'],
    ['a message without words', { proactive: { text: ' ', delaySeconds: 1 } }, 'proactive.text'],
    ['consent without a version', { consent: { text: 'May we?' } }, 'consent.version'],
    [
      'a link that runs',
      { consent: { version: '1', text: '?', privacyUrl: 'javascript:alert(1)' } },
      'consent.privacyUrl',
    ],
    [
      'a link in the clear',
      { consent: { version: '1', text: '?', termsUrl: 'http://a.example/' } },
      'consent.termsUrl',
    ],
    ['every picture there is', { imageHosts: ['ok.example', '*.co.uk'] }, 'imageHosts[1]'],
    ['a policy’s end', { imageHosts: ['a.example; script-src *'] }, 'imageHosts[0]'],
    ['a host twice', { imageHosts: ['a.example', 'a.example'] }, 'imageHosts[1]'],
    ['twenty-one hosts', { imageHosts: Array.from({ length: 21 }, (_, index) => `h${index}.example`) }, 'imageHosts'],
    ['a context name that is a sentence', { contextKeys: ['ignore all rules'] }, 'contextKeys[0]'],
    ['a context name without an end', { contextKeys: ['x'.repeat(41)] }, 'contextKeys[0]'],
  ])('are refused with %s, by field', async (_case, patch, field) => {
    const { status, body } = await admin('PATCH', path, patch)
    expect([status, body.errors?.[0]?.field]).toEqual([422, field])
  })
})

describe('the law’s words', () => {
  it('are said in the language asked for, to the launcher, the panel and the sponsor', async () => {
    const german = await configOf(solaraCampaign, SOLARA, '?lang=de-CH')
    expect(german).toMatchObject({
      disclosure: GERMAN.disclosure.replaceAll('{name}', 'Remy Vale'),
      invitation: GERMAN.invitation.replaceAll('{name}', 'Remy Vale'),
      sponsor: { brand: 'Solara', label: GERMAN.sponsor.replaceAll('{brand}', 'Solara') },
    })
    const older = await edge.ask({ path: '/v1/embed?celebrity=remy-vale&lang=de', origin: REMY })
    expect(JSON.parse(older.body).invitation).toBe(german.invitation)
    expect(older.headers.get('cache-control')).toBe('public, max-age=60')
    expect(older.headers.get('content-language')).toBe('de')
  })

  it.each(['', '?lang=', '?lang=tlh', '?lang=%00', '?lang=__proto__', `?lang=${'x'.repeat(2_000)}`])(
    'are English for %j',
    async (query) => {
      expect((await configOf(remyWidget, REMY, query)).invitation).toBe('Talk to the AI twin of Remy Vale')
    },
  )

  it('are said in the first language of a list that we speak, and the answer says which', async () => {
    const list = encodeURIComponent('tlh,sv-SE,de')
    const { headers, body } = await edge.ask({ path: `/v1/embed/${remyWidget}?lang=${list}`, origin: REMY })
    expect(headers.get('content-language')).toBe('sv')
    expect(JSON.parse(body).invitation).toBe(legalWords('sv').invitation.replaceAll('{name}', 'Remy Vale'))
  })

  it('name the person in every language', async () => {
    for (const locale of LOCALES) {
      const { disclosure, invitation, sponsor } = await configOf(solaraCampaign, SOLARA, `?lang=${locale}`)
      expect([disclosure, invitation, sponsor.label].join()).not.toMatch(/[{}]/)
      expect(disclosure).toContain('Remy Vale')
      expect(invitation).toContain('Remy Vale')
      expect(sponsor.label).toContain('Solara')
    }
  })
})

describe('our own pages', () => {
  it.each([
    ['the portal', '/remy-vale', 'localhost'],
    ['a customer’s', '/', CAST.whiteLabelHost],
  ])('speak the reader’s language: %s', async (_which, path, host) => {
    const page = (accept: string) => edge.ask({ path, host, headers: [['Accept-Language', accept]] })
    const german = await page('de-AT,de;q=0.9,en;q=0.5')
    expect(german.headers.get('vary')).toBe('Accept-Language')
    expect(german.body).toContain('<html lang="de" dir="ltr">')
    expect(german.body).toContain(GERMAN.invitation.split('{name}')[0])
    expect((await page('ar, de;q=0.5')).body).toContain('<html lang="ar" dir="rtl">')
    expect((await page('tlh')).body).toContain('<html lang="en" dir="ltr">')
  })

  it('let in the pictures of their deployment’s hosts and no others', async () => {
    const policy = async (path: string, host?: string): Promise<string | undefined> => {
      const { headers } = await edge.ask({ path, ...(host === undefined ? {} : { host }) })
      return /img-src [^;]*/.exec(headers.get('content-security-policy') ?? '')?.[0]
    }
    expect(await policy('/remy-vale')).toBe("img-src 'self' data: https://images.remyvale.example")
    expect(await policy('/', CAST.whiteLabelHost)).toBe("img-src 'self' data:")
  })
})

describe('the owner’s check', () => {
  const check = async (id: string, query = '', origin?: string) => {
    const answer = await edge.ask({
      path: `/v1/embed/${id}/check${query}`,
      ...(origin === undefined ? {} : { origin }),
    })
    return { ...answer, told: JSON.parse(answer.body) }
  }

  it('says that a page is let in, to whoever asks', async () => {
    const { status, headers, told } = await check(remyWidget, `?origin=${encodeURIComponent(REMY)}`, site('stranger'))
    expect([status, told]).toEqual([200, { allowed: true, origin: REMY }])
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    expect((await check(remyWidget, '', REMY)).told.allowed).toBe(true)
  })

  it('says what to add in the words of the embed’s own refusal, and is asked again soon', async () => {
    const { status, headers, told } = await check(remyWidget, '', site('stranger'))
    const refusal = await configOf(remyWidget, site('stranger'))
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=5'])
    expect(told).toEqual({
      allowed: false,
      origin: site('stranger'),
      add: [site('stranger')],
      code: 'origin_not_allowed',
      title: refusal.title,
      detail: refusal.detail,
    })
    expect(told.detail).toContain(`Add exactly ${site('stranger')}`)
  })

  it('knows no more than the embed of a twin that is not there, and of no page at all', async () => {
    await edge.sql(`update deployments set status = 'SUSPENDED' where id = '${solaraCampaign}'`)
    await admin('PATCH', '/brands/none', {})
    const answers = [
      await check(solaraCampaign, '', SOLARA),
      await check('50000000-0000-4000-8000-0000000000ff', '', SOLARA),
      await check('x', '', SOLARA),
    ]
    await edge.sql(`update deployments set status = 'ACTIVE' where id = '${solaraCampaign}'`)
    await admin('PATCH', '/brands/none', {})
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 404, told: { code: 'twin_not_found' } })
    expect(await check(remyWidget)).toMatchObject({ status: 403, told: { code: 'origin_missing' } })
    expect((await check(remyPortal, '?origin=null')).told).toMatchObject({ allowed: false, code: 'origin_not_allowed' })
  })
})

describe('consent', () => {
  it('is told to the page and asked for at the door, in its present version alone', async () => {
    expect((await configOf(marlowClub, CLUB)).consent).toMatchObject({ version: CONSENT })
    for (const consent of [undefined, '2026-10', `${CONSENT} `.repeat(2), 'x'])
      expect(await session(marlowClub, CLUB, { consent })).toMatchObject({
        status: 403,
        body: { code: 'consent_required' },
      })
    expect((await session(marlowClub, CLUB, { consent: CONSENT })).status).toBe(201)
    expect((await session(marlowClub, CLUB, { consent: { version: CONSENT } })).status).toBe(422)
  })

  it('is not asked for where the deployment asks for none', async () => {
    expect((await session(remyWidget, REMY, { consent: 'whatever' })).status).toBe(201)
  })

  it('says nothing to a page that is not let in', async () => {
    expect((await session(marlowClub, site('stranger'))).body.code).toBe('origin_not_allowed')
  })
})

const SECRET = 'a-secret-of-the-owner-that-is-long-enough'
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds
const demoProof = async (claims: object): Promise<string> =>
  new SignJWT({ sub: 'member-7', exp: inSeconds(3_600), ...claims })
    .setProtectedHeader({ alg: 'ES256' })
    .sign(await importJWK({ ...DEMO_IDENTITY_PRIVATE_KEY }, 'ES256'))
/** One whose header demands what nobody but its maker understands (RFC 7515 section 4.1.11). */
const criticalProof = async (): Promise<string> =>
  new SignJWT({ sub: 'member-7', exp: inSeconds(60) })
    .setProtectedHeader({ alg: 'ES256', crit: ['club'], club: 1 })
    .sign(await importJWK({ ...DEMO_IDENTITY_PRIVATE_KEY }, 'ES256'), { crit: { club: true } })
const secretProof = (claims: object, secret = SECRET, alg = 'HS256'): Promise<string> =>
  new SignJWT({ sub: 'member-7', exp: inSeconds(3_600), ...claims })
    .setProtectedHeader({ alg })
    .sign(new TextEncoder().encode(secret))

describe('a proof of who is signed in', () => {
  const enter = (identity: unknown, visitorSecret = `${'a'.repeat(42)}A`) =>
    session(marlowClub, CLUB, { consent: CONSENT, identity, visitorSecret })

  it('makes the visitor that person, whatever the device’s secret, and nobody else', async () => {
    const [one, elsewhere, other, device] = [
      await enter(await demoProof({})),
      await enter(await demoProof({}), `${'b'.repeat(42)}A`),
      await enter(await demoProof({ sub: 'member-8' })),
      await enter(undefined),
    ]
    expect([one.status, elsewhere.body.visitorId]).toEqual([201, one.body.visitorId])
    expect(elsewhere.body.conversationId).toBe(one.body.conversationId)
    expect(new Set([one, other, device].map(({ body }) => body.visitorId)).size).toBe(3)
  })

  it.each<[string, () => Promise<string> | string]>([
    ['with an audience that is this deployment', () => demoProof({ aud: marlowClub })],
    ['with an audience among others', () => demoProof({ aud: ['https://club.example', marlowClub] })],
    ['that lasts a day', () => demoProof({ exp: inSeconds(86_400) })],
    ['with more to say', () => demoProof({ iss: 'club', iat: inSeconds(-10), nbf: inSeconds(-10), role: 'x' })],
    ['with a subject of 128 characters', () => demoProof({ sub: 'x'.repeat(128) })],
  ])('holds %s', async (_case, proof) => {
    expect((await enter(await proof())).status).toBe(201)
  })

  it.each<[string, () => Promise<string> | string]>([
    ['of nothing', () => ''],
    ['of rubbish', () => 'a.b.c'],
    ['without a signature', () => new UnsecuredJWT({ sub: 'member-7', exp: inSeconds(60) }).encode()],
    [
      'of a key made up',
      async () => {
        const { privateKey } = await generateKeyPair('ES256')
        return new SignJWT({ sub: 'member-7', exp: inSeconds(60) })
          .setProtectedHeader({ alg: 'ES256' })
          .sign(privateKey)
      },
    ],
    [
      'of the public key taken for a secret',
      () => secretProof({}, JSON.stringify({ ...DEMO_IDENTITY_PRIVATE_KEY, d: undefined })),
    ],
    ['with padding', async () => `${await demoProof({})}=`],
    ['cut short', async () => (await demoProof({})).slice(0, -2)],
    [
      'with a changed subject',
      async () => {
        const [head, , mac] = (await demoProof({})).split('.')
        return `${head}.${Buffer.from(JSON.stringify({ sub: 'admin', exp: inSeconds(60) })).toString('base64url')}.${mac}`
      },
    ],
    ['without an end', () => demoProof({ exp: undefined })],
    ['that has ended', () => demoProof({ exp: inSeconds(-60) })],
    ['that lasts too long', () => demoProof({ exp: inSeconds(86_400 + 120) })],
    ['from the future', () => demoProof({ nbf: inSeconds(120) })],
    ['for another deployment', () => demoProof({ aud: remyWidget })],
    ['for no deployment', () => demoProof({ aud: [] })],
    ['of nobody', () => demoProof({ sub: undefined })],
    ['of an empty name', () => demoProof({ sub: '' })],
    ['of a number', () => demoProof({ sub: 7 })],
    ['of a name too long', () => demoProof({ sub: 'x'.repeat(129) })],
    ['of a tier we do not sell', () => demoProof({ tier: 'ROYAL' })],
    ['of a tier that is none', () => demoProof({ tier: null })],
    ['of half a character', () => demoProof({ sub: '\ud800' })],
    ['with a header it must understand', criticalProof],
    ['too long to read', () => demoProof({ note: 'x'.repeat(5_000) })],
  ])('does not hold %s, and nobody is let in as somebody else for it', async (_case, proof) => {
    expect(await enter(await proof())).toMatchObject({ status: 401, body: { code: 'identity_invalid' } })
  })

  it('binds the tier that it names to the session, and FREE where it names none', async () => {
    const tierOf = ({ body }: { readonly body: Json }): unknown => decodeJwt(body.token)['tier']
    expect(tierOf(await enter(await demoProof({ tier: 'PREMIUM' })))).toBe('PREMIUM')
    expect(tierOf(await enter(await demoProof({})))).toBe('FREE')
    expect(tierOf(await session(remyWidget, REMY, {}))).toBe('FREE')
  })

  it('is refused everywhere in the same words, and by a deployment without a key whatever it says', async () => {
    const bodies = [
      (await enter('a.b.c')).body,
      (await session(remyWidget, REMY, { identity: await demoProof({}) })).body,
      (await session(remyWidget, REMY, { identity: await secretProof({}) })).body,
    ].map(({ requestId: _requestId, ...said }) => JSON.stringify(said))
    expect(new Set(bodies).size).toBe(1)
    expect((await session(remyWidget, REMY, { identity: 7 })).status).toBe(422)
  })
})

describe('the identity key', () => {
  const path = `/deployments/${remyWidget}/identity-key`

  it('is set, tells only what it is, and holds from the next request', async () => {
    expect((await admin('GET', path)).status).toBe(404)
    const set = await admin('PUT', path, { alg: 'HS256', secret: SECRET })
    expect(set).toMatchObject({ status: 200, body: { deploymentId: remyWidget, alg: 'HS256' } })
    expect(Object.keys(set.body).sort()).toEqual(['alg', 'deploymentId', 'fingerprint', 'setAt'])
    expect((await admin('GET', path)).body).toEqual(set.body)
    expect((await session(remyWidget, REMY, { identity: await secretProof({}) })).status).toBe(201)
    expect((await session(remyWidget, REMY, { identity: await secretProof({}, `${SECRET}!`) })).status).toBe(401)
    const longer = `${SECRET}-and-longer-still-for-a-longer-digest`
    await admin('PUT', path, { alg: 'HS256', secret: longer })
    expect((await session(remyWidget, REMY, { identity: await secretProof({}, longer, 'HS512') })).status).toBe(401)
    expect((await session(remyWidget, REMY, { identity: await secretProof({}) })).status).toBe(401)
  })

  it('gives the same person another visitor at every deployment', async () => {
    await admin('PUT', `/deployments/${solaraCampaign}/identity-key`, { alg: 'HS256', secret: SECRET })
    await admin('PUT', path, { alg: 'HS256', secret: SECRET })
    const identity = await secretProof({})
    const [here, there] = [
      await session(remyWidget, REMY, { identity }),
      await session(solaraCampaign, SOLARA, { identity }),
    ]
    expect([here.status, there.status]).toEqual([201, 201])
    expect(here.body.visitorId).not.toBe(there.body.visitorId)
  })

  it('changes its kind, and what the other kind signed holds no more', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(publicKey)
    const set = await admin('PUT', path, { alg: 'ES256', publicKey: { ...jwk, use: 'sig', kid: 'of-the-owner' } })
    expect(set.body).toMatchObject({ alg: 'ES256' })
    const proof = await new SignJWT({ sub: 'member-7', exp: inSeconds(60) })
      .setProtectedHeader({ alg: 'ES256' })
      .sign(privateKey)
    expect((await session(remyWidget, REMY, { identity: proof })).status).toBe(201)
    expect((await session(remyWidget, REMY, { identity: await secretProof({}) })).status).toBe(401)
  })

  it('is kept sealed, appears in no event, no page and no log, and is not the platform’s to read', async () => {
    await admin('PUT', path, { alg: 'HS256', secret: SECRET })
    const { rows } = await edge.query(`select material from identity_keys where deployment_id = '${remyWidget}'`)
    expect(rows).toHaveLength(1)
    expect(String(rows[0]?.['material'])).not.toContain(SECRET)
    const events = await edge.query(`select payload from platform_events where payload ->> 'entity' = 'identity_key'`)
    expect(events.rows.length).toBeGreaterThan(0)
    expect(events.rows.at(-1)?.['payload']).toMatchObject({
      after: { alg: 'HS256' },
      action: 'updated',
      entity: 'identity_key',
      id: remyWidget,
      fields: ['alg', 'secret'],
    })
    for (const said of [JSON.stringify(events.rows), JSON.stringify(await configOf(remyWidget, REMY)), edge.log.join()])
      expect(said).not.toContain(SECRET)
    const { rows: readable } = await edge.query(
      `select has_column_privilege('twin_platform', 'identity_keys', 'material', 'select') as platform,
        has_table_privilege('twin_resolver', 'identity_keys', 'select') as resolver`,
    )
    expect(readable).toEqual([{ platform: false, resolver: false }])
  })

  it('is taken away, and then nobody is believed', async () => {
    await admin('PUT', path, { alg: 'HS256', secret: SECRET })
    expect(await admin('DELETE', path)).toMatchObject({ status: 200, body: { alg: 'HS256' } })
    expect((await session(remyWidget, REMY, { identity: await secretProof({}) })).status).toBe(401)
    expect((await admin('DELETE', path)).status).toBe(404)
    const { rows } = await edge.query(`select payload ->> 'action' as action from platform_events
      where payload ->> 'entity' = 'identity_key' order by occurred_at desc limit 1`)
    expect(rows).toEqual([{ action: 'removed' }])
  })

  it('of the demo is the club’s', async () => {
    const { body } = await admin('GET', `/deployments/${marlowClub}/identity-key`)
    expect(body).toMatchObject({ alg: 'ES256', fingerprint: DEMO_IDENTITY_FINGERPRINT })
  })

  const { d: _half, ...demoPublic } = DEMO_IDENTITY_PRIVATE_KEY
  it.each([
    ['a short secret', { alg: 'HS256', secret: 'x'.repeat(31) }, 'secret'],
    ['a secret of other letters', { alg: 'HS256', secret: 'ü'.repeat(40) }, 'secret'],
    ['no secret', { alg: 'HS256' }, 'secret'],
    ['an algorithm that signs nothing', { alg: 'none' }, 'alg'],
    ['another algorithm', { alg: 'RS256', publicKey: {} }, 'alg'],
    ['a private key', { alg: 'ES256', publicKey: DEMO_IDENTITY_PRIVATE_KEY }, 'publicKey'],
    ['another curve', { alg: 'ES256', publicKey: { ...demoPublic, crv: 'P-384' } }, 'publicKey.crv'],
    ['a point beside the curve', { alg: 'ES256', publicKey: { ...demoPublic, y: demoPublic.x } }, 'publicKey'],
    ['both kinds at once', { alg: 'HS256', secret: SECRET, publicKey: demoPublic }, 'publicKey'],
    ['no object', [], ''],
  ])('is refused as %s', async (_case, key, field) => {
    const { status, body } = await admin('PUT', path, key)
    expect([status, body.errors?.[0]?.field]).toEqual([422, field])
  })

  it('belongs to a deployment that is there, and to whoever holds the admin key', async () => {
    const nowhere = '/deployments/50000000-0000-4000-8000-0000000000ff/identity-key'
    expect((await admin('PUT', nowhere, { alg: 'HS256', secret: SECRET })).status).toBe(404)
    expect((await admin('GET', '/deployments/x/identity-key')).status).toBe(404)
    expect((await edge.ask({ path: `/admin/v1${path}` })).status).toBe(401)
    const whiteLabel = { path: `/admin/v1/deployments/${marlowWhiteLabel}/identity-key`, host: CAST.whiteLabelHost }
    expect((await edge.ask(whiteLabel)).status).toBe(404)
  })
})

describe('a database that is away', () => {
  it('lets in whom the remembered key proves, and promises nothing of a key it never saw', async () => {
    await admin('PUT', `/deployments/${remyWidget}/identity-key`, { alg: 'HS256', secret: SECRET })
    const identity = await secretProof({})
    expect((await session(remyWidget, REMY, { identity })).status).toBe(201)
    await configOf(kickColaCampaign, site('kickcola'))
    await edge.stopDatabase()
    expect((await session(remyWidget, REMY, { identity })).status).toBe(201)
    expect(await session(kickColaCampaign, site('kickcola'), { identity })).toMatchObject({
      status: 503,
      body: { code: 'service_unavailable' },
    })
    await edge.returnDatabase()
  })
})
