import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
import { startDemoSites, type DemoSites } from './serve.ts'
import { strictCsp } from './strict-csp.ts'

const CDN = 'http://localhost:8787'
const options = {
  port: 0,
  cdnUrl: CDN,
  portalUrl: `${CDN}/remy-vale`,
  whiteLabelUrl: 'http://twin.marlow.localhost:8787/',
  ids: CAST.deployments,
}
let sites: DemoSites

beforeAll(async () => {
  sites = await startDemoSites(options)
})
afterAll(() => sites.close())

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

function get(host: string, path: string, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: sites.port, path, method, headers: { host }, agent: false },
      (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (part: string) => (body += part))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
      },
    )
    sent.on('error', reject).end()
  })
}

describe('the demo sites', () => {
  it.each([
    [
      'remyvale.localhost',
      '/',
      `${CDN}/v1/embed/${CAST.deployments.remyWidget}/twin.js" data-deployment-id="${CAST.deployments.remyWidget}"`,
    ],
    [
      'remyvale.localhost',
      '/classic.html',
      `<script src="${CDN}/twin-widget.js"></script>\n  <div id="vibethink-twin" data-celebrity-id="remy-vale"`,
    ],
    ['remyvale.localhost', '/placed.html', `<vibethink-twin deployment-id="${CAST.deployments.remyWidget}"`],
    ['solara.localhost', '/', `data-deployment-id="${CAST.deployments.solaraCampaign}"`],
    ['kickcola.localhost', '/', `data-deployment-id="${CAST.deployments.kickColaCampaign}"`],
    ['stranger.localhost', '/', `data-deployment-id="${CAST.deployments.remyWidget}"`],
    ['strict.localhost', '/', `data-deployment-id="${CAST.deployments.remyWidget}"`],
    ['marlowclub.localhost', '/', `data-deployment-id="${CAST.deployments.marlowClub}"`],
    ['playground.localhost', '/stage.html', `<script async src="${CDN}/v1/twin.js"></script>`],
    ['localhost', '/', options.whiteLabelUrl],
    ['127.0.0.1', '/', options.portalUrl],
    ['index.localhost', '/', options.portalUrl],
    ['SOLARA.localhost.', '/?utm=x', 'Solara'],
  ])('%s%s holds what its owner pasted', async (host, path, snippet) => {
    const answer = await get(`${host}:${sites.port}`, path)
    expect(answer.status).toBe(200)
    expect(answer.body).toContain(snippet)
    expect(answer.body).not.toContain('{{')
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
  })

  it.each([
    'example.com',
    'remyvale.localhost.example',
    'sites.localhost',
    '..localhost',
    'nobody.localhost',
    'a.remyvale.localhost',
  ])('know nobody called %j', async (host) => {
    expect(await get(host, '/')).toMatchObject({ status: 421 })
  })

  it.each([
    '/../serve.ts',
    '/../solara/index.html',
    '/../../sites/solara/style.css',
    '/media/../sites/strict/index.html',
    '/media/fonts/../remy-vale.svg',
    '/%2e%2e/solara/index.html',
    '/..%2f..%2fserve.ts',
    '/%2e%2e/%2e%2e/serve.ts',
    '/..\\..\\serve.ts',
    '/media/../serve.ts',
    '/media/../../package.json',
    '/./index.html',
    '//etc/passwd',
    '/.git/config',
    '/media/.hidden.svg',
    '/index.html%00.svg',
    '/index.html/',
    '/sites/remyvale/index.html',
    '/%',
    '/media',
    '/index.php',
    'http://evil.example/index.html',
  ])('give away no file for %s', async (path) => {
    const answer = await get('remyvale.localhost', path)
    expect(answer.status).toBe(404)
    expect(answer.body).toContain('no page at this address')
  })

  it('refuse everything but reading', async () => {
    expect(await get('solara.localhost', '/', 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
  })

  it('answer HEAD with the length and no body', async () => {
    const head = await get('solara.localhost', '/', 'HEAD')
    expect(head).toMatchObject({ status: 200, body: '' })
    expect(Number(head.headers['content-length'])).toBeGreaterThan(1_000)
  })

  it.each([
    ['marlowclub', '/club.ts'],
    ['playground', '/playground.ts'],
  ])('send the script of %s without its types', async (site, path) => {
    const { status, headers, body } = await get(`${site}.localhost`, path)
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/javascript; charset=utf-8' })
    expect(body).not.toMatch(/\bimport type|\binterface |: string/)
  })

  it('tell who is signed in where members have pages, and nowhere else', async () => {
    expect(await get('marlowclub.localhost', '/session')).toMatchObject({ status: 200, body: '{"member":null}' })
    expect(await get('marlowclub.localhost', '/session', 'PUT')).toMatchObject({ status: 405 })
    expect(await get('solara.localhost', '/session')).toMatchObject({ status: 404 })
    expect(await get('solara.localhost', '/facts.json')).toMatchObject({ status: 404 })
  })

  it('send portraits and fonts with their own types', async () => {
    expect((await get('kickcola.localhost', '/media/remy-vale.svg')).headers['content-type']).toBe(
      'image/svg+xml; charset=utf-8',
    )
    expect((await get('kickcola.localhost', '/media/fonts/anton.woff2')).headers['content-type']).toBe('font/woff2')
  })

  it('live through a request that is no HTTP', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(sites.port, '127.0.0.1', () => socket.end('\0\0garbage\r\n\r\n'))
      socket
        .on('close', () => resolve())
        .on('error', () => resolve())
        .resume()
    })
    expect((await get('localhost', '/')).status).toBe(200)
  })

  it('close when the signal says so, and say which port is taken', async () => {
    const controller = new AbortController()
    const second = await startDemoSites({ ...options, signal: controller.signal })
    await expect(startDemoSites({ ...options, port: second.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    controller.abort()
    await second.close()
    const third = await startDemoSites({ ...options, port: second.port })
    await third.close()
  })
})

describe('the strict site', () => {
  it.each(['/', '/nothing-here.html'])('sends the documented policy with %s', async (path) => {
    const { headers } = await get('strict.localhost', path)
    expect(headers['content-security-policy']).toBe(strictCsp(CDN).join('; '))
  })

  it('keeps to its own policy: no inline script, sheet, style or handler, no picture of its own', async () => {
    const { body } = await get('strict.localhost', '/')
    expect(body).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?! async src=)|src="\/|url\(/)
  })

  it('allows nothing unsafe and names the socket beside the origin', () => {
    const policy = strictCsp('https://cdn.example/v1')
    expect(policy).toContain('connect-src https://cdn.example wss://cdn.example')
    expect(policy.join(' ')).not.toMatch(/unsafe|\*|https:(?!\/)/)
  })
})

describe('the playground', () => {
  it('has its stage under exactly the policy it hands out, framed by nobody else', async () => {
    const { headers } = await get('playground.localhost', '/stage.html')
    expect(headers['content-security-policy']).toBe([...strictCsp(CDN), `frame-ancestors 'self'`].join('; '))
    const facts: { readonly csp?: unknown } = JSON.parse((await get('playground.localhost', '/facts.json')).body)
    expect(facts.csp).toEqual(strictCsp(CDN))
  })

  it.each(['/', '/nothing-here.html', '/playground.ts'])(
    'allows itself nothing but its own files on %s',
    async (path) => {
      const policy = String((await get('playground.localhost', path)).headers['content-security-policy'])
      expect(policy).toMatch(/^default-src 'none'; script-src 'self';/)
      expect(policy).not.toMatch(/unsafe|\*|https?:|data:/)
    },
  )

  it('offers the deployments whose lists name it', async () => {
    const facts: { readonly deployments: readonly { readonly id: string }[] } = JSON.parse(
      (await get('playground.localhost', '/facts.json')).body,
    )
    expect(facts.deployments.map(({ id }) => id)).toEqual([CAST.deployments.remyWidget, CAST.deployments.marlowClub])
  })

  it.each(['/docs/element.md', '/docs/readme.md', '/docs/http.md'])('shows %s as it stands', async (path) => {
    const { status, headers, body } = await get('playground.localhost', path)
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/plain; charset=utf-8' })
    expect(body).toMatch(/^# /)
  })

  it('makes no element out of a text', async () => {
    const pages = [
      '/playground.ts',
      '/make.ts',
      '/field.ts',
      '/stage.ts',
      '/event-log.ts',
      '/method-row.ts',
      '/code-block.ts',
    ]
    const scripts = await Promise.all(pages.map(async (path) => (await get('playground.localhost', path)).body))
    expect(scripts.join()).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\b/)
  })
})

describe('rival brands', () => {
  it.each([
    ['solara', /kick/i],
    ['kickcola', /solara/i],
  ])('%s never names the other', async (site, rival) => {
    expect((await get(`${site}.localhost`, '/')).body).not.toMatch(rival)
  })
})
