/**
 * Unpacks the Chromium that `@sparticuz/chromium` carries into a folder of its version, once.
 *
 * The package unpacks into the temporary folder and takes any stale binary it finds there, so it runs in a process whose
 * temporary folder is a fresh one; renaming that at the end makes it safe against others who do the same.
 */
import { execFile } from 'node:child_process'
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/chromium', import.meta.url))

const UNPACK = `
  const { inflate } = await import('@sparticuz/chromium')
  for (const name of process.argv.slice(1)) await inflate(name)
`

/** The folder that holds `chromium`, `al2023/lib` and `fonts`. */
export async function unpackChromium(): Promise<string> {
  const packageFolder = dirname(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))))
  const folder = join(CACHE, await versionOf(packageFolder))
  if (await isFolder(folder)) return folder
  await mkdir(CACHE, { recursive: true })
  const staging = await mkdtemp(join(CACHE, 'unpacking-'))
  const archives = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']
  const paths = archives.map((name) => join(packageFolder, 'bin', name))
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK, ...paths], {
    cwd: dirname(fileURLToPath(import.meta.url)),
    env: { ...process.env, TMPDIR: staging },
  })
  try {
    await rename(staging, folder)
  } catch (failure) {
    await rm(staging, { recursive: true, force: true })
    if (!(await isFolder(folder))) throw failure
  }
  return folder
}

async function versionOf(packageFolder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version)
  throw new Error('@sparticuz/chromium has no version: run `npm ci` again.')
}

function isFolder(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
