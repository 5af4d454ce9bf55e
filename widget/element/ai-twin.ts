/**
 * Registers the same element under a neutral name, for pages that carry somebody else's name alone. Our server has put
 * the look and the words into such a page: there is nothing to ask for.
 */
import { wasOpen } from '../launcher/open-memory.ts'
import { readInlineConfig } from './read-inline-config.ts'
import { register } from './register.ts'
import type { TwinElement } from './twin-element.ts'

declare global {
  interface HTMLElementTagNameMap {
    'ai-twin': TwinElement
  }
}

register('ai-twin')

const config = readInlineConfig()
for (const twin of document.querySelectorAll('ai-twin')) {
  twin.config ??= config
  if (config && wasOpen(config.deploymentId)) void twin.resume()
}
