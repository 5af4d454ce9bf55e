import { describe, expect, it } from 'vitest'
import { embedConfig } from '../core/embed-config.ts'
import { nova } from '../testing/nova.ts'
import { inlinePortrait } from './inline-portrait.ts'

const config = {
  ...embedConfig(nova, 'en', { kind: 'platform' }),
  twin: { name: 'Nova', tagline: '', portrait: '/media/nova.svg' },
}
const filesWith = (body: string, type: string) => ({
  read: async () => new Response(body, { headers: { 'content-type': type } }),
})

describe('the portrait inside the look', () => {
  it('is the picture itself, so that no page makes a second request', async () => {
    const { twin } = await inlinePortrait(config, filesWith('<svg/>', 'image/svg+xml; charset=utf-8'))
    expect(twin.portrait).toBe('data:image/svg+xml,%3Csvg%2F%3E')
  })

  it('is in base64 where it is no text', async () => {
    const { twin } = await inlinePortrait(config, filesWith('RIFF', 'image/webp'))
    expect(twin.portrait).toBe(`data:image/webp;base64,${btoa('RIFF')}`)
  })

  it.each([
    ['is too large', filesWith('x'.repeat(24 * 1024 + 1), 'image/png')],
    ['is no picture', filesWith('<script>', 'text/html')],
    ['is missing', { read: async () => undefined }],
    ['cannot be read', { read: () => Promise.reject(new Error('assets are away')) }],
  ])('stays a path where the file %s', async (_case, files) => {
    expect(await inlinePortrait(config, files)).toEqual(config)
  })
})
