/** A stream of events as a page reads it by `fetch`: one frame after the other, as each arrives. */

interface StreamWish {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

interface OpenStream {
  readonly response: Response
  /** The next frame; undefined once the stream has ended. Comments are passed over. */
  next(): Promise<unknown>
  leave(): Promise<void>
}

export async function openStream({ url, headers }: StreamWish): Promise<OpenStream> {
  const response = await fetch(url, { headers })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  return {
    response,
    async next() {
      for (;;) {
        const end = heard.indexOf('\n\n')
        if (end >= 0) {
          const event = heard.slice(0, end)
          heard = heard.slice(end + 2)
          if (event.startsWith('data: ')) return JSON.parse(event.slice('data: '.length))
        } else {
          const part = await reader?.read()
          if (!part || part.done) return undefined
          heard += part.value
        }
      }
    },
    leave: async () => {
      await reader?.cancel()
    },
  }
}
