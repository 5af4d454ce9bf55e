/**
 * The way to a room over a websocket, which serves once: when the next is made is decided in wire.ts. Nothing queues
 * here, since what a socket would flush before `hello` was never in order; what must not be lost is in the outbox.
 */
import { SESSION_SUBPROTOCOL_PREFIX, SUBPROTOCOL } from '../../schema/wire/limits.ts'
import { SILENCE_MS, type OpenRoomLine } from './room-line.ts'

export const openSocketLine: OpenRoomLine = ({ serverUrl, session, WebSocket: Socket = WebSocket }, ports) => {
  let isOpen = false
  let socket: WebSocket | undefined
  const close = (): void => {
    clearTimeout(late)
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
    socket = undefined
  }
  const end = (code: number): void => {
    close()
    ports.onEnd(code)
  }
  const late = setTimeout(end, SILENCE_MS, 1_006)
  try {
    const address = `${serverUrl.replace(/^http/, 'ws')}/parties/twin-room/${session.conversationId}`
    socket = new Socket(address, [SUBPROTOCOL, SESSION_SUBPROTOCOL_PREFIX + session.token])
    socket.onopen = () => {
      clearTimeout(late)
      isOpen = true
      ports.onOpen()
    }
    socket.onmessage = ({ data }) => typeof data === 'string' && ports.onText(data)
    socket.onclose = ({ code }) => end(code)
  } catch {
    // A page's policy may forbid even to make one. Whoever asked does not have the line yet.
    queueMicrotask(() => end(1_006))
  }
  return {
    send(text) {
      if (isOpen && socket?.readyState === Socket.OPEN) socket.send(text)
      return isOpen && socket !== undefined
    },
    close,
  }
}
