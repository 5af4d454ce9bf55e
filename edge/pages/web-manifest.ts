/** What a phone makes of a customer's page that is put on its home screen (W3C Web Application Manifest): the customer's own. */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { safeAccent } from './safe-accent.ts'

const ICON_TYPES: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  webp: 'image/webp',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
}

/** Every address in it is a path: it belongs to whichever host it was asked on. */
export function webManifest({ celebrity, page, theme }: DeploymentRecord): object {
  const { name, tagline, portrait } = celebrity
  const type = ICON_TYPES[portrait?.split('.').at(-1)?.toLowerCase() ?? '']
  const dark = theme.scheme === 'dark'
  return {
    id: '/',
    name: page?.title ?? name,
    short_name: name,
    description: page?.intro ?? tagline,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: dark ? '#131417' : '#f6f6f4',
    theme_color: safeAccent(theme.accent),
    icons: portrait?.startsWith('/media/') && type !== undefined ? [{ src: portrait, sizes: 'any', type }] : [],
  }
}
