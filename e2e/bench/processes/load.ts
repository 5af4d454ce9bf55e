/**
 * Visitors as a process of their own, so that what they cost is not counted: opens lines, asks, and times what it hears.
 * Takes orders from its parent over their channel and ends with it.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { readClockStart } from '../token/bench-clock.ts'
import type { Line, LineReply } from '../token/line.ts'
import { LOAD_VARIABLE, parseLoadOrder, parseLoadSettings } from '../token/load-order.ts'
import type { LoadOrder, LoadResult, LoadSettings, Target } from '../token/load-order.ts'
import { openAichatLine } from '../token/open-aichat-line.ts'
import { openProxyLine } from '../token/open-proxy-line.ts'
import { openTwinLine } from '../token/open-twin-line.ts'
import { median, quantile } from '../token/statistics.ts'

/** Starts of replies are spread over so long, as words of different replies are. */
const SPREAD_MS = 1_000

const clockStart = readClockStart()
const settings = parseLoadSettings(process.env[LOAD_VARIABLE])
let lines: readonly Line[] = []

process.on('message', (message) => {
  obey(parseLoadOrder(message))
    .then((result) => process.send?.({ result }))
    .catch((failure: unknown) =>
      process.send?.({ failure: failure instanceof Error ? failure.message : String(failure) }),
    )
})
process.once('disconnect', () => process.exit())

async function obey(order: LoadOrder): Promise<LoadResult | null> {
  switch (order.do) {
    case 'open': {
      const opened: Line[] = []
      for (let line = 0; line < order.lines; line += 1) opened.push(await open(order.target, settings))
      lines = opened
      return null
    }
    case 'ask':
      return summarize(order.how === 'together' ? await askTogether(order) : await askOneByOne(order))
    case 'close':
      for (const line of lines) line.close()
      lines = []
      return null
  }
}

async function open(
  target: Target,
  { twinPort: port, origin, deploymentId, proxyPort, aichatPort }: LoadSettings,
): Promise<Line> {
  if (target === 'ours') return openTwinLine({ port, origin, deploymentId, clockStart })
  if (target === 'proxy') return openProxyLine({ port: proxyPort, clockStart })
  if (aichatPort === null) throw new Error('There is no aichat to open a line to.')
  return openAichatLine({ port: aichatPort, clockStart })
}

function askTogether({ reply }: Extract<LoadOrder, { do: 'ask' }>): Promise<LineReply[]> {
  return Promise.all(
    lines.map(async (line, index) => {
      await pause((SPREAD_MS * index) / lines.length)
      return line.ask(reply)
    }),
  )
}

async function askOneByOne({ reply, times }: Extract<LoadOrder, { do: 'ask' }>): Promise<LineReply[]> {
  const replies: LineReply[] = []
  for (let time = 0; time < times; time += 1) for (const line of lines) replies.push(await line.ask(reply))
  return replies
}

function summarize(replies: readonly LineReply[]): LoadResult {
  const overheads = replies.map(({ firstTokenOverheadMs }) => firstTokenOverheadMs)
  const relays = replies.flatMap(({ relayMs }) => relayMs)
  return {
    tokens: replies.reduce((sum, { tokens }) => sum + tokens, 0),
    bytes: replies.reduce((sum, { bytes }) => sum + bytes, 0),
    firstTokenOverheadMs: { median: median(overheads), p95: quantile(overheads, 0.95) },
    relayMs: { median: median(relays), p95: quantile(relays, 0.95) },
  }
}
