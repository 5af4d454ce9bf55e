/** What a page gets of `@vibethink/twin` by way of its bundler, and by way of the folder for pages without one. */
import { createServer, type Server } from 'node:http'
import { readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installPackage, type Project } from '../../widget/build/package/testing/install-package.ts'
import { remy } from '../../widget/gallery/cast.ts'
import type { TwinConfig } from '../../widget/launcher/parse-embed-config.ts'
import { launchChromium } from '../chromium/launch-chromium.ts'

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html' }
const DEPLOYMENT = remy.deploymentId
const SPEAKS_UP: TwinConfig = {
  ...remy,
  deploymentId: '00000000-0000-4000-8000-00000000000f',
  proactive: { text: 'Did you see that goal?', delaySeconds: 0 },
}

let project: Project
let browser: Browser
let server: Server
let origin: string
/** What the server was asked for. */
const asked: string[] = []

beforeAll(async () => {
  project = await installPackage()
  await writeFile(join(project.home, 'page.js'), "import '@vibethink/twin/define'")
  await bundle('page.js', join(project.home, 'dist'))
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page.test')
    asked.push(pathname)
    void answer(pathname).then(
      ([type, body]) => response.writeHead(200, { 'content-type': type, 'content-language': 'fr' }).end(body),
      () =>
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"code":"twin_not_found","title":"No"}'),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  origin = `http://page.localhost:${address.port}`
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  server?.close()
  await project?.remove()
})

describe('tree-shaking', () => {
  it.each([
    ['the class, not used', "import { TwinElement } from '@vibethink/twin'", false],
    ['the class, for its effects', "import '@vibethink/twin'", false],
    ['define', "import '@vibethink/twin/define'", true],
    [
      'the class, under a name of the page’s own',
      "import { TwinElement } from '@vibethink/twin'\ncustomElements.define('my-twin', TwinElement)",
      false,
    ],
  ])('registers the element only by define: %s', async (_which, source, registers) => {
    await writeFile(join(project.home, 'shaken.js'), source)
    const chunks = await bundle('shaken.js')
    const code = chunks.map((chunk) => chunk.code).join('\n')
    expect(/\.define\(["'`]vibethink-twin/.test(code)).toBe(registers)
    if (!source.includes('/define') && !source.includes('.define(')) expect(code.trim()).toBe('')
  })

  it('leaves what is not needed at once, and each language, to chunks', async () => {
    const chunks = await bundle('page.js')
    const [main, ...later] = chunks.toSorted((a, b) => Number(b.isEntry) - Number(a.isEntry))
    expect(later.length).toBeGreaterThan(35)
    expect(main?.code).not.toContain('KI-Zwilling')
    expect(later.filter(({ code }) => code.includes('KI-Zwilling'))).toHaveLength(1)
  })
})

describe.each([
  ['a bundle that Vite makes', '<script type="module" src="/dist/page.js"></script>'],
  [
    'the folder for pages without a bundler',
    '<script type="module" src="/cdn/twin.js" integrity="INTEGRITY" crossorigin="anonymous"></script>',
  ],
])('%s', (_which, script) => {
  it('shows the element, asks for its look alone, and opens for a person in the page’s language', async () => {
    const page = await visit(
      script,
      'lang="de"',
      `<vibethink-twin deployment-id="${DEPLOYMENT}" server-url="${origin}"></vibethink-twin>`,
    )
    const launcher = page.getByRole('button', { name: remy.invitation })
    await launcher.waitFor()
    expect(asked.filter((path) => path.startsWith('/v1/'))).toEqual([`/v1/embed/${DEPLOYMENT}`])
    expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([0, 0, ''])
    await launcher.click()
    await page.getByRole('dialog', { name: `KI-Zwilling von ${remy.twin.name}` }).waitFor()
    await page.close()
  })

  it('stays a method and an attribute where a framework sets the property `open`', async () => {
    const page = await visit(
      script,
      '',
      `<vibethink-twin deployment-id="${DEPLOYMENT}" server-url="${origin}"></vibethink-twin>`,
    )
    await page.getByRole('button', { name: remy.invitation }).waitFor()
    const twin = "document.querySelector('vibethink-twin')"
    await page.evaluate(`${twin}.open = true`)
    await page.getByRole('dialog').waitFor()
    await page.evaluate(`${twin}.open = false`)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.evaluate(`${twin}.open({ byPerson: false })`)
    await page.getByRole('dialog').waitFor()
    await page.close()
  })

  it('lets a deployment speak from one place, and from the next when that one goes', async () => {
    const twin = `<vibethink-twin deployment-id="${DEPLOYMENT}" server-url="${origin}"></vibethink-twin>`
    const page = await visit(script, '', twin + twin)
    const launchers = page.getByRole('button', { name: remy.invitation })
    await launchers.first().waitFor()
    expect(await launchers.count()).toBe(1)
    await page.evaluate("document.querySelector('vibethink-twin').remove()")
    await page.waitForFunction("document.querySelector('vibethink-twin').shadowRoot.querySelector('.launcher')")
    await page.close()
  })

  it('says the deployment’s first word, and opens when one follows it', async () => {
    const twin = `<vibethink-twin deployment-id="${SPEAKS_UP.deploymentId}" server-url="${origin}"></vibethink-twin>`
    const page = await visit(script, 'lang="fr"', twin)
    await page.getByText('Did you see that goal?').waitFor()
    await page.getByRole('button', { name: 'Posez une question à Remy Vale' }).click()
    await page.getByRole('dialog').waitFor()
    await page.close()
  })

  it('tells the owner of a deployment that is not there, and moves another one in', async () => {
    const page = await visit(
      script,
      '',
      `<vibethink-twin deployment-id="nobody" server-url="${origin}"></vibethink-twin>`,
    )
    await page.waitForSelector('vibethink-twin[refused="twin_not_found"]', { state: 'attached' })
    await page.evaluate(`document.querySelector('vibethink-twin').setAttribute('deployment-id', '${DEPLOYMENT}')`)
    await page.getByRole('button', { name: remy.invitation }).waitFor()
    expect(await page.locator('vibethink-twin').getAttribute('refused')).toBeNull()
    await page.close()
  })
})

/** A page with the script and the markup; whatever it throws fails the test. */
async function visit(script: string, html: string, markup: string): Promise<Page> {
  asked.length = 0
  const manifest: { readonly integrity: Readonly<Record<string, string>> } = JSON.parse(
    await readFile(join(project.folder, 'cdn/manifest.json'), 'utf8'),
  )
  const pinned = script.replace('INTEGRITY', manifest.integrity['twin.js'] ?? '')
  const page = await browser.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  await page.route(`${origin}/`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html ${html}><title>Page</title>${pinned}${markup}`,
    }),
  )
  await page.goto(`${origin}/`)
  return page
}

async function answer(path: string): Promise<readonly [type: string, body: string | Buffer]> {
  const known = [remy, SPEAKS_UP].find(({ deploymentId }) => path === `/v1/embed/${deploymentId}`)
  if (known) return ['application/json', JSON.stringify({ ...known, type: 'EMBEDDED_WIDGET' })]
  if (path.startsWith('/v1/')) throw new Error('Nobody lives here')
  const folder = path.startsWith('/cdn/') ? project.folder : project.home
  return [TYPES[extname(path)] ?? 'text/plain', await readFile(join(folder, path))]
}

/** Bundles as an application would; answers with the chunks, written when a folder is named. */
async function bundle(entry: string, folder?: string): Promise<readonly Rolldown.OutputChunk[]> {
  const built = await build({
    configFile: false,
    root: project.home,
    logLevel: 'error',
    build: {
      ...(folder ? { outDir: folder } : { write: false }),
      rolldownOptions: { input: join(project.home, entry), output: { entryFileNames: '[name].js' } },
      modulePreload: false,
    },
  })
  const [result] = [built].flat()
  if (!result || !('output' in result)) throw new Error('The bundler answered with no output')
  return result.output.flatMap((file) => (file.type === 'chunk' ? [file] : []))
}
