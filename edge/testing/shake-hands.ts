/** A WebSocket handshake under any Host, left as soon as it is answered. */
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'

export function shakeHands(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<IncomingMessage> {
  const handshake = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==' }
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers: { ...handshake, ...headers } })
      .once('upgrade', (answer, socket) => {
        socket.destroy()
        resolve(answer)
      })
      .once('response', (answer) => {
        answer.resume()
        resolve(answer)
      })
      .once('error', reject)
      .end()
  })
}
