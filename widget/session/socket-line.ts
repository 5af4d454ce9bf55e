/**
 * The way to a room over a websocket.
 *
 * partysocket carries one connection; when the next is made is decided in wire.ts. By itself it retries without jitter,
 * sleeps through `online`, hides the close code of a failed attempt (it reports 1000), and ignores `reconnect()` while
 * it waits. So each is told never to reconnect and serves once. Its core is enough: the rest would build our one
 * address, guess wss for `*.localhost`, and put an id into it.
 */
import PartySocket from 'partysocket/ws'
import { SUBPROTOCOL } from '../../schema/wire/limits.ts'
import { SILENCE_MS, type OpenRoomLine } from './room-line.ts'

export const openSocketLine: OpenRoomLine = ({ serverUrl, session, WebSocket }, ports) => {
  const socket = new PartySocket(
    `${serverUrl.replace(/^http/, 'ws')}/parties/twin-room/${session.conversationId}`,
    [SUBPROTOCOL, session.ticket],
    {
      // Its queue would be flushed before `hello`; what must not be lost is in the outbox.
      maxEnqueuedMessages: 0,
      connectionTimeout: SILENCE_MS,
      shouldReconnectOnClose: () => false,
      ...(WebSocket && { WebSocket }),
    },
  )
  let isOpen = false
  const close = (): void => {
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null
    socket.close()
  }
  const end = (code: number): void => {
    close()
    ports.onEnd(code)
  }
  socket.onopen = () => {
    isOpen = true
    ports.onOpen()
  }
  // Frames begin otherwise: it is the next ticket.
  socket.onmessage = ({ data }) => (data[0] === 't' ? (session.ticket = data) : ports.onText(data))
  socket.onclose = ({ code }) => end(code)
  // A socket that could not even be made closes nothing, and partysocket would go on alone.
  socket.onerror = () => isOpen || end(1_006)
  return { send: (text) => socket.send(text), close }
}
