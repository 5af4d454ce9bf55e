/** Elements in a real Chromium: each `*.wtr.ts` is a page of its own. */
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

/** The loader and what it brings, under the paths the Worker serves them at; the languages of the sources from there. */
function serveBuilt(context, next) {
  context.path = context.path.replace(/^\/words\/(\w+)\.js$/, '/widget/locales/$1.ts')
  if (/^\/(v1\/[\d./]*twin\.js|twin-widget\.js|assets\/|media\/)/.test(context.path)) context.path = `/dist/public${context.path}`
  return next()
}
