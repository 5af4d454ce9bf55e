/** Elements in a real Chromium: each `*.wtr.ts` is a page of its own. */
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { esbuildPlugin } from '@web/dev-server-esbuild'
import { chromeLauncher } from '@web/test-runner-chrome'
import { CHROMIUM_ARGS } from './chromium/chromium-args.ts'
import { findChromium } from './chromium/find-chromium.ts'

const { executablePath, env } = await findChromium()

export default {
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  files: ['widget/**/*.wtr.ts'],
  nodeResolve: { exportConditions: ['production', 'default'] },
  // As the widget is compiled for production: fields are assigned, not defined, or they would hide Lit's accessors.
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('../widget/tsconfig.json', import.meta.url)),
      define: { WORDS_PATH: '"/words/"' }, // what the build puts in
    }),
  ],
  browsers: [chromeLauncher({ launchOptions: { executablePath, env, args: [...CHROMIUM_ARGS] }, concurrency: 1 })], // a page behind another draws no frames
  middleware: [serveBuilt],
  testFramework: { config: { timeout: 10_000 } },
  testsFinishTimeout: 120_000,
}

/** The loader and what it brings, byte by byte, under the paths the Worker serves them at; languages of the sources from there. */
async function serveBuilt(context, next) {
  context.path = context.path.replace(/^\/words\/(\w+)\.js$/, '/widget/locales/$1.ts')
  if (!/^\/(v1\/[\d./]*twin\.js|twin-widget\.js|assets\/[\w/-]+\.js|media\/[\w./-]+)$/.test(context.path)) return next()
  context.type = extname(context.path)
  context.body = await readFile(new URL(`../dist/public${context.path}`, import.meta.url)).catch(() => undefined)
}
