/** What comes over the line beside the page itself: compressed, with headers, without sockets. */
import type { CDPSession } from 'playwright-core'

export interface Download {
  readonly path: string
  readonly bytes: number
}

/** Needs the session's `Network` on. */
export function countDownloads(cdp: CDPSession, pageUrl: string): () => readonly Download[] {
  const paths = new Map<string, string>()
  const downloads: Download[] = []
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url !== pageUrl && request.url.startsWith('http')) paths.set(requestId, new URL(request.url).pathname)
  })
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId)
    if (path !== undefined) downloads.push({ path, bytes: encodedDataLength })
  })
  return () => downloads
}
