/** Builds the package into a project of its own, where `import '@vibethink/twin'` finds it as anybody's would. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../../bundle.ts'

export interface Project {
  /** Imports are resolved from here; what the package depends on is found further up. */
  readonly home: string
  /** The package in it. */
  readonly folder: string
  /** Runs Node with the given arguments at home; answers, or rejects, with what it printed. */
  node(...args: string[]): Promise<string>
  remove(): Promise<void>
}

export async function installPackage(): Promise<Project> {
  const cache = join(ROOT, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const home = await mkdtemp(join(cache, 'twin-package-'))
  const folder = join(home, 'node_modules/@vibethink/twin')
  const node = async (...args: string[]): Promise<string> => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: home }).catch(
      (failure: { readonly stdout?: string; readonly stderr?: string }) => {
        throw new Error(`${failure.stdout}${failure.stderr}`)
      },
    )
    return stdout + stderr
  }
  await node(join(ROOT, 'widget/build/package/build-package.ts'), folder)
  return { home, folder, node, remove: () => rm(home, { recursive: true, force: true }) }
}
