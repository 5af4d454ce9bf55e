// A Worker that tells what arrives, and a room that counts; only for the tests of the local runtime.
import { DurableObject } from 'cloudflare:workers'

export class TwinRoom extends DurableObject {
  async fetch(request) {
    const count = ((await this.ctx.storage.get('count')) ?? 0) + 1
    await this.ctx.storage.put('count', count)
    const rang = (await this.ctx.storage.get('rang')) ?? 0
    if (new URL(request.url).pathname === '/count-and-ring') await this.ctx.storage.setAlarm(Date.now() + 1_000)
    return Response.json({ count, rang })
  }
  async alarm() {
    await this.ctx.storage.put('rang', ((await this.ctx.storage.get('rang')) ?? 0) + 1)
  }
}

export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/count')) return env.TwinRoom.get(env.TwinRoom.idFromName('one')).fetch(request)
    if (pathname === '/throw') throw new Error('words of the inside')
    if (pathname.startsWith('/files/')) return env.ASSETS.fetch(new URL(pathname.slice(6), 'https://assets.invalid'))
    return Response.json({ url: request.url, host: request.headers.get('host'), origin: request.headers.get('origin') })
  },
}
