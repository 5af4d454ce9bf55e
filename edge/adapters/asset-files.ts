/** Files built for browsers, out of the Worker's static-assets binding. */
import type { StaticFiles } from '../core/ports.ts'

export function assetFiles(assets: { fetch(request: Request): Promise<Response> }): StaticFiles {
  return {
    async read(path, request) {
      // The binding looks at the path alone; conditional headers go along so that it can answer 304.
      const headers = new Headers()
      for (const name of ['if-none-match', 'accept-encoding']) {
        const value = request.headers.get(name)
        if (value !== null) headers.set(name, value)
      }
      const answer = await assets.fetch(
        new Request(new URL(path, 'http://assets.invalid'), { method: request.method, headers }),
      )
      return answer.ok || answer.status === 304 ? answer : undefined
    },
  }
}
