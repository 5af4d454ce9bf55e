/** A WebSocket handshake under any Host, left as soon as it is answered. */
import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'

interface HandshakeAnswer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  /** Of a refusal; an accepted handshake has none. */
  readonly body: string
}

const HANDSHAKE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

export function shakeHands(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<HandshakeAnswer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers: { ...HANDSHAKE, ...headers }, agent: false })
      .once('upgrade', (answer, socket) => {
        socket.destroy()
        resolve({ status: answer.statusCode, headers: answer.headers, body: '' })
      })
      .once('response', (answer) => {
        let body = ''
        answer.setEncoding('utf8')
        answer.on('data', (text: string) => (body += text))
        answer.once('end', () => {
          answer.destroy()
          resolve({ status: answer.statusCode, headers: answer.headers, body })
        })
      })
      .once('error', reject)
      .end()
  })
}
