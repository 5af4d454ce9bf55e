import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { startTcpProxy } from './tcp-proxy.ts'
import type { TcpProxy, Weather } from './tcp-proxy.ts'

const ends: (() => unknown)[] = []

afterEach(() => {
  for (const end of ends.splice(0)) end()
})

describe('a network to spoil', () => {
  it('passes every byte both ways, in order, however far and narrow it is', async () => {
    const { proxy, server } = await startEcho({ bytesPerSecond: 400_000, delayMs: 3 })
    const bytes = Buffer.from(Array.from({ length: 60_000 }, (_, at) => at % 251))
    const line = call(proxy.port)
    for (let at = 0; at < bytes.length; at += 1_000) line.socket.write(bytes.subarray(at, at + 1_000))
    await expect.poll(() => line.heard().length).toBe(bytes.length)
    expect(line.heard().equals(bytes)).toBe(true)
    expect(server.length).toBe(1)
  })

  it('takes as long as its distance and its width say', async () => {
    const { proxy } = await startEcho({ bytesPerSecond: 20_000, delayMs: 50 })
    const line = call(proxy.port)
    const began = performance.now()
    line.socket.write(Buffer.alloc(2_000)) // 100 ms each way, and twice 50
    await expect.poll(() => line.heard().length, { interval: 5 }).toBe(2_000)
    expect(performance.now() - began).toBeGreaterThan(290)
  })

  it('cuts after exactly so many bytes', async () => {
    const { proxy } = await startEcho()
    const line = call(proxy.port)
    line.socket.write('12345')
    await expect.poll(() => line.heard().length).toBe(5)
    proxy.passage(line.socket.localPort ?? 0)?.cutAfter(3)
    line.socket.write('abcdefg')
    await line.closed
    expect(line.heard().toString()).toBe('12345abc')
  })

  it('resets, and refuses who comes after', async () => {
    const { proxy } = await startEcho()
    const line = call(proxy.port)
    line.socket.write('x')
    await expect.poll(() => line.heard().length).toBe(1)
    proxy.setMood('refuse')
    await line.closed
    await call(proxy.port).closed
    proxy.setMood('good')
    const again = call(proxy.port)
    again.socket.write('y')
    await expect.poll(() => again.heard().toString()).toBe('y')
  })

  it('goes silent and tells nobody', async () => {
    const { proxy, server } = await startEcho()
    const line = call(proxy.port)
    line.socket.write('x')
    await expect.poll(() => line.heard().length).toBe(1)
    proxy.passage(line.socket.localPort ?? 0)?.stall(1)
    line.socket.write('y')
    await expect.poll(() => server[0]?.destroyed).toBe(true)
    expect(line.socket.destroyed).toBe(false)
    expect(line.heard().toString()).toBe('x')
  })

  it('lets a request through and loses its answer', async () => {
    const { proxy, said } = await startEcho()
    proxy.setMood('deaf')
    const line = call(proxy.port)
    line.socket.write('do it')
    await line.closed
    expect(said()).toBe('do it')
    expect(line.heard().length).toBe(0)
  })
})

async function startEcho(weather?: Weather): Promise<{ proxy: TcpProxy; server: Socket[]; said(): string }> {
  const sockets: Socket[] = []
  let said = ''
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      said += bytes.toString()
      socket.write(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  const proxy = await startTcpProxy(address.port, weather)
  ends.push(
    () => proxy.close(),
    () => server.close(),
  )
  return { proxy, server: sockets, said: () => said }
}

function call(port: number): { socket: Socket; heard(): Buffer; closed: Promise<void> } {
  const socket = connect(port, '127.0.0.1')
  const parts: Buffer[] = []
  socket.on('data', (bytes) => void parts.push(bytes))
  socket.on('error', () => undefined)
  ends.push(() => socket.destroy())
  return {
    socket,
    heard: () => Buffer.concat(parts),
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
  }
}
