/**
 * Asks each part what a visitor would ask it, until all have answered: the script, the embed config of a page (which needs
 * the database), and a demo page.
 */
import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { CAST } from '../../schema/local/cast.ts'

const PATIENCE_MS = 30_000

interface Question {
  readonly name: string
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** Rejects with one line that names what did not answer, and how. */
export async function waitUntilAnswers({ worker, demo }: { worker: number; demo: number }): Promise<void> {
  const platform = { host: `localhost:${worker}` }
  const site = `remyvale.localhost:${demo}`
  const questions: readonly Question[] = [
    { name: 'The script tag', port: worker, path: '/v1/twin.js', headers: platform },
    {
      name: 'The embed config',
      port: worker,
      path: `/v1/embed/${CAST.deployments.remyWidget}`,
      headers: { ...platform, origin: `http://${site}` },
    },
    { name: 'The portal page', port: worker, path: `/${CAST.remy.slug}`, headers: platform },
    { name: 'The white-label page', port: worker, path: '/', headers: { host: `${CAST.whiteLabelHost}:${worker}` } },
    { name: 'The demo site', port: demo, path: '/', headers: { host: site } },
  ]
  const deadline = Date.now() + PATIENCE_MS
  for (const question of questions) {
    for (;;) {
      const answer = await ask(question)
      if (answer === 200) break
      if (Date.now() > deadline)
        throw new Error(`${question.name} (${question.path}) answers ${answer} instead of 200.`)
      await pause(100)
    }
  }
}

/** The names end in .localhost, which Node does not resolve: the address is asked and the name stands in Host. */
function ask({ port, path, headers }: Question): Promise<number | string> {
  return new Promise((resolve) => {
    request({ host: '127.0.0.1', port, path, headers, agent: false, timeout: 10_000 }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 'nothing')
    })
      .on('timeout', () => resolve('nothing'))
      .on('error', () => resolve('nothing'))
      .end()
  })
}
