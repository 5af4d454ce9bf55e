/** Two suites: `unit` runs beside each other; `e2e` starts real servers and browsers, one file at a time. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        define: { WORDS_PATH: '"/words/"' }, // what the widget's build puts in
        test: { name: 'unit', include: ['{schema,edge,party,widget,demo-site}/**/*.test.ts'], testTimeout: 20_000 },
      },
      {
        root,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['e2e/build-once.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          pool: 'forks',
        },
      },
    ],
  },
})
