import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOCALES } from '../../schema/wire/locales.ts'
import { fieldsOf, rows, type Entry } from '../build/analyze-element.ts'
import { ROOT } from '../build/bundle.ts'
import { installPackage, type Project } from '../build/package/testing/install-package.ts'

/** The names of other packages, where a module imports them. */
const PACKAGES = /^(?:import|export|}).* from '([^.'][^']*)'|^import '([^.'][^']*)'|\bimport\('([^.'][^']*)'\)/gm

let project: Project
beforeAll(async () => {
  project = await installPackage()
}, 120_000)
afterAll(() => project?.remove())

describe('the files of the package', () => {
  it('are all that package.json names', async () => {
    const manifest = await readJson('package.json')
    const targets = Object.values(fieldsOf(manifest['exports'])).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(fieldsOf(target)),
    )
    const named = ['main', 'module', 'types', 'unpkg', 'jsdelivr', 'customElements'].map((key) => manifest[key])
    const effects: unknown = manifest['sideEffects']
    const paths = [...targets, ...named, ...(Array.isArray(effects) ? effects : [])].map(String)
    expect(paths.length).toBeGreaterThan(15)
    for (const path of paths) expect(await found(path), path).not.toEqual([])
    for (const locale of LOCALES) expect(existsSync(at(`lib/widget/locales/${locale}.js`)), locale).toBe(true)
  })

  it('are modules, types, the CDN’s and papers; no test, no gallery, no source', async () => {
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: project.folder,
    })
    const packed = rows(rows(JSON.parse(stdout))[0]?.['files'])
    const paths = packed.map(({ path }) => String(path))
    expect(paths.length).toBeGreaterThan(200)
    const kinds = [
      /^(?:LICENSE|README\.md|package\.json|custom-elements\.json)$/,
      /^lib\/(?:schema\/wire|widget\/(?:element|launcher|locales|markdown|package|people|session|theme|tools))\/[\w-]+\.(?:js|d\.ts)$/,
      /^cdn\/(?:twin\.js|manifest\.json|chunks\/[\w-]+\.js|words\/[a-z]{2}\.js)$/,
    ]
    expect(paths.filter((path) => !kinds.some((kind) => kind.test(path)))).toEqual([])
    expect(paths.filter((path) => /test|wtr|gallery|fake|build/.test(path))).toEqual([])
  })

  it('import each other by names that exist, and lazily by names a bundler can read', async () => {
    for await (const name of glob('lib/**/*.js', { cwd: project.folder })) {
      const code = (await readFile(at(name), 'utf8')).replace(/\/\*[^]*?\*\//g, '')
      for (const [, path = ''] of code.matchAll(/(?:from|import|import\()\s*['"](\.[^'"]*)['"]/g)) {
        expect(existsSync(join(dirname(at(name)), path)), `${name}: ${path}`).toBe(true)
      }
      expect(code, name).not.toMatch(/import\(\s*[^'"\s]/)
    }
    const brought = (await readFile(at('lib/widget/locales/load-words.js'), 'utf8')).matchAll(
      /import\('\.\/(\w+)\.js'\)/g,
    )
    expect([...brought].map(([, locale]) => locale)).toEqual([...LOCALES])
  })

  it('depend on what they import, at the versions that were tried', async () => {
    const imported = new Set<string>()
    for await (const name of glob('lib/**/*.js', { cwd: project.folder })) {
      const code = await readFile(at(name), 'utf8')
      for (const [, from, bare, lazy] of code.matchAll(PACKAGES)) {
        imported.add((from ?? bare ?? lazy ?? '').split('/')[0] ?? '')
      }
    }
    const own = fieldsOf(JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')))
    const manifest = await readJson('package.json')
    const dependencies = fieldsOf(manifest['dependencies'])
    expect(Object.keys(dependencies).toSorted()).toEqual([...imported].toSorted())
    expect(fieldsOf(own['dependencies'])).toMatchObject(dependencies)
    expect(manifest).toMatchObject({ name: '@vibethink/twin', version: own['version'], type: 'module', license: 'MIT' })
    for (const absent of ['peerDependencies', 'scripts', 'repository', 'private'])
      expect(manifest).not.toHaveProperty(absent)
  })

  it('of the CDN have the digests that their manifest lists', async () => {
    const { integrity, entry, version } = await readJson('cdn/manifest.json')
    const digests = fieldsOf(integrity)
    const files: string[] = []
    for await (const name of glob('**/*.js', { cwd: at('cdn') })) files.push(name)
    expect(Object.keys(digests).toSorted()).toEqual(files.toSorted())
    for (const name of files) {
      const digest = createHash('sha384')
        .update(await readFile(at(`cdn/${name}`)))
        .digest('base64')
      expect(digests[name], name).toBe(`sha384-${digest}`)
    }
    const readme = await readFile(at('README.md'), 'utf8')
    expect(readme).toContain(`integrity="${String(digests[String(entry)])}"`)
    expect(readme).toContain(`@vibethink/twin@${String(version)}/cdn/${String(entry)}`)
  })
})

describe('an import without a DOM', () => {
  it.each([
    '@vibethink/twin',
    '@vibethink/twin/define',
    '@vibethink/twin/react',
    '@vibethink/twin/vue',
    '@vibethink/twin/locales/ar',
  ])('of %s breaks nothing', async (name) => {
    await expect(project.node('-e', `import('${name}').then(() => console.log('came'))`)).resolves.toBe('came\n')
  })
})

describe('the custom-elements manifest', () => {
  it('places the element where the package has it', async () => {
    const manifest = await readJson('custom-elements.json')
    expect(manifest['schemaVersion']).toBe('2.1.0')
    for (const { path } of rows(manifest['modules'])) expect(existsSync(at(String(path))), String(path)).toBe(true)
    expect(await element()).toMatchObject({
      kind: 'class',
      customElement: true,
      tagName: 'vibethink-twin',
      name: 'TwinElement',
    })
  })

  it('says something of every attribute, event, part, token, slot, state and method', async () => {
    const { attributes, events, cssParts, cssProperties, slots, cssStates, members } = await element()
    for (const list of [attributes, events, cssParts, cssProperties, slots, cssStates]) {
      expect(rows(list).length).toBeGreaterThan(2)
      for (const { name, description } of rows(list))
        expect(description, String(name)).toEqual(expect.stringMatching(/\S{3}/))
    }
    const methods = rows(members).filter(({ kind }) => kind === 'method')
    expect(methods.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['open', 'close', 'send', 'identify', 'destroy']),
    )
    for (const { name, description, return: answer } of methods) {
      expect([name, description, answer]).toEqual([name, expect.stringMatching(/\S{3}/), expect.anything()])
    }
  })

  it('keeps private what is private, and knows of no loader', async () => {
    const text = JSON.stringify(await element())
    expect(text).not.toMatch(/"name":"(?:#|draft|told|shown|speech|atEnd|conversation"|getUpdateComplete)/)
    expect(text).not.toMatch(/\bloader\b/)
  })

  it.each([
    ['attributes', 'lib/widget/package/twin-attributes.d.ts', /^ {4}'?([\w-]+)'?\?:/gm, ['refused']],
    ['events', 'lib/widget/element/twin-event-map.d.ts', /^ {4}'(twin:[\w-]+)':/gm, []],
  ])('names the %s that the types name', async (kind, file, pattern, besides) => {
    const typed = [...(await readFile(at(file), 'utf8')).matchAll(pattern)].map(([, name]) => name ?? '')
    const named = rows((await element())[kind]).map(({ name }) => String(name))
    expect(named.toSorted()).toEqual([...typed, ...besides].toSorted())
  })

  it('is told in full by the README', async () => {
    const readme = await readFile(at('README.md'), 'utf8')
    const { attributes, events, cssParts, cssProperties } = await element()
    for (const list of [attributes, events, cssParts, cssProperties]) {
      for (const { name } of rows(list)) expect(readme).toContain(`| \`${String(name)}\` |`)
    }
    expect(readme).not.toMatch(/\bVibeThinkTwin\b|\| undefined \||\bloader\b/)
  })
})

describe('the types', () => {
  it.each(['bundler', 'nodenext'])('know the element, its events and its words (%s)', async (resolution) => {
    await check(resolution, {
      'plain.ts': `
        import '@vibethink/twin/define'
        import { TwinElement, type TwinConfig, type TwinEventMap, type Words } from '@vibethink/twin'
        import de from '@vibethink/twin/locales/de'
        const words: Words = de
        const twin = document.querySelector('vibethink-twin')
        const same: TwinElement | null = twin
        if (twin) {
          const config: TwinConfig | undefined = twin.config
          twin.locale = 'de'
          void twin.send('Hello').then((messageId: string) => messageId)
          void twin.identify(async () => 'token')
          twin.addEventListener('twin:response-end', ({ detail }) => detail.outcome === 'answered')
          document.addEventListener('twin:error', (event) => event.detail.code.toUpperCase())
          const event: TwinEventMap['twin:unread-change'] = new CustomEvent('twin:unread-change', { detail: { unread: 1 } })
          // @ts-expect-error an outcome has another name
          twin.addEventListener('twin:response-end', ({ detail }) => detail.outcome === 'great')
          // @ts-expect-error unread is a number
          document.addEventListener('twin:unread-change', ({ detail }) => detail.unread.trim())
          // @ts-expect-error there is no such method
          void twin.shout()
          console.log(config, event)
        }
        console.log(words.close, same)
        export class Mine extends TwinElement {}
      `,
    })
  })

  it('know the element in JSX of React 19', async () => {
    await check('bundler', {
      'react.tsx': `
        import { useRef } from 'react'
        import type { TwinElement } from '@vibethink/twin'
        import type { TwinProps } from '@vibethink/twin/react'
        export function Twin() {
          const twin = useRef<TwinElement>(null)
          const props: TwinProps = { 'ontwin:error': ({ detail }) => console.log(detail.code) }
          return (
            <vibethink-twin
              key="one"
              ref={twin}
              class="mine"
              slot="side"
              deployment-id="dep_1"
              server-url="https://twin.example"
              theme="dark"
              open
              tokenProvider={async () => 'token'}
              ontwin:message-sent={({ detail }) => console.log(detail.messageId)}
              {...props}
            >
              <span slot="header">Hello</span>
            </vibethink-twin>
          )
        }
        // @ts-expect-error a theme has another name
        export const wrong = <vibethink-twin theme="pink" />
        // @ts-expect-error a listener hears of its own event
        export const deaf = <vibethink-twin ontwin:unread-change={({ detail }) => detail.messageId} />
        // @ts-expect-error a ref is of the element
        export const lost = (ref: React.RefObject<HTMLInputElement>) => <vibethink-twin ref={ref} />
      `,
    })
  })

  it('know the element in templates of Vue 3', async () => {
    await check('bundler', {
      // (Vue itself is not here; its core is, and what HTML has is little beside it.)
      'node_modules/vue/package.json': '{ "name": "vue", "version": "3.5.0", "types": "index.d.ts" }',
      'node_modules/vue/index.d.ts': `
        export * from '@vue/runtime-core'
        export interface HTMLAttributes { id?: string; title?: string }
      `,
      'vue.ts': `
        import type { GlobalComponents } from 'vue'
        import type { TwinElement } from '@vibethink/twin'
        import type {} from '@vibethink/twin/vue'
        type Twin = InstanceType<GlobalComponents['vibethink-twin']>
        export const props: Twin['$props'] = { 'deployment-id': 'dep_1', theme: 'dark', open: true, id: 'twin', key: 1 }
        export const asElement = (twin: Twin): TwinElement => twin
        export const heard = (emit: Twin['$emit']) =>
          emit('twin:unread-change', new CustomEvent('twin:unread-change', { detail: { unread: 1 } }))
        // @ts-expect-error a theme has another name
        export const wrong: Twin['$props'] = { theme: 'pink' }
        // @ts-expect-error there is no such event
        export const deaf = (emit: Twin['$emit']) => emit('twin:dance', new CustomEvent('twin:dance'))
      `,
    })
  })
})

/** Compiles the files as a strict project would, the package's own declarations included; rejects with what is wrong. */
async function check(moduleResolution: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
    await mkdir(dirname(join(project.home, name)), { recursive: true })
    await writeFile(join(project.home, name), text)
  }
  const compilerOptions = {
    moduleResolution,
    module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext',
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    jsx: 'react-jsx',
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  }
  const sources = Object.keys(files).filter((name) => !name.startsWith('node_modules'))
  await writeFile(join(project.home, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: sources }))
  await expect(project.node(join(ROOT, 'node_modules/typescript/bin/tsc'), '--pretty', 'false')).resolves.toBe('')
}

const at = (path: string): string => join(project.folder, path)

async function found(path: string): Promise<string[]> {
  const names: string[] = []
  for await (const name of glob(path.replace(/^\.\//, ''), { cwd: project.folder })) names.push(name)
  return names
}

async function readJson(path: string): Promise<Entry> {
  return fieldsOf(JSON.parse(await readFile(at(path), 'utf8')))
}

async function element(): Promise<Entry> {
  const [module] = rows((await readJson('custom-elements.json'))['modules'])
  const [declaration] = rows(module?.['declarations'])
  return declaration ?? {}
}
