/**
 * What a site's server answers beside its files: who is signed in, on the members' page and in the playground, and what
 * the playground must know. Everything else is a file, or nothing.
 */
import { readFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { answerMembers, isMembersPath } from './members/members-door.ts'
import { playgroundFacts, type PlaygroundPlace } from './playground/playground-facts.ts'

export interface RouteAnswer {
  readonly status: number
  readonly contentType?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

const MEMBERS_SITES: ReadonlySet<string> = new Set(['marlowclub', 'playground'])
const JSON_TYPE = 'application/json; charset=utf-8'
const MAX_BODY_BYTES = 1_024
/** The papers of the repository that the playground links to. */
const DOCS: ReadonlyMap<string, string> = new Map([
  ['/docs/element.md', '../widget/ELEMENT.md'],
  ['/docs/readme.md', '../README.md'],
  ['/docs/http.md', '../edge/HTTP.md'],
])

/** The answer, or undefined where the path is no route. */
export async function siteRoute(
  request: IncomingMessage,
  site: string,
  path: string,
  place: PlaygroundPlace,
): Promise<RouteAnswer | undefined> {
  if (MEMBERS_SITES.has(site) && isMembersPath(path)) {
    const { method = '', headers } = request
    const answer = await answerMembers(
      {
        method,
        path,
        site: `http://${headers.host}`,
        origin: headers.origin,
        cookie: headers.cookie,
        body: await readBody(request),
      },
      Date.now(),
    )
    return {
      status: answer.status,
      headers: { 'cache-control': 'no-store', ...answer.headers },
      ...(answer.body && { contentType: JSON_TYPE, body: JSON.stringify(answer.body) }),
    }
  }
  if (site !== 'playground' || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined
  if (path === '/facts.json') {
    return { status: 200, contentType: JSON_TYPE, body: JSON.stringify(await playgroundFacts(place)) }
  }
  const paper = DOCS.get(path)
  if (!paper) return undefined
  const body = await readFile(new URL(paper, import.meta.url), 'utf8')
  return { status: 200, contentType: 'text/plain; charset=utf-8', body }
}

/** Undefined when it is larger than anything that is asked here. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    const bytes = Buffer.from(part)
    size += bytes.length
    if (size <= MAX_BODY_BYTES) parts.push(bytes)
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(parts).toString('utf8')
}
